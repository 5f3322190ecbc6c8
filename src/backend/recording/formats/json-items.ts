// JSON from a stranger, value by value: one call of JSON.parse over a whole file would need many times its size, and
// would lose all of a file that is cut off.

/** Places in the bytes of a text; `to` is not included. */
export type Place = { from: number; to: number }
/** A value of a list or of an object, which has `name`, with its quotes. */
export type JsonItem = Place & { name: Place | null }

/** Deeper nesting in a text longer than this is refused unparsed: each bracket would become an object of many bytes. */
const LONG = 2 ** 20

const QUOTE = 0x22
const COLON = 0x3a
const COMMA = 0x2c
const BACKSLASH = 0x5c
const BRACKET = 0x5b

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isOpening(byte: number | undefined): boolean {
  return byte === BRACKET || byte === 0x7b
}

function isClosing(byte: number | undefined): boolean {
  return byte === 0x5d || byte === 0x7d
}

/** The first place from `at` on that is no white space, or `to`. */
export function skipSpace(bytes: Uint8Array, at: number, to = bytes.length): number {
  let place = at
  while (place < to && isSpace(bytes[place])) place++
  return place
}

/** Behind the closing quote; the end of the bytes where there is none. */
function stringEnd(bytes: Uint8Array, from: number): number {
  for (let quote = bytes.indexOf(QUOTE, from + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let before = quote - 1
    while (before > from && bytes[before] === BACKSLASH) before--
    if ((quote - before) % 2 === 1) return quote + 1
  }
  return bytes.length
}

/** Behind the value at `from`; the end of the bytes where it does not end. Brackets are counted, not matched. */
function valueEnd(bytes: Uint8Array, from: number): number {
  let depth = 0
  let at = from
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at = stringEnd(bytes, at)
      if (depth === 0) return at
      continue
    }
    if (depth === 0 && at > from && (byte === COMMA || isSpace(byte) || isClosing(byte))) return at
    if (isOpening(byte)) depth++
    else if (isClosing(byte) && --depth <= 0) return at + 1
    at++
  }
  return at
}

/** The values of the list or object whose bracket stands at `from`, as far as it goes, their grammar not checked. */
export function* jsonItems(bytes: Uint8Array, from: number): Generator<JsonItem, void> {
  let at = skipSpace(bytes, from + 1)
  while (at < bytes.length && !isClosing(bytes[at])) {
    if (bytes[at] === COMMA) {
      at = skipSpace(bytes, at + 1)
      continue
    }
    const first: Place = { from: at, to: valueEnd(bytes, at) }
    at = skipSpace(bytes, first.to)
    if (bytes[first.from] === QUOTE && bytes[at] === COLON) {
      const value = skipSpace(bytes, at + 1)
      const to = isClosing(bytes[value]) ? value : valueEnd(bytes, value)
      yield { from: value, to, name: first }
      at = skipSpace(bytes, to)
    } else {
      yield { ...first, name: null }
    }
  }
}

function isFlat(bytes: Uint8Array, { from, to }: Place): boolean {
  for (let at = from + 1; at < to; at++) {
    if (bytes[at] === QUOTE) at = stringEnd(bytes, at) - 1
    else if (isOpening(bytes[at])) return false
  }
  return true
}

/** The value at a place; undefined where it is no JSON, or a long one with lists or objects inside its own. */
export function jsonAt(bytes: Uint8Array, place: Place): unknown {
  if (place.to - place.from > LONG && !isFlat(bytes, place)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8', place.from, place.to)
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** The list at a place; null where there is none. What does not begin as one is told cheaply: a failing parse is slow. */
export function listAt(bytes: Uint8Array, place: Place): unknown[] | null {
  if (bytes[skipSpace(bytes, place.from, place.to)] !== BRACKET) return null
  const value = jsonAt(bytes, place)
  return Array.isArray(value) ? value : null
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
