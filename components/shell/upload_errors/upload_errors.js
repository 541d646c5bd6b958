// Replaces the words of the HTTP client beside a file by a sentence. There is one observer per window, however often
// the component is mounted.

const NAME = "talking-head-studio.upload-errors"
const WHERE = '[data-testid="stFileUploader"], [data-testid="stCameraInput"]'
const TECHNICAL = /^AxiosError: /
const TOO_LARGE = /\b413\b/

export default function (component) {
  const known = window[Symbol.for(NAME)]
  if (known) {
    known.sentences = component.data
    return
  }
  const state = (window[Symbol.for(NAME)] = { sentences: component.data })
  const explain = (text) => {
    if (!TECHNICAL.test(text.data) || !text.parentElement?.closest(WHERE)) return
    text.data = TOO_LARGE.test(text.data) ? state.sentences.too_large : state.sentences.failed
  }
  const search = (node) => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) explain(texts.currentNode)
  }
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "characterData") explain(target)
      for (const node of addedNodes) node.nodeType === Node.TEXT_NODE ? explain(node) : search(node)
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true })
  search(document.body)
}
