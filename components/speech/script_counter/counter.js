// Counts the words of a text area while they are typed. Streamlit's text area sends its words when it is left or
// at Ctrl+Enter; after a short pause in typing this presses Ctrl+Enter, so that prices and buttons follow. Words that
// were typed before this had loaded, or while an answer was under way, are found by their length and sent too.

const counters = new WeakMap()
const PAUSE = 450 // ms without a key before the words are sent

export default function (component) {
  const { data, parentElement } = component
  let counter = counters.get(parentElement)
  if (!counter) {
    counter = makeCounter(parentElement.querySelector(".count"))
    counters.set(parentElement, counter)
  }
  counter.update(data)
  return () => {
    counter.stop()
    counters.delete(parentElement)
  }
}

function makeCounter(line) {
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
    const dollars = Math.max(seconds, data.least_seconds) * data.dollars_per_second
    const price = data.price_of ? ` · about $${dollars.toFixed(dollars < 0.1 ? 3 : 2)} on ${data.price_of}` : ""
    const language = data.language ? ` · ${data.language}` : ""
    show(`${count} ${count === 1 ? "word" : "words"}${language} · about ${spoken(seconds)}${price}`, false)
  }
  function spoken(seconds) {
    if (seconds < 60) return `${seconds.toFixed(1)} s`
    return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`
  }
  function typed(event) {
    if (!event.target.matches || !event.target.matches(data.text_area)) return
    clearTimeout(timer)
    follow(event.target)
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
