/**
 * Takes the characters out that turn the direction of writing (U+061C, U+200E, U+200F, U+202A..202E, U+2066..2069). A
 * terminal keeps them with the cell before and draws cells from left to right; a browser would obey them, and show what
 * was never there. They take no place, so nothing moves. Needs whole characters, as `CsiClamp` gives them.
 */
export function withoutDirections(bytes: Uint8Array): Uint8Array {
  let kept: Uint8Array | null = null
  let length = 0
  let from = 0
  for (let at = 0; at < bytes.length; at++) {
    const size = directionSize(bytes, at)
    if (size === 0) continue
    kept ??= new Uint8Array(bytes.length)
    kept.set(bytes.subarray(from, at), length)
    length += at - from
    from = at + size
    at = from - 1
  }
  if (!kept) return bytes
  kept.set(bytes.subarray(from), length)
  return kept.subarray(0, length + bytes.length - from)
}

/** Bytes of such a character that begins here; 0 where none does. */
function directionSize(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === 0xd8) return bytes[at + 1] === 0x9c ? 2 : 0
  if (first !== 0xe2) return 0
  const last = bytes[at + 2] ?? 0
  if (bytes[at + 1] === 0x80) return last === 0x8e || last === 0x8f || (last >= 0xaa && last <= 0xae) ? 3 : 0
  return bytes[at + 1] === 0x81 && last >= 0xa6 && last <= 0xa9 ? 3 : 0
}
