// The height that is left for the player depends on the window, and on how many lines the title
// takes: neither is known where the page is put together.
const SMALLEST = 150
const LARGEST = 520
const BELOW = 24 // px of air
const STRIP = 150 // px of the versions below it, shown as well where there is room

const fitted = (video, data) => {
  const main = video.closest('[data-testid="stMain"]')
  const box = video.parentElement
  const top = box.getBoundingClientRect().top + (main?.scrollTop ?? 0)
  const room = innerHeight - top - BELOW
  const left = room - STRIP >= 300 ? room - STRIP : room
  const tallest = Math.min(Math.max(left, SMALLEST), LARGEST)
  return Math.floor(Math.min(box.clientWidth, (tallest * data.width) / data.height))
}

export default function ({ data }) {
  const name = () =>
    document.querySelector(`.st-key-${data.back} button`)?.setAttribute("aria-label", "Back to the gallery")
  const fit = () => {
    const video = document.querySelector(`.st-key-${data.player} video`)
    if (!video) return
    const width = fitted(video, data)
    Object.assign(video.style, {
      display: "block",
      width: `${width}px`,
      height: "auto",
      margin: "0 auto",
      aspectRatio: `${data.width} / ${data.height}`,
    })
  }
  name()
  fit()
  // The player and the button may come a moment after this, and the title may get another line.
  const watch = new ResizeObserver(fit)
  const drawn = new MutationObserver(name)
  const page = document.querySelector('[data-testid="stMainBlockContainer"]')
  if (page) {
    watch.observe(page)
    drawn.observe(page, { childList: true, subtree: true })
  }
  addEventListener("resize", fit)
  return () => {
    watch.disconnect()
    drawn.disconnect()
    removeEventListener("resize", fit)
  }
}
