// Hands a file that is dropped anywhere on a card to its uploader, which checks and sends it as ever.
// Where the uploader is not shown, the buttons that lead to it are pressed first.
const PATIENCE = 8000 // ms for the uploader to appear
const DROPZONE = "[data-testid=stFileUploaderDropzone]"
const LOOK = 50 // ms between two looks
const listening = new WeakMap()

const keyed = (key, inner) => document.querySelector(`.st-key-${CSS.escape(key)} ${inner}`)
const hasFile = (event) => event.dataTransfer?.types.includes("Files")
const pause = () => new Promise((done) => setTimeout(done, LOOK))

async function uploader({ uploader, openers }) {
  const pressed = new Set()
  for (const start = Date.now(); Date.now() - start < PATIENCE; await pause()) {
    const input = keyed(uploader, "input[type=file]")
    if (input) return input
    const opener = openers.find((key) => !pressed.has(key) && keyed(key, "button"))
    if (!opener) continue
    pressed.add(opener)
    keyed(opener, "button").click()
  }
  return null
}

async function hand(file, data) {
  const input = await uploader(data)
  if (!input) return
  const files = new DataTransfer()
  files.items.add(file)
  input.files = files.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}

// It listens to the whole document, before others who may stop the event: the card may appear later than
// this, and be drawn again. What falls on the uploader itself is left to it.
export default function ({ data, parentElement }) {
  listening.get(parentElement)?.abort()
  const until = new AbortController()
  listening.set(parentElement, until)
  let marked = null
  const mark = (card) => {
    if (marked && marked !== card) marked.style.outline = ""
    if (card) card.style.outline = "2px dashed currentColor"
    marked = card
  }
  const within = (event, selector) => event.target.closest?.(selector) ?? null
  const cardOf = (event) => within(event, `.st-key-${CSS.escape(data.card)}`)
  const on = (event, act) => document.addEventListener(event, act, { signal: until.signal, capture: true })

  on("dragover", (event) => {
    if (!hasFile(event)) return
    const card = cardOf(event)
    if (card) event.preventDefault()
    mark(card)
  })
  on("dragleave", (event) => {
    if (!event.relatedTarget) mark(null) // out of the window
  })
  on("drop", (event) => {
    const card = cardOf(event)
    mark(null)
    if (!card || !hasFile(event) || within(event, DROPZONE)) return
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file) hand(file, data)
  })
  return () => {
    until.abort()
    mark(null)
  }
}
