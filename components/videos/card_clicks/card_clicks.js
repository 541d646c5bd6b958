// A click anywhere on a card does what its own button does, or ticks its box while videos are being
// selected; a mouse that rests on a picture has the video play on it, without sound. The cards come
// and go with each run of the page, so one listener hears for all of them. It stays for good: while
// Streamlit draws the component again, a click would be lost.
const CARD = "[class*='st-key-video_'].stVerticalBlock"
const REST = 250 // ms: a mouse that only passes loads nothing

const follow = (event) => {
  const card = event.target.closest?.(CARD)
  if (!card || event.target.closest("button, input, label, a")) return
  const own = "[class*='st-key-pick_'] input, [class*='st-key-open_'] button"
  card.querySelector(own)?.click()
}

const idOf = (card) => /st-key-video_(\w+)/.exec(card.className)?.[1]

const play = (frame, source) => {
  const video = document.createElement("video")
  Object.assign(video, { src: source, muted: true, loop: true, autoplay: true, playsInline: true })
  video.ariaHidden = "true"
  video.style.cssText = "position:absolute;inset:0;width:100%;height:100%;object-fit:cover;object-position:50% 20%"
  frame.insertBefore(video, frame.children[1] ?? null) // below what is written on the picture
}

// The same for each time that Streamlit loads this: what the mouse rests on (the picture, the timer
// until its video is asked for, and then the one that looks for it), and how a video is asked for.
const state = (window[Symbol.for("card_clicks")] ??= {
  rested: { frame: null, timer: 0 },
  ask: () => {},
  listens: false,
})
const { rested } = state

const leave = () => {
  clearTimeout(rested.timer)
  rested.frame?.querySelectorAll("video").forEach((video) => video.remove())
  rested.frame = null
}

const found = (frame, id) => {
  if (rested.frame !== frame) return
  const source = document.querySelector(`.st-key-preview_${id} video`)?.src
  if (source) play(frame, source)
  else rested.timer = setTimeout(() => found(frame, id), 80)
}

const enter = (event) => {
  const frame = event.target.closest?.(`${CARD} .picture`)
  if (frame === rested.frame) return
  leave()
  if (!frame || event.pointerType !== "mouse") return
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
  const id = idOf(frame.closest(CARD))
  rested.frame = frame
  rested.timer = setTimeout(() => {
    state.ask(id)
    found(frame, id)
  }, REST)
}

const listen = () => {
  if (state.listens) return
  state.listens = true
  document.addEventListener("click", follow)
  document.addEventListener("pointerover", enter)
  document.documentElement.addEventListener("pointerleave", leave)
}

export default function ({ setTriggerValue }) {
  state.ask = (id) => setTriggerValue("preview", id)
  listen()
  for (const card of document.querySelectorAll(CARD)) {
    const title = card.querySelector("[class*='st-key-open_'] button")
    card.style.cursor = "pointer"
    // Streamlit reads out the name of its icon.
    card
      .querySelector("[class*='st-key-menu_'] button")
      ?.setAttribute("aria-label", `More for ${title?.innerText ?? "this video"}`)
  }
  return leave
}
