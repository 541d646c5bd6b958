// A click anywhere on a card does what its own button does, or ticks its box while videos are being
// selected. Names the menu of each card for screen readers, where Streamlit reads out its icon.
export default function ({ data }) {
  for (const card of document.querySelectorAll("[class*='st-key-video_'].stVerticalBlock")) {
    const title = card.querySelector("[class*='st-key-open_'] button, [class*='st-key-pick_'] label")
    card.style.cursor = "pointer"
    card.onclick = (event) => {
      if (event.target.closest("button, input, label, a")) return
      const target = data.selecting
        ? card.querySelector("[class*='st-key-pick_'] input")
        : card.querySelector("[class*='st-key-open_'] button")
      target?.click()
    }
    card
      .querySelector("[class*='st-key-menu_'] button")
      ?.setAttribute("aria-label", `More for ${title?.innerText ?? "this video"}`)
  }
}
