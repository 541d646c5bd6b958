// Says that renders have ended where the page itself cannot: as a notification of the browser while the page is not
// seen, and as a sound. Both are off until somebody turns them on in Settings (see notification_settings.js); what is
// on is kept in this browser alone. Each render is announced once in each tab.

const SETTINGS = "talking-head-studio.announcements"
const announced = (window[Symbol.for("talking-head-studio.announced")] ??= new Set())

export default function (component) {
  const fresh = component.data.ended.filter(({ id }) => !announced.has(id))
  fresh.forEach(({ id }) => announced.add(id))
  if (fresh.length === 0) return
  const settings = read()
  if (settings.sound) play()
  if (settings.notify && document.hidden) fresh.forEach(notify)
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS)) ?? {}
  } catch {
    return {} // no storage is allowed here: everything is off
  }
}

function notify({ id, title, text }) {
  if (!("Notification" in window) || Notification.permission !== "granted") return
  // The tag makes the notifications of several tabs one.
  const shown = new Notification(title, { body: text, tag: id })
  shown.onclick = () => {
    window.focus()
    shown.close()
  }
}

function play() {
  try {
    const context = new AudioContext()
    ;[660, 880].forEach((hertz, place) => tone(context, hertz, place * 0.18))
    setTimeout(() => context.close(), 1000)
  } catch {
    // this browser plays nothing that was not clicked
  }
}

function tone(context, hertz, after) {
  const begin = context.currentTime + after
  const oscillator = new OscillatorNode(context, { frequency: hertz })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, begin)
  volume.gain.linearRampToValueAtTime(0.15, begin + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.4)
  oscillator.connect(volume).connect(context.destination)
  oscillator.start(begin)
  oscillator.stop(begin + 0.4)
}
