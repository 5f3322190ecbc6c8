import { JsonFault, type Scan } from './scan'
import type { JsonNumber, JsonString, JsonWord } from './value'

const QUOTE = 34
const BACKSLASH = 92
const LOWER_U = 117
/** Characters that may follow a backslash, beside `u`: " \ / b f n r t. */
const ESCAPED: ReadonlySet<number> = new Set([34, 92, 47, 98, 102, 110, 114, 116])

/** Characters; longer texts hardly repeat. */
const LONGEST_SHARED = 160

const WORDS = { t: 'true', f: 'false', n: 'null' } as const

/** Reads a string; the scan stands on its opening quote. */
export function readString(scan: Scan): JsonString {
  const { bytes } = scan
  const start = scan.at
  let at = start + 1
  let plain = true
  let escaped = false
  for (;;) {
    const code = bytes[at]
    if (code === undefined) throw new JsonFault('a string does not end', at, true)
    if (code === QUOTE) break
    if (code === BACKSLASH) {
      escaped = true
      at = escapeEnd(bytes, at)
      continue
    }
    if (code < 32) throw new JsonFault('a control character in a string', at)
    if (code > 127) plain = false
    at++
  }
  const end = at + 1
  scan.at = end
  return { kind: 'string', start, end, text: decoded(scan, { start, end }, { plain, escaped }) }
}

function decoded(scan: Scan, at: { start: number; end: number }, form: { plain: boolean; escaped: boolean }): string {
  // Escapes were checked above, so that this cannot fail.
  if (form.escaped) return JSON.parse(scan.bytes.toString('utf8', at.start, at.end)) as string
  if (form.plain) return plainText(scan, at.start + 1, at.end - 1)
  return scan.bytes.toString('utf8', at.start + 1, at.end - 1)
}

/** Records of one body repeat most texts: the same ones are the same in memory, where comparing them costs nothing. */
function plainText({ bytes, latin1, texts }: Scan, start: number, end: number): string {
  const length = end - start
  if (length > LONGEST_SHARED) return latin1.slice(start, end)
  const slot = slotOf(length, bytes[start] ?? 0, bytes[end - 1] ?? 0)
  const known = texts[slot]
  if (known !== undefined && known.length === length && latin1.startsWith(known, start)) return known
  return (texts[slot] = latin1.slice(start, end))
}

/** Place of a text among those seen, by its length and its first and last characters. */
export function slotOf(length: number, first: number, last: number): number {
  return (length * 31 + first * 7 + last * 13) & 255
}

function escapeEnd(bytes: Uint8Array, at: number): number {
  const code = bytes[at + 1]
  if (code === undefined) throw new JsonFault('a string does not end', at + 1, true)
  if (code !== LOWER_U) {
    if (!ESCAPED.has(code)) throw new JsonFault('an escape that JSON does not know', at)
    return at + 2
  }
  for (let i = at + 2; i < at + 6; i++) {
    if (i >= bytes.length) throw new JsonFault('a string does not end', i, true)
    if (!isHex(bytes[i] ?? 0)) throw new JsonFault('an escape that JSON does not know', at)
  }
  return at + 6
}

function isHex(code: number): boolean {
  const lower = code | 32
  return isDigit(code) || (lower >= 97 && lower <= 102)
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57
}

/** Reads `true`, `false` or `null`; null where something else begins. */
export function readWord(scan: Scan): JsonWord | null {
  const kind = WORDS[scan.latin1[scan.at] as keyof typeof WORDS] as JsonWord['kind'] | undefined
  if (kind === undefined) return null
  const start = scan.at
  const end = start + kind.length
  const written = scan.latin1.slice(start, end)
  if (written !== kind) {
    throw new JsonFault(`expected ${kind}`, start, end > scan.bytes.length && kind.startsWith(written))
  }
  scan.at = end
  return { kind, start, end }
}

/** Reads a number, keeping its digits. */
export function readNumber(scan: Scan): JsonNumber {
  const { bytes } = scan
  const start = scan.at
  let at = bytes[start] === 45 ? start + 1 : start
  if (bytes[at] === 48) at++
  else at = digitsEnd(bytes, at)
  if (bytes[at] === 46) at = digitsEnd(bytes, at + 1)
  if (bytes[at] === 69 || bytes[at] === 101) {
    at++
    if (bytes[at] === 43 || bytes[at] === 45) at++
    at = digitsEnd(bytes, at)
  }
  scan.at = at
  return { kind: 'number', start, end: at, text: scan.latin1.slice(start, at) }
}

function digitsEnd(bytes: Uint8Array, at: number): number {
  if (!isDigit(bytes[at])) throw new JsonFault('expected a value', at, at >= bytes.length)
  while (isDigit(bytes[at])) at++
  return at
}
