/** What a batch may hold for the history to see every line of it; whichever is reached first. */
export const BATCH_LIMITS = { seconds: 0.2, bytes: 32_768, lineFeeds: 400 } as const

/** Rows above the screen that the terminal must keep, so that what a batch pushes off the screen can still be read. */
export const HISTORY_SCROLLBACK = 1000

const LF = 0x0a
const FF = 0x0c
const ESC = 0x1b

/**
 * Where the batch that begins at `from` must end, for a terminal of `cols` columns: at `to`, or before it where the
 * batch would be too large. Never within a character: the terminal loses some that come in two writes.
 */
export function batchEnd(bytes: Uint8Array, range: { from: number; to: number }, cols: number): number {
  const { from } = range
  const to = Math.min(range.to, bytes.length)
  // Lines also end where they are full.
  const end = Math.min(to, from + Math.min(BATCH_LIMITS.bytes, BATCH_LIMITS.lineFeeds * Math.max(cols, 1)))
  let feeds = 0
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte > ESC || (byte < ESC && (byte < LF || byte > FF))) continue
    // Index and next line (ESC D, ESC E) feed a line too.
    if (byte === ESC && bytes[at + 1] !== 0x44 && bytes[at + 1] !== 0x45) continue
    feeds++
    if (feeds === BATCH_LIMITS.lineFeeds) return Math.min(byte === ESC ? at + 2 : at + 1, to)
  }
  return end === to ? to : characterStart(bytes, from, end)
}

function characterStart(bytes: Uint8Array, from: number, end: number): number {
  for (let at = end; at > end - 4 && at > from; at--) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at
  return end
}
