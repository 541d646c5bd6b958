// Plays, pauses and seeks several videos of the page together. One of them is heard, the others are mute.
// The longest one leads; each other is kept within a few hundredths of a second of it, and one that is
// shorter holds its last picture. The videos are Streamlit's own, found by the keys of their containers.

const bars = new WeakMap()
const NEAR = 0.04 // s: no correction; 0.25 and above: a jump instead of another speed
const FAR = 0.25
const PLAY = "M8 5v14l11-7z", PAUSE = "M6 5h4v14H6zM14 5h4v14h-4z"
const LOUD = "M3 9v6h4l5 5V4L7 9zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.5 4.5 0 0 0 2.5-4z"
const MUTE = "M3 9v6h4l5 5V4L7 9z"

export default function (component) {
  const { data, parentElement } = component
  let bar = bars.get(parentElement)
  if (!bar) {
    bar = makeBar(parentElement)
    bars.set(parentElement, bar)
  }
  bar.update(data)
  return () => {
    bar.stop()
    bars.delete(parentElement)
  }
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
const length = (video) => (Number.isFinite(video.duration) ? video.duration : 0)

function makeBar(root) {
  const find = (selector) => root.querySelector(selector)
  const button = find(".play"), slider = find("input"), time = find(".time"), sound = find(".sound")
  let places = [], videos = [], playing = false, heard = null, frame = 0, dragging = false

  const all = () => videos.filter(Boolean)
  const lead = () => all().reduce((long, video) => (!long || length(video) > length(long) ? video : long), null)
  const unfinished = (video) => !length(video) || video.currentTime < length(video) - 0.06 // or not loaded yet
  const ends = (video, at) => Math.min(at, Math.max(length(video) - 0.05, 0))

  // Streamlit may draw a video anew at any time: the new one takes up where the old one was.
  function look() {
    const found = places.map(({ place }) => document.querySelector(`.st-key-${CSS.escape(place)} video`))
    const at = lead()?.currentTime ?? 0
    found.forEach((video, index) => {
      if (video === videos[index]) return
      if (videos[index]) release(videos[index])
      if (video) adopt(video, at)
    })
    videos = found
    listen()
    draw()
  }
  function adopt(video, at) {
    video.controls = false
    video.playsInline = true
    video.preload = "auto"
    video.style.cursor = "pointer"
    video.addEventListener("click", toggle)
    video.addEventListener("dblclick", large)
    video.addEventListener("loadedmetadata", draw)
    if (at) video.currentTime = at
    if (playing) video.play().catch(() => {})
  }
  function release(video) {
    video.controls = true
    video.muted = false
    video.playbackRate = 1
    video.style.cursor = ""
    video.removeEventListener("click", toggle)
    video.removeEventListener("dblclick", large)
    video.removeEventListener("loadedmetadata", draw)
  }
  function large(event) {
    event.currentTarget.requestFullscreen?.()
  }
  function toggle() {
    playing ? pause() : play()
  }
  async function play() {
    const leader = lead()
    if (leader?.ended || (leader && length(leader) && leader.currentTime > length(leader) - 0.1)) seek(0)
    playing = true // what is not there yet plays as soon as it is
    draw()
    listen()
    await Promise.allSettled(all().filter(unfinished).map((video) => video.play()))
    cancelAnimationFrame(frame)
    keep()
  }
  function pause() {
    playing = false
    cancelAnimationFrame(frame)
    const at = lead()?.currentTime ?? 0
    all().forEach((video) => {
      video.pause()
      video.playbackRate = 1
      video.currentTime = ends(video, at)
    })
    draw()
  }
  function seek(at) {
    all().forEach((video) => {
      video.currentTime = ends(video, at)
      if (playing && video.paused && unfinished(video)) video.play().catch(() => {})
    })
    draw()
  }
  // Once a frame while they play: whoever runs ahead is slowed down, whoever is behind hurries.
  function keep() {
    const leader = lead()
    if (!playing) return
    if (leader?.ended) return pause()
    if (leader && !dragging)
      for (const video of all()) {
        if (video === leader || video.ended || leader.currentTime > length(video) - 0.1) continue
        const ahead = video.currentTime - leader.currentTime
        if (Math.abs(ahead) > FAR) video.currentTime = leader.currentTime
        video.playbackRate = Math.abs(ahead) < NEAR ? 1 : ahead > 0 ? 0.92 : 1.08
      }
    draw()
    frame = requestAnimationFrame(keep)
  }
  function listen() {
    if (!places.some(({ place }) => place === heard)) heard = places[0]?.place ?? null
    videos.forEach((video, index) => {
      if (video) video.muted = places[index].place !== heard
    })
    for (const chip of sound.children) {
      const on = chip.dataset.place === heard
      chip.setAttribute("aria-checked", String(on))
      chip.querySelector("path").setAttribute("d", on ? LOUD : MUTE)
    }
  }
  function chips() {
    sound.replaceChildren(
      ...places.map(({ place, label }) => {
        const chip = document.createElement("button")
        chip.type = "button"
        chip.setAttribute("role", "radio")
        chip.dataset.place = place
        chip.innerHTML = '<svg viewBox="0 0 20 24" aria-hidden="true"><path /></svg>'
        chip.append(label)
        chip.onclick = () => {
          heard = place
          listen()
        }
        return chip
      })
    )
  }
  function draw() {
    const leader = lead(), whole = leader ? length(leader) : 0, at = leader ? Math.min(leader.currentTime, whole) : 0
    find(".sign").setAttribute("d", playing ? PAUSE : PLAY)
    button.setAttribute("aria-label", playing ? "Pause all" : "Play all")
    if (!dragging) slider.value = String(whole ? Math.round((1000 * at) / whole) : 0)
    slider.setAttribute("aria-valuetext", clock(at))
    time.textContent = `${clock(at)} / ${clock(whole)}`
  }

  button.onclick = toggle
  slider.oninput = () => {
    dragging = true
    seek((slider.value / 1000) * length(lead() ?? { duration: 0 }))
  }
  slider.onchange = () => {
    dragging = false
  }
  const looking = setInterval(look, 400)

  return {
    update(data) {
      const same = JSON.stringify(data.videos) === JSON.stringify(places)
      if (!same) {
        all().forEach(release)
        videos = []
        places = data.videos
        chips()
      }
      look()
    },
    stop() {
      clearInterval(looking)
      cancelAnimationFrame(frame)
      all().forEach(release)
    },
  }
}
