// Gives the focus back to a button whose element was replaced by another one of the same key.
const keyOf = (element) => {
  const named = element.closest("[class*='st-key-']")
  return named && [...named.classList].find((name) => name.startsWith("st-key-"))
}

export default function () {
  let held = null // the button that has the focus, and its key
  const remember = ({ target }) => {
    const key = target.matches("button") && keyOf(target)
    held = key ? { button: target, key } : null
  }
  const forget = () => { held = null } // a click on a button makes it the one again
  const giveBack = () => {
    if (!held || held.button.isConnected || document.activeElement !== document.body) return
    const buttons = document.querySelectorAll(`.${CSS.escape(held.key)} button`)
    if (buttons.length === 1) buttons[0].focus({ preventScroll: true })
  }
  const observer = new MutationObserver(giveBack)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener("focusin", remember)
  document.addEventListener("pointerdown", forget)
  return () => {
    observer.disconnect()
    document.removeEventListener("focusin", remember)
    document.removeEventListener("pointerdown", forget)
  }
}
