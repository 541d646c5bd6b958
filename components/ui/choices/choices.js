// A group of radio buttons: one tab stop, arrow keys, and a name. It is drawn again only when its
// options change, so that the focus stays where it is when the page runs.
const radio = (group, option) => {
  const label = document.createElement("label")
  const input = document.createElement("input")
  input.type = "radio"
  input.name = group
  input.value = option.id
  label.append(input, option.name)
  return label
}

export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector(".choices")
  box.className = `choices ${data.look}`
  box.setAttribute("aria-label", data.label)
  const drawn = JSON.stringify(data.options)
  if (box.dataset.drawn !== drawn) {
    box.dataset.drawn = drawn
    box.replaceChildren(...data.options.map((option) => radio(data.label, option)))
  }
  for (const input of box.querySelectorAll("input")) {
    input.checked = input.value === data.chosen
    input.onchange = () => setStateValue("chosen", input.value)
  }
}
