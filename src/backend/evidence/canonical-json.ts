/**
 * The one text of a JSON value (RFC 8785): keys in the order of their UTF-16 units, no white space, numbers and strings as
 * ECMAScript writes them. Absent fields are left out. Throws `TypeError` for what JSON has no place for.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return textOf(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (isObject(value)) return objectOf(value)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return JSON.stringify(value)
  throw new TypeError(`a ${typeof value} has no canonical form`)
}

/** Names of fields in their order, each with what stands before its value; for objects of which many have the same. */
export function canonicalFields(names: readonly string[]): readonly (readonly [name: string, before: string])[] {
  return names.toSorted().map((name) => [name, `${textOf(name)}:`])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function objectOf(value: Record<string, unknown>): string {
  let text = '{'
  // Without a function of its own it sorts by UTF-16 units.
  for (const name of Object.keys(value).toSorted()) {
    const held = value[name]
    if (held !== undefined) text += `${text === '{' ? '' : ','}${textOf(name)}:${canonicalJson(held)}`
  }
  return `${text}}`
}

/** Texts that JSON writes as they are, which most are: seen sooner than it is written. */
const PLAIN = /^[ !#-[\]-~]*$/

/** A lone surrogate has no UTF-8, so U+FFFD stands for it as it does wherever the text is written. */
function textOf(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text.replace(/\p{Cs}/gu, '\ufffd'))
}
