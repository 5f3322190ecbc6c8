/** What a link in Markdown may lead to: `recount:event/KEY`, `recount:session/ID`, `recount:recording/ID?t=SECONDS`, `recount:notebook/ID`. */
export type RecountLink =
  | { to: 'event'; key: string }
  | { to: 'session'; id: string }
  | { to: 'recording'; id: string; at: number | null }
  | { to: 'notebook'; id: string }

const FORM = /^recount:(event|session|recording|notebook)\/([^?#]{1,60000})(?:\?t=(\d{1,10}(?:\.\d{1,6})?))?$/

/** Null for everything that is no link of this form. */
export function parseRecountLink(href: string): RecountLink | null {
  const [, to, encoded = '', seconds] = FORM.exec(href) ?? []
  const id = to === undefined ? null : decoded(encoded)
  if (id === null) return null
  if (to === 'event') return { to, key: id }
  if (to === 'recording') return { to, id, at: seconds === undefined ? null : Number(seconds) }
  return to === 'session' || to === 'notebook' ? { to, id } : null
}

export function printRecountLink(link: RecountLink): string {
  if (link.to === 'event') return `recount:event/${encoded(link.key)}`
  const seconds = link.to === 'recording' && link.at !== null ? `?t=${Math.round(link.at * 1000) / 1000}` : ''
  return `recount:${link.to}/${encoded(link.id)}${seconds}`
}

/** `[words](recount:...)`; the words are made harmless for Markdown. */
export function markdownLink(words: string, link: RecountLink): string {
  return `[${plainInMarkdown(words)}](${printRecountLink(link)})`
}

/** Text that Markdown shows as it is, on one line. */
export function plainInMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>!#|~]/g, (mark) => `\\${mark}`)
}

/** Parentheses would end the link. A lone surrogate, which has no UTF-8, becomes U+FFFD. */
function encoded(text: string): string {
  const readable = encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/%3A/g, ':').replace(/%2C/g, ',')
  return readable.replace(/[()*'!~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
