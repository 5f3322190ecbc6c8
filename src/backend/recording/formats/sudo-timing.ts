import { byteLines } from '../byte-lines'
import { delayOf } from './delay'
import { STREAMS, type Stream } from './sudo-folder'

// A line of `timing` is `EVENT DELAY REST` (lib/iolog/iolog_timing.c): 0 stdin, 1 stdout, 2 stderr, 3 ttyin, 4 ttyout
// with a count of bytes, 5 a window size as `LINES COLS`, 7 a signal that stopped or continued the command.

export type SudoEntry =
  | { kind: 'bytes'; delay: number; stream: Stream; bytes: number }
  | { kind: 'size'; delay: number; cols: number; rows: number }
  | { kind: 'signal'; delay: number; text: string }

/** `entry` is a text where the line cannot be read. */
export type SudoLine = { line: number; /** Place behind the line. */ end: number; entry: SudoEntry | string }

const LONGEST_ENTRY = 1024
/** Old versions wrote the delay by the locale, with a comma, or as a whole number. */
const ENTRY = /^(\d{1,3})\s+(\d{1,12})(?:[.,](\d{0,20}))?(?:\s+(\S.*?))?\s*$/

function entryOf(text: string): SudoEntry | string {
  const [, event = '', whole = '', fraction = '', rest = ''] = ENTRY.exec(text) ?? []
  if (event === '') return 'expected EVENT DELAY and what happened'
  const delay = delayOf(whole, fraction)
  if (delay === null) return `a pause of ${whole} s cannot be`
  const stream = STREAMS[Number(event)]
  if (stream !== undefined) {
    return /^\d{1,15}$/.test(rest) ? { kind: 'bytes', delay, stream, bytes: Number(rest) } : 'expected a count of bytes'
  }
  if (event === '5') {
    const [, rows, cols] = /^(\d{1,6})\s+(\d{1,6})$/.exec(rest) ?? []
    if (rows === undefined) return 'expected LINES COLUMNS'
    return { kind: 'size', delay, rows: Number(rows), cols: Number(cols) }
  }
  if (event !== '7') return `event ${event} is not known`
  if (/^[A-Z][A-Z0-9+-]{0,15}$/.test(rest)) return { kind: 'signal', delay, text: `SIG${rest}` }
  return /^\d{1,3}$/.test(rest) ? { kind: 'signal', delay, text: `signal ${rest}` } : 'expected a signal'
}

/** Every line that is not empty. */
export function* sudoLines(bytes: Uint8Array): Generator<SudoLine, void> {
  for (const { line, from, to } of byteLines(bytes)) {
    if (to === from) continue
    const entry = to - from > LONGEST_ENTRY ? 'the line is too long' : entryOf(textAt(bytes, from, to))
    yield { line, end: to + 1, entry }
  }
}

/** Asked before reading, without a pause. */
const MOST_SURVEYED = 64 * 2 ** 20

/**
 * Whether sudo 1.8.7 wrote it, whose events are numbered two higher: its output is event 6, which no other version has.
 * A single 6 among many 4 is a damaged line.
 */
export function isOffByTwo(bytes: Uint8Array): boolean {
  let sixes = 0
  let fours = 0
  for (const { from } of byteLines(bytes.subarray(0, MOST_SURVEYED))) {
    if (bytes[from + 1] !== 0x20) continue
    if (bytes[from] === 0x36) sixes++
    if (bytes[from] === 0x34) fours++
  }
  return sixes > 0 && sixes >= fours
}

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', from, to)
}
