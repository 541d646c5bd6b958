// Counts the words of a text area while they are typed. Streamlit's text area sends its words when it is left or
// at Ctrl+Enter; after a short pause in typing this presses Ctrl+Enter, so that prices and buttons follow. Words that
// were typed before this had loaded, or while an answer was under way, are found by their length and sent too. A paste
// is sent and reported at once, so that it can be cleaned up.

const counters = new WeakMap()
const PAUSE = 450 // ms without a key before the words are sent

export default function (component) {
  const { data, parentElement, setStateValue } = component
  let counter = counters.get(parentElement)
  if (!counter) {
    counter = makeCounter(parentElement.querySelector(".count"), (text) => setStateValue("pasted", { text, at: Date.now() }))
    counters.set(parentElement, counter)
  }
  counter.update(data)
  return () => {
    counter.stop()
    counters.delete(parentElement)
  }
}

function makeCounter(line, report) {
  let data = {}, timer = 0, sent = null

  function show(text, over) {
    if (line.textContent !== text) line.textContent = text
    line.classList.toggle("over", over)
  }
  function live(words) {
    const letters = [...words].length
    if (letters > data.most) {
      const cut = (letters - data.most).toLocaleString("en")
      return show(`${cut} characters too many: at most ${data.most.toLocaleString("en")} in one video.`, true)
    }
    const count = words.trim() ? words.trim().split(/\s+/).length : 0
    if (!count) return show(data.empty, false)
    const seconds = count * data.seconds_per_word
    const language = data.language ? ` · ${data.language}` : ""
    show(`${count} ${count === 1 ? "word" : "words"}${language} · about ${spoken(seconds)}`, false)
  }
  function spoken(seconds) {
    if (seconds < 60) return `${seconds.toFixed(1)} s`
    return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`
  }
  function typed(event) {
    if (!event.target.matches || !event.target.matches(data.text_area)) return
    clearTimeout(timer)
    const area = event.target, kind = event.inputType || ""
    if (!kind.startsWith("insertFromPaste") && kind !== "insertFromDrop") return follow(area)
    live(area.value)
    // The words first: a text area keeps what it has not sent, whatever the answer is.
    timer = setTimeout(() => {
      send(area)
      report(area.value)
    })
  }
  function follow(area) {
    live(area.value)
    timer = setTimeout(() => send(area), PAUSE)
  }
  function unsent(area) {
    return area && area.value !== sent && [...area.value].length !== data.written
  }
  function send(area) {
    timer = 0
    sent = area.value
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true }))
  }
  document.addEventListener("input", typed)

  return {
    update(next) {
      data = next
      const area = document.querySelector(data.text_area)
      if (timer) live(area ? area.value : "")
      else if (unsent(area)) follow(area)
      else show(next.sentence, next.over)
    },
    stop() {
      clearTimeout(timer)
      document.removeEventListener("input", typed)
    },
  }
}
