// A field, a picture that keys move, or a button; a component's are in a tree of their own.
const controlIn = (root) =>
  root.querySelector("textarea, .stage, button") ??
  [...root.querySelectorAll("*")]
    .map((each) => each.shadowRoot && controlIn(each.shadowRoot))
    .find(Boolean)

const PATIENCE = 3000 // ms until what was chosen with is gone, and what comes in its place is there
const known = new Map() // the last choice of each name

// Waits for the moment when nothing has the focus. Who went elsewhere meanwhile stays there.
const focusWhenLost = (find, until) => {
  const control = find()
  if (control && document.activeElement === document.body) {
    control.focus({ preventScroll: true })
  } else if (performance.now() < until) {
    requestAnimationFrame(() => focusWhenLost(find, until))
  }
}

export default function ({ data }) {
  const find = () => {
    const container = document.querySelector(`.st-key-${data.container}`)
    return container && controlIn(container)
  }
  if (data.gently) {
    const before = known.get(data.name)
    known.set(data.name, data.call)
    if (before === undefined || before === data.call) return
    return void focusWhenLost(find, performance.now() + PATIENCE)
  }
  const control = find()
  if (!control) return
  control.focus({ preventScroll: true })
  control.scrollIntoView({ block: "center" }) // the bar and the header lie over the page's edges
}
