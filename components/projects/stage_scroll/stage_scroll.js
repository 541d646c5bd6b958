// Scrolls the stage into view if its top is outside of the window. The header lies over the page.
export default function ({ data }) {
  const stage = document.querySelector(`.st-key-${data.stage}`)
  if (!stage || stage.dataset.shown === data.shown) return
  const first = stage.dataset.shown === undefined
  stage.dataset.shown = data.shown
  const { top } = stage.getBoundingClientRect()
  if (first || (top >= 0 && top < window.innerHeight / 2)) return
  stage.style.scrollMarginTop = "4.5rem"
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  stage.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" })
}
