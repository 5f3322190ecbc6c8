import { readNumber, readString, readWord, slotOf } from './read-scalar'
import { JsonFault, type Scan } from './scan'
import type { JsonArray, JsonMember, JsonObject, JsonValue } from './value'

/** Deeper nesting is refused: no server needs it, and it could exhaust the stack. */
const DEEPEST = 200

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/**
 * Reads RFC 8259 JSON in UTF-8, keeping what other readers lose: number texts, repeated names, the place of each value.
 * Throws `JsonFault`. A byte order mark is skipped; bytes that are no UTF-8 become U+FFFD in texts.
 */
export function readJson(body: Uint8Array): JsonValue {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const scan: Scan = { bytes, latin1: bytes.toString('latin1'), at: 0, depth: 0, names: [], texts: [] }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) scan.at = 3
  skipSpace(scan)
  const value = readValue(scan)
  skipSpace(scan)
  if (scan.at < bytes.length) throw new JsonFault('more follows after the value', scan.at)
  return value
}

function readValue(scan: Scan): JsonValue {
  switch (scan.bytes[scan.at]) {
    case QUOTE:
      return readString(scan)
    case OPEN_OBJECT:
      return readObject(scan)
    case OPEN_ARRAY:
      return readArray(scan)
    default:
      return readWord(scan) ?? readNumber(scan)
  }
}

function readArray(scan: Scan): JsonArray {
  const start = scan.at
  enter(scan)
  const elements: JsonValue[] = []
  if (scan.bytes[scan.at] === CLOSE_ARRAY) scan.at++
  else
    for (;;) {
      elements.push(readValue(scan))
      if (endsAt(scan, CLOSE_ARRAY)) break
    }
  scan.depth--
  return { kind: 'array', start, end: scan.at, elements }
}

function readObject(scan: Scan): JsonObject {
  const start = scan.at
  enter(scan)
  const members: JsonMember[] = []
  if (scan.bytes[scan.at] === CLOSE_OBJECT) scan.at++
  else
    for (;;) {
      const name = readName(scan)
      members.push({ name, value: readValue(scan) })
      if (endsAt(scan, CLOSE_OBJECT)) break
    }
  scan.depth--
  return { kind: 'object', start, end: scan.at, members }
}

function enter(scan: Scan): void {
  if (++scan.depth > DEEPEST) throw new JsonFault(`nested deeper than ${DEEPEST}`, scan.at)
  scan.at++
  skipSpace(scan)
}

/** After an element: whether the list ends here; else the reader stands at the next element. */
function endsAt(scan: Scan, close: number): boolean {
  skipSpace(scan)
  const code = scan.bytes[scan.at]
  if (code !== COMMA && code !== close) throw unexpected(scan, 'a comma or a closing bracket')
  scan.at++
  if (code === close) return true
  skipSpace(scan)
  return false
}

function readName(scan: Scan): string {
  if (scan.bytes[scan.at] !== QUOTE) throw unexpected(scan, 'a name in quotes')
  const name = knownName(scan) ?? internName(scan, readString(scan).text)
  skipSpace(scan)
  if (scan.bytes[scan.at] !== COLON) throw unexpected(scan, 'a colon')
  scan.at++
  skipSpace(scan)
  return name
}

/** The name if it was met before, without making a text of it; else null, and the scan stands where it stood. */
function knownName(scan: Scan): string | null {
  const { bytes, latin1, names } = scan
  const start = scan.at + 1
  let end = start
  while (end < bytes.length && bytes[end] !== QUOTE) end++
  if (end === bytes.length) return null
  // Only plain names are kept, which stand in the bytes as they are.
  const known = names[slotOf(end - start, bytes[start] ?? 0, bytes[end - 1] ?? 0)]
  if (known === undefined || known.length !== end - start || !latin1.startsWith(known, start)) return null
  scan.at = end + 1
  return known
}

// The same few names stand in every record. A string that was once a property's name is unique in the engine, and
// comparing it with a literal is comparing two addresses.
function internName(scan: Scan, name: string): string {
  if (name.length > 32 || !PLAIN.test(name)) return name
  const unique = Object.keys({ [name]: 0 })[0] ?? name
  scan.names[slotOf(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1))] = unique
  return unique
}

/** Characters that JSON writes as they are, in one byte each. */
const PLAIN = /^[ !#-[\]-~]+$/

function skipSpace(scan: Scan): void {
  const { bytes } = scan
  let at = scan.at
  while (at < bytes.length) {
    const code = bytes[at]
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break
    at++
  }
  scan.at = at
}

function unexpected(scan: Scan, wanted: string): JsonFault {
  return new JsonFault(`expected ${wanted}`, scan.at, scan.at >= scan.bytes.length)
}
