// @ts-check
// Elements from data. No text of a log ever becomes markup: tags and attributes are of these lists, all else is text.

const TAGS = new Set(
  'main header footer section h1 h2 h3 h4 h5 p span a ul ol li blockquote pre code hr br dl dt dd div table caption colgroup col thead tbody tr th td figure figcaption strong em del time b i mark small'.split(' '),
)
const DRAWN = new Set('svg rect line text g title path'.split(' '))
const ATTRIBUTES = new Set('class id datetime scope colspan start viewBox role aria-label x y x1 x2 y1 y2 width height text-anchor d'.split(' '))
const SVG = 'http://www.w3.org/2000/svg'

/**
 * @param {string} tag
 * @param {{ class?: string, text?: string, on?: () => void, [name: string]: unknown }} [facts]
 * @param {(Node | string)[]} [children]
 */
export function element(tag, facts = {}, children = []) {
  const node = document.createElement(tag)
  if (facts.class) node.className = facts.class
  if (facts.text !== undefined) node.textContent = facts.text
  if (facts.on) node.addEventListener('click', facts.on)
  if (tag === 'button') node.setAttribute('type', 'button')
  node.append(...children)
  return node
}

/** @param {unknown} made A text, or [tag, attributes, ...children]. @returns {Node} */
export function nodeOf(made) {
  if (!Array.isArray(made)) return document.createTextNode(String(made))
  const [tag, attributes, ...children] = made
  const isDrawn = DRAWN.has(tag)
  if (!isDrawn && !TAGS.has(tag)) return document.createTextNode('')
  const node = isDrawn ? document.createElementNS(SVG, tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (ATTRIBUTES.has(name)) node.setAttribute(name, String(value))
    // Places in this page alone: a sealed report leads nowhere else by itself.
    if (name === 'href' && String(value).startsWith('#')) node.setAttribute('href', String(value))
  }
  node.append(...children.map(nodeOf))
  return node
}

/** Characters that are not seen, or turn the direction of others, written out. @param {string} text */
export function shown(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => (one === '\n' || one === '\t' ? one : `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`))
}
