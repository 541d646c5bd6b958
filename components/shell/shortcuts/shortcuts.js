// Shortcuts that no field and no button needs itself. Dialogs, menus and popovers close with Esc on
// their own; while one is open, no shortcut is heard.
const FIELD =
  "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select," +
  " [contenteditable=true], [role=combobox], [role=textbox], [role=spinbutton]"
const CONTROL =
  "button, a, summary, input, video, audio, label, [role=slider], [role=tab], [role=option]," +
  " [role^=menuitem], [role=button], [role=grid], [tabindex='0']"
const OPEN = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [data-testid=stPopoverBody]"

const shown = (element) => element.getClientRects().length > 0

const press = (keys) => {
  for (const key of keys) {
    const button = document.querySelector(`.st-key-${key} button`)
    if (button && shown(button)) return button.click()
  }
}

const search = () => {
  const found = "[data-testid=stMain] :is(input[type=search], [role=searchbox])"
  const field = [...document.querySelectorAll(found)].find(shown)
  field?.focus()
  field?.select()
  return field
}

// The button that plays the videos of a comparison in sync.
const together = () => {
  const parts = document.querySelectorAll(".st-key-in_step *")
  return [...parts].map((each) => each.shadowRoot?.querySelector(".play")).find(Boolean)
}

const play = () => {
  const all = together()
  if (all) return all.click() ?? all
  const players = document.querySelectorAll("[data-testid=stMain] video[controls]")
  const player = [...players].find(shown)
  if (player) player.paused ? player.play() : player.pause()
  return player
}

// Does what a key stands for; returns whether the browser shall leave it alone then.
const answer = (event, back, list) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.isComposing || event.repeat) return false
  const target = event.composedPath()[0]
  const within = (selector) => target instanceof Element && target.closest(selector)
  if (within(FIELD) || [...document.querySelectorAll(OPEN)].some(shown)) return false
  if (event.key === "/") return search()
  // The page itself takes the focus where a person clicks beside everything.
  const control = within(CONTROL)
  if (event.key === " ") return control && !control.matches("main") ? false : play()
  if (event.key === "Escape") return press(back)
  return event.key === "?" && list()
}

export default function ({ data, setTriggerValue }) {
  const list = () => setTriggerValue("list", true) ?? true
  const hear = (event) => {
    if (answer(event, data.back, list)) event.preventDefault()
  }
  document.addEventListener("keydown", hear)
  return () => document.removeEventListener("keydown", hear)
}
