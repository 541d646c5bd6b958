// A click anywhere on a card does what its own button does, or ticks its box while videos are being
// selected. The cards come and go with each run of the page, so one listener hears for all of them.
const CARD = "[class*='st-key-video_'].stVerticalBlock"

const follow = (event) => {
  const card = event.target.closest?.(CARD)
  if (!card || event.target.closest("button, input, label, a")) return
  const own = "[class*='st-key-pick_'] input, [class*='st-key-open_'] button"
  card.querySelector(own)?.click()
}

export default function () {
  document.addEventListener("click", follow)
  for (const card of document.querySelectorAll(CARD)) {
    const title = card.querySelector("[class*='st-key-open_'] button")
    card.style.cursor = "pointer"
    // Streamlit reads out the name of its icon.
    card
      .querySelector("[class*='st-key-menu_'] button")
      ?.setAttribute("aria-label", `More for ${title?.innerText ?? "this video"}`)
  }
  return () => document.removeEventListener("click", follow)
}
