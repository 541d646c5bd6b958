// Keeps what announcements.js reads. The browser is asked for its permission by a click, never by itself.

const SETTINGS = "talking-head-studio.announcements"
const BLOCKED = "Notifications are blocked for this site. Allow them in your browser's site settings first."
const MISSING = "This browser has no notifications."

export default function (component) {
  const root = component.parentElement
  const notify = root.querySelector("input[name=notify]")
  const sound = root.querySelector("input[name=sound]")
  const note = root.querySelector("[role=status]")
  const settings = read()
  sound.checked = settings.sound === true
  notify.checked = settings.notify === true && permission() === "granted"
  notify.disabled = permission() === "missing"
  note.textContent = words()

  sound.onchange = () => keep({ sound: sound.checked })
  notify.onchange = async () => {
    if (notify.checked && permission() === "default") await Notification.requestPermission()
    notify.checked = notify.checked && permission() === "granted"
    note.textContent = words()
    keep({ notify: notify.checked })
  }
}

function permission() {
  return "Notification" in window ? Notification.permission : "missing"
}

function words() {
  return { denied: BLOCKED, missing: MISSING }[permission()] ?? ""
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS)) ?? {}
  } catch {
    return {} // no storage is allowed here: everything is off
  }
}

function keep(changed) {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify({ ...read(), ...changed }))
  } catch {
    // as above: the choice lasts until the page is left
  }
}
