import type { CustodyEntry, CustodyProblem } from '../../../contract'
import { arrivalIn, type RecordedArrival } from './arrived'
import { ChainCheck } from './chain-check'
import { readEntry } from './entry'
import type { LogFile } from './log-file'

/** Bytes read at a time; the rest of the program has its turn in between. */
const STEP = 64 * 1024

/** Where an entry was known to stand when the log was closed. */
export type Anchor = { seq: number; hash: string }

/** The log as far as it was read: checked, and with what is needed to find entries again. */
export class Reading {
  readonly check = new ChainCheck()
  /** Bytes read. */
  to = 0
  readonly reviews: CustodyEntry[] = []
  /** What the last sync or import told of what arrived, by connection. */
  readonly arrivals = new Map<string, RecordedArrival>()
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #anchor: Anchor | null
  #isAnchored = false

  constructor(anchor: Anchor | null) {
    this.#anchor = anchor
  }

  /** Readable entries. */
  get count(): number {
    return this.#starts.length
  }

  /** One line with its line feed. */
  take(line: Uint8Array): void {
    const entry = this.check.take(line)
    const start = this.to
    this.to += line.length
    if (!entry) return
    this.#starts.push(start)
    this.#ends.push(this.to - 1)
    if (entry.seq === this.#anchor?.seq && entry.hash === this.#anchor.hash) this.#isAnchored = true
    if (entry.action === 'review') this.reviews.push(entry)
    const arrival = arrivalIn(entry)
    if (arrival) this.arrivals.set(entry.object, arrival)
  }

  /** The entry by its place among the readable ones. */
  entry(file: LogFile, at: number): CustodyEntry | null {
    const [start, end] = [this.#starts[at], this.#ends[at]]
    return start === undefined || end === undefined ? null : readEntry(file.read(start, end).toString('utf8'))
  }

  /** What is gone from the end, which the chain alone cannot tell. */
  missing(): CustodyProblem | null {
    const anchor = this.#anchor
    if (!anchor || this.#isAnchored) return null
    return { seq: anchor.seq, reason: `Entry ${anchor.seq}, the last one when the log was closed, is missing or another one.` }
  }
}

/** Goes on to the end of the file, one step at a time. False where the file is shorter than it was. */
export function* readOn(reading: Reading, file: LogFile): Generator<undefined, boolean> {
  let step = STEP
  while (reading.to < file.end) {
    const until = Math.min(file.end, reading.to + step)
    const bytes = file.read(reading.to, until)
    if (bytes.length < until - reading.to) return false
    let from = 0
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
      reading.take(bytes.subarray(from, at + 1))
      from = at + 1
    }
    // A line longer than the step.
    step = from === 0 ? step * 2 : STEP
    yield
  }
  return true
}
