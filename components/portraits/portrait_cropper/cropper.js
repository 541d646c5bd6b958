// Moves and zooms a picture under a fixed frame. Keeps its own box while a person works on it and sends it
// when they let go; takes Python's box only when `version` says that it is another picture or shape.

const croppers = new WeakMap()
const MARGIN = 14
const MOST_ZOOM = 8
const ABOVE = 0.4 // of the height of a face, between it and its number
const BLUR = 0.03 // of the width of the frame, as the server draws it
const PAUSE = 350 // ms without a key or a turn of the wheel before the box is sent

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component
  let cropper = croppers.get(parentElement)
  if (!cropper) {
    cropper = makeCropper(parentElement)
    croppers.set(parentElement, cropper)
  }
  cropper.update(data, (box) => setStateValue("box", box), (place) => setTriggerValue("face", place))
  return () => {
    cropper.stop()
    croppers.delete(parentElement)
  }
}

function makeCropper(root) {
  const find = (selector) => root.querySelector(selector)
  const stage = find(".stage"), img = find(".picture"), frame = find(".frame"), slider = find("input")
  const ground = find(".ground"), soft = find(".ground img"), faces = find(".faces")
  const pointers = new Map()
  let box = null, data = {}, send = () => {}, pick = () => {}, timer = 0, pinch = null

  // A surrounded frame may be as large as to hold all of the picture; another lies within it.
  const widest = () => (data.surround ? Math.max : Math.min)(1, (data.aspect * data.height) / data.width)
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
    drawGround(x, y, size)
    for (const button of faces.children) {
      const { left, top, width, height } = button.face
      button.style.left = `${x + (left + width / 2 - box.left) * whole.width}px`
      button.style.top = `${Math.max(y + (top - height * ABOVE - box.top) * whole.height, 30)}px`
    }
    slider.value = String((100 * Math.log(zoom())) / Math.log(MOST_ZOOM))
    stage.setAttribute("aria-label", `${data.label}. Zoom ${zoom().toFixed(1)}. Arrow keys move, plus and minus zoom, Home centers on the face.`)
  }
  // What is left of a surrounded frame is the same on both sides of the picture.
  function drawGround(x, y, size) {
    ground.hidden = !data.surround
    if (!data.surround) return
    Object.assign(ground.style, { left: `${x}px`, top: `${y}px`, width: `${size.width}px`, height: `${size.height}px` })
    const [fill, color] = data.surround
    const blurred = fill === "blur"
    soft.hidden = !blurred
    ground.style.background = blurred ? "" : `rgb(${color.join(" ")})`
    ground.style.setProperty("--blur", `${size.width * BLUR}px`)
    if (blurred && soft.getAttribute("src") !== data.image) soft.src = data.image
  }
  const along = (start, length) => (length > 1 ? (1 - length) / 2 : clamp(start, 0, 1 - length))
  function place(left, top, width) {
    let height = (width * data.width) / data.height / data.aspect
    if (!data.surround) height = Math.min(height, 1)
    box = { left: along(left, width), top: along(top, height), width, height }
    draw()
  }
  function drawFaces() {
    faces.replaceChildren(
      ...data.faces.map(({ place, number, face, chosen }) => {
        const button = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, face })
        button.textContent = number
        button.className = chosen ? "chosen" : ""
        button.onpointerdown = (event) => event.stopPropagation()
        button.onclick = () => pick(place)
        return button
      })
    )
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
    else if (event.key === "Home") center()
    else return
    event.preventDefault()
    sendSoon()
  }
  slider.oninput = () => {
    zoomTo(Math.pow(MOST_ZOOM, slider.value / 100))
    sendSoon()
  }
  const center = () => place(...data.start)
  find(".reset").onclick = () => { center(); sendSoon() }

  const watch = new ResizeObserver(draw)
  watch.observe(stage)

  return {
    update(next, sender, picker) {
      send = sender
      pick = picker
      const other = next.version !== data.version
      data = next
      if (img.getAttribute("src") !== next.image) img.src = next.image
      drawFaces()
      const [left, top, width] = next.box
      if (other || !box) place(left, top, Math.min(width, widest()))
      else draw()
    },
    stop() {
      clearTimeout(timer)
      watch.disconnect()
    },
  }
}
