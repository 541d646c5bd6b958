// Lines that play the video: one tab stop, arrow keys, and the line being spoken marked.
const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

const row = (line, place, video) => {
  const item = document.createElement("li")
  const button = document.createElement("button")
  const time = document.createElement("time")
  const text = document.createElement("span")
  time.textContent = clock(line.start)
  text.textContent = line.text
  text.dir = "auto"
  button.type = "button"
  button.tabIndex = place ? -1 : 0
  button.append(time, text)
  button.onclick = () => {
    const player = video()
    if (!player) return
    player.currentTime = line.start + 0.01
    player.play()
  }
  button.onkeydown = (event) => {
    const next = {
      ArrowDown: item.nextSibling,
      ArrowUp: item.previousSibling,
      Home: item.parentNode.firstChild,
      End: item.parentNode.lastChild,
    }[event.key]
    if (!next) return
    event.preventDefault()
    button.tabIndex = -1
    next.firstChild.tabIndex = 0
    next.firstChild.focus()
  }
  item.append(button)
  return item
}

// Brings a line into the middle of the box, and never scrolls the page.
const reveal = (list, item) => {
  const middle = item.offsetTop - list.offsetTop - (list.clientHeight - item.clientHeight) / 2
  list.scrollTo({ top: middle })
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".lines")
  const video = () => document.querySelector(`.st-key-${data.player} video`)
  const drawn = JSON.stringify(data.lines)
  if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn
    list.replaceChildren(...data.lines.map((line, place) => row(line, place, video)))
  }
  let shown = -1
  const mark = () => {
    const player = video()
    const now = player && (player.currentTime > 0 || !player.paused) ? player.currentTime : -1
    const spoken = data.lines.findLastIndex((line) => line.start <= now && now < line.end)
    if (spoken === shown) return
    list.children[shown]?.firstChild.removeAttribute("aria-current")
    list.children[spoken]?.firstChild.setAttribute("aria-current", "true")
    if (list.children[spoken] && !player.paused) reveal(list, list.children[spoken])
    shown = spoken
  }
  const watch = setInterval(mark, 150)
  return () => clearInterval(watch)
}
