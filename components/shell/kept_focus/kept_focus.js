// Gives the focus back to a button whose element was replaced by another one of the same key; and
// leads it into a popover that a key has opened, which stands at the end of the page, and back.
const POPOVER = "[data-testid=stPopoverBody]"
const OPENER = "[data-testid=stPopoverButton]"

const keyOf = (element) => {
  const named = element.closest("[class*='st-key-']")
  return named && [...named.classList].find((name) => name.startsWith("st-key-"))
}
const isLost = () => document.activeElement === document.body

export default function () {
  let held = null // the button that has the focus, and its key
  let byKey = true // whether the last thing pressed was a key, as far as is known
  let opener = null // the button of the popover that has the focus
  const remember = ({ target }) => {
    const key = target.matches("button") && keyOf(target)
    held = key ? { button: target, key } : null
  }
  const typed = () => { byKey = true }
  const pointed = () => {
    byKey = false
    held = null // a click on a button makes it the one again
  }
  const giveBack = () => {
    if (!held || held.button.isConnected || !isLost()) return
    const buttons = document.querySelectorAll(`.${CSS.escape(held.key)} button`)
    if (buttons.length === 1) buttons[0].focus({ preventScroll: true })
  }
  const enter = () => {
    const popover = document.querySelector(POPOVER)
    const button = document.activeElement
    if (popover && byKey && !opener && button.matches(`${OPENER}[aria-expanded=true]`)) {
      opener = button
      popover.tabIndex = -1
      popover.focus({ preventScroll: true })
    } else if (!popover && opener) {
      if (isLost()) opener.focus({ preventScroll: true })
      opener = null
    }
  }
  const observer = new MutationObserver(() => {
    giveBack()
    enter()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener("focusin", remember)
  document.addEventListener("keydown", typed, true)
  document.addEventListener("pointerdown", pointed, true)
  enter() // a key may have opened one before this was here
  return () => {
    observer.disconnect()
    document.removeEventListener("focusin", remember)
    document.removeEventListener("keydown", typed, true)
    document.removeEventListener("pointerdown", pointed, true)
  }
}
