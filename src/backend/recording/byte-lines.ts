/** Longer lines are for no reader: what they hold would be several times as large in memory. */
export const LONGEST_LINE = 64 * 2 ** 20

const LF = 0x0a

/** A line without its LF; a CR before it is left in. */
export type ByteLine = {
  /** From 1. */
  line: number
  from: number
  /** Not included. */
  to: number
  /** Longer than `LONGEST_LINE`: not to be decoded. */
  tooLong: boolean
}

/** The lines of a text, as places in its bytes; the last one also without LF at its end. */
export function* byteLines(bytes: Uint8Array): Generator<ByteLine, void> {
  let from = 0
  for (let line = 1; from < bytes.length; line++) {
    const found = bytes.indexOf(LF, from)
    const to = found === -1 ? bytes.length : found
    yield { line, from, to, tooLong: to - from > LONGEST_LINE }
    from = to + 1
  }
}
