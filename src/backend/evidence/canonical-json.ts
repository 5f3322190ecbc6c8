/**
 * The one text of a JSON value (RFC 8785): keys in the order of their UTF-16 units, no white space, numbers and strings as
 * ECMAScript writes them. Absent fields are left out. Throws `TypeError` for what JSON has no place for.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, held]) => held !== undefined)
    const byUnits = fields.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${byUnits.map(([name, held]) => `${textOf(name)}:${canonicalJson(held)}`).join(',')}}`
  }
  if (typeof value === 'string') return textOf(value)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return JSON.stringify(value)
  throw new TypeError(`a ${typeof value} has no canonical form`)
}

/** A lone surrogate has no UTF-8, so U+FFFD stands for it as it does wherever the text is written. */
function textOf(text: string): string {
  return JSON.stringify(/\p{Cs}/u.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text)
}
