/** What stands at a place: a whole character, bytes that are none, or the beginning of one that the input ends in. */
export type Utf8 = { length: number; codePoint: number }

/** `codePoint` where the bytes are no character; xterm passes over them without a trace. */
export const NO_CHARACTER = -1
/** `codePoint` where more bytes are needed. */
export const UNFINISHED = -2

/**
 * Reads the character that begins at `at`, 80 and above, into `found`. Agrees with xterm's decoder: a byte that does
 * not continue a character begins anew, while an overlong form, a surrogate or a byte order mark is passed over whole.
 */
export function readUtf8(bytes: Uint8Array, at: number, found: Utf8): void {
  const lead = bytes[at] ?? 0
  const size = lead >= 0xf8 || lead < 0xc0 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  found.length = 1
  found.codePoint = NO_CHARACTER
  if (size === 1) return
  let codePoint = lead & (0x7f >> size)
  for (let index = 1; index < size; index++) {
    const next = bytes[at + index]
    found.length = index
    if (next === undefined) {
      found.codePoint = UNFINISHED
      return
    }
    if ((next & 0xc0) !== 0x80) return
    codePoint = (codePoint << 6) | (next & 0x3f)
  }
  found.length = size
  if (isCharacter(codePoint, size)) found.codePoint = codePoint
}

function isCharacter(codePoint: number, size: number): boolean {
  if (size === 2) return codePoint >= 0x80
  if (size === 3) return codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff) && codePoint !== 0xfeff
  return codePoint >= 0x10000 && codePoint <= 0x10ffff
}
