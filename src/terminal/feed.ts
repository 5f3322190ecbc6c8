import type { CsiClamp } from './csi-clamp'
import { MOST_WRITE_BYTES } from './limits'

/** As much of a terminal as writing needs. */
export type WrittenTerminal = { write: (data: Uint8Array, done?: () => void) => void }

export type Output = { clamp: CsiClamp; bytes: Uint8Array }

/** Writes output of a recording, clamped; `done` is called when the terminal has read all of it. */
export function feed(terminal: WrittenTerminal, { clamp, bytes }: Output, done: () => void): void {
  let at = 0
  // One write after the other: a terminal discards what exceeds 50 MB of waiting writes.
  const next = (): void => {
    const piece = bytes.subarray(at, at + MOST_WRITE_BYTES)
    at += piece.length
    terminal.write(clamp.clamp(piece), at < bytes.length ? next : done)
  }
  next()
}
