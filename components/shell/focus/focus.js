// A field, a picture that keys move, or a button; a component's are in a tree of their own.
const controlIn = (root) =>
  root.querySelector("textarea, .stage, button") ??
  [...root.querySelectorAll("*")]
    .map((each) => each.shadowRoot && controlIn(each.shadowRoot))
    .find(Boolean)

const PATIENCE = 3000 // ms until what was chosen with is gone, and what comes in its place is there
const known = new Map() // the last choice of each name

// The title of the page, which keys do nothing with: shortcuts are heard there.
const title = () => {
  const found = document.querySelector("[data-testid=stMain] h1")
  if (found) found.tabIndex = -1
  return found
}

// Takes the focus whenever nothing has it for a while. Who went elsewhere meanwhile stays there.
const focusWhenLost = (find, until = performance.now() + PATIENCE) => {
  if (document.activeElement === document.body) find()?.focus({ preventScroll: true })
  if (performance.now() < until) requestAnimationFrame(() => focusWhenLost(find, until))
}

const within = (key) => {
  const container = document.querySelector(`.st-key-${CSS.escape(key)}`)
  return container && controlIn(container)
}

export default function ({ data }) {
  if (data.gently) {
    const before = known.get(data.name)
    known.set(data.name, data.call)
    if (before === undefined || before === data.call) return
    if (data.container) focusWhenLost(() => within(data.container))
    else if (data.call) focusWhenLost(title)
    else focusWhenLost(() => within(`open_${before}`))
    return
  }
  const control = within(data.container)
  if (!control) return
  control.focus({ preventScroll: true })
  control.scrollIntoView({ block: "center" }) // the bar and the header lie over the page's edges
}
