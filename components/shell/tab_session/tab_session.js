// Knows the id of this browser tab. While a page is open the id is in its memory; only while the page is being left,
// for a reload or another page of this site, is it in the tab's session storage. Duplicating a tab, or opening another
// from it, copies the session storage of the open page, where the id is not: so no two tabs have the same.

const NAME = "talking-head-studio.tab"
const ID = /^[\w-]{43}$/
const tab = (window[Symbol.for(NAME)] ??= openTab())

export default function (component) {
  const { data, setStateValue } = component
  if (tab.id === null || data.fixed) tab.id = data.id
  if (tab.id !== data.id) setStateValue("id", tab.id)
}

function openTab() {
  const opened = { id: take() }
  window.addEventListener("pagehide", () => put(opened.id))
  window.addEventListener("pageshow", (event) => event.persisted && take())
  return opened
}

function take() {
  try {
    const id = sessionStorage.getItem(NAME)
    sessionStorage.removeItem(NAME)
    return ID.test(id) ? id : null
  } catch {
    return null // no storage is allowed here: a reload is a new tab
  }
}

function put(id) {
  try {
    if (id !== null) sessionStorage.setItem(NAME, id)
  } catch {
    // as above
  }
}
