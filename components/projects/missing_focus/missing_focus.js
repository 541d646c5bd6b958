// A field, a picture that keys move, or a button; a component's are in a tree of their own.
const controlIn = (root) =>
  root.querySelector("textarea, .stage, button") ??
  [...root.querySelectorAll("*")]
    .map((each) => each.shadowRoot && controlIn(each.shadowRoot))
    .find(Boolean)

export default function ({ data }) {
  const container = document.querySelector(`.st-key-${data.container}`)
  const control = container && controlIn(container)
  if (!control) return
  control.focus({ preventScroll: true })
  control.scrollIntoView({ block: "center" }) // the bar and the header lie over the page's edges
}
