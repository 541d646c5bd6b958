// A group of radio buttons: one tab stop, arrow keys, and a name. It is drawn again only when its
// options change, and the focus stays on the option that had it.
const element = (tag, className, text) =>
  Object.assign(document.createElement(tag), { className, textContent: text })

const radio = (group, option, look) => {
  const label = document.createElement("label")
  const input = document.createElement("input")
  Object.assign(input, { type: "radio", name: group, value: option.id, disabled: option.disabled })
  label.append(input)
  if (["pictures", "strip", "frames"].includes(look)) {
    const frame = element("span", "frame", "")
    frame.append(Object.assign(document.createElement("img"), { src: option.picture, alt: "" }))
    if (option.mark) frame.append(element("span", "mark", option.mark))
    label.append(frame, element("span", "name", option.name))
  } else if (look === "rows") {
    label.append(element("span", "name", option.name))
    label.append(element("span", "detail", option.detail))
    label.append(element("span", "price", option.price))
  } else {
    label.append(option.name)
  }
  return label
}

const draw = (box, data) => {
  const held = box.querySelector("input:focus, button:focus")
  const place = held && [held.tagName, held.value]
  box.replaceChildren(
    ...data.options.map((option) => {
      const row = element("div", "option", "")
      row.append(radio(data.label, option, data.look))
      if (option.action) {
        const button = element("button", "", option.action)
        Object.assign(button, { type: "button", value: option.id })
        button.setAttribute("aria-label", `${option.action} ${option.name}`)
        row.append(button)
      }
      return row
    }),
  )
  const same = ([tag, value]) =>
    [...box.querySelectorAll(tag)].find((each) => each.value === value && !each.disabled)
  if (place) (same(place) ?? box.querySelector("input:enabled"))?.focus()
}

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".choices")
  box.className = `choices ${data.look}`
  box.setAttribute("aria-label", data.label)
  const drawn = JSON.stringify([data.label, data.look, data.options])
  // A choice that the page has not run with yet stays as it was picked.
  const changed = box.dataset.drawn !== drawn || box.dataset.chosen !== data.chosen
  if (box.dataset.drawn !== drawn) draw(box, data)
  Object.assign(box.dataset, { drawn, chosen: data.chosen })
  for (const input of box.querySelectorAll("input")) {
    if (changed) input.checked = input.value === data.chosen
    input.onchange = () => setTriggerValue("picked", input.value)
  }
  for (const button of box.querySelectorAll("button")) {
    button.onclick = () => setTriggerValue("action", button.value)
  }
}
