// Moves and zooms a picture under a fixed frame. Keeps its own box while a person works on it and sends it
// when they let go; takes Python's box only when `version` says that it is another picture or shape.

const croppers = new WeakMap()
const MARGIN = 14
const MOST_ZOOM = 8
const PAUSE = 350 // ms without a key or a turn of the wheel before the box is sent

export default function (component) {
  const { data, parentElement, setStateValue } = component
  let cropper = croppers.get(parentElement)
  if (!cropper) {
    cropper = makeCropper(parentElement)
    croppers.set(parentElement, cropper)
  }
  cropper.update(data, (box) => setStateValue("box", box))
  return () => {
    cropper.stop()
    croppers.delete(parentElement)
  }
}

function makeCropper(root) {
  const find = (selector) => root.querySelector(selector)
  const stage = find(".stage"), img = find("img"), frame = find(".frame"), slider = find("input")
  const pointers = new Map()
  let box = null, data = {}, send = () => {}, timer = 0, pinch = null

  const widest = () => Math.min(1, (data.aspect * data.height) / data.width)
  const zoom = () => widest() / box.width
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high)

  function frameSize() {
    const room = { width: stage.clientWidth - 2 * MARGIN, height: stage.clientHeight - 2 * MARGIN }
    const width = Math.min(room.width, room.height * data.aspect)
    return { width, height: width / data.aspect }
  }
  // Screen pixels for one whole width and height of the picture.
  function shown() {
    const width = frameSize().width / box.width
    return { width, height: (width * data.height) / data.width }
  }
  function draw() {
    if (!box || !stage.clientWidth) return
    const size = frameSize(), whole = shown()
    const x = (stage.clientWidth - size.width) / 2, y = (stage.clientHeight - size.height) / 2
    Object.assign(frame.style, { left: `${x - 2}px`, top: `${y - 2}px`, width: `${size.width}px`, height: `${size.height}px` })
    img.style.width = `${whole.width}px`
    img.style.height = `${whole.height}px`
    img.style.transform = `translate(${x - box.left * whole.width}px, ${y - box.top * whole.height}px)`
    slider.value = String((100 * Math.log(zoom())) / Math.log(MOST_ZOOM))
    stage.setAttribute("aria-label", `${data.label}. Zoom ${zoom().toFixed(1)}. Arrow keys move, plus and minus zoom.`)
  }
  function place(left, top, width) {
    const height = (width * data.width) / data.height / data.aspect
    box = { left: clamp(left, 0, Math.max(0, 1 - width)), top: clamp(top, 0, Math.max(0, 1 - height)), width, height: Math.min(height, 1) }
    draw()
  }
  function moveBy(dx, dy) {
    const whole = shown()
    place(box.left - dx / whole.width, box.top - dy / whole.height, box.width)
  }
  // Zooms and keeps the point under (x, y), in pixels from the frame's middle, where it is.
  function zoomTo(wanted, x = 0, y = 0) {
    const before = shown(), middleX = box.left + box.width / 2, middleY = box.top + box.height / 2
    const width = widest() / clamp(wanted, 1, MOST_ZOOM)
    const after = { width: frameSize().width / width }
    after.height = (after.width * data.height) / data.width
    const height = (width * data.width) / data.height / data.aspect
    place(
      middleX + x / before.width - x / after.width - width / 2,
      middleY + y / before.height - y / after.height - height / 2,
      width
    )
  }
  function sendNow() {
    clearTimeout(timer)
    send({ ...box, version: data.version })
  }
  function sendSoon() {
    clearTimeout(timer)
    timer = setTimeout(sendNow, PAUSE)
  }
  function fromMiddle(event) {
    const area = stage.getBoundingClientRect()
    return [event.clientX - area.left - area.width / 2, event.clientY - area.top - area.height / 2]
  }
  function spread() {
    const [a, b] = [...pointers.values()]
    return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
  }

  stage.onpointerdown = (event) => {
    stage.setPointerCapture(event.pointerId)
    pointers.set(event.pointerId, event)
    stage.classList.add("moving")
    if (pointers.size === 2) pinch = { spread: spread(), zoom: zoom() }
  }
  stage.onpointermove = (event) => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    pointers.set(event.pointerId, event)
    if (pointers.size === 2 && pinch) zoomTo((pinch.zoom * spread()) / pinch.spread)
    else moveBy(event.clientX - before.clientX, event.clientY - before.clientY)
  }
  stage.onpointerup = stage.onpointercancel = (event) => {
    if (!pointers.delete(event.pointerId)) return
    pinch = null
    if (pointers.size) return
    stage.classList.remove("moving")
    sendNow()
  }
  // Only once it was clicked: otherwise a person who scrolls the page would zoom the picture.
  stage.addEventListener("wheel", (event) => {
    if (root.activeElement !== stage && !event.ctrlKey) return
    event.preventDefault()
    zoomTo(zoom() * Math.exp(-event.deltaY / 400), ...fromMiddle(event))
    sendSoon()
  }, { passive: false })
  stage.onkeydown = (event) => {
    const step = event.shiftKey ? 30 : 8
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }
    if (moves[event.key]) moveBy(...moves[event.key])
    else if (event.key === "+" || event.key === "=") zoomTo(zoom() * 1.1)
    else if (event.key === "-") zoomTo(zoom() / 1.1)
    else return
    event.preventDefault()
    sendSoon()
  }
  slider.oninput = () => {
    zoomTo(Math.pow(MOST_ZOOM, slider.value / 100))
    sendSoon()
  }
  find(".out").onclick = () => { zoomTo(zoom() / 1.25); sendSoon() }
  find(".in").onclick = () => { zoomTo(zoom() * 1.25); sendSoon() }
  find(".reset").onclick = () => { place(data.start.left, data.start.top, data.start.width); sendSoon() }

  const watch = new ResizeObserver(draw)
  watch.observe(stage)

  return {
    update(next, sender) {
      send = sender
      const other = next.version !== data.version
      data = next
      if (img.getAttribute("src") !== next.image) img.src = next.image
      if (other || !box) place(next.box.left, next.box.top, Math.min(next.box.width, widest()))
      else draw()
    },
    stop() {
      clearTimeout(timer)
      watch.disconnect()
    },
  }
}
