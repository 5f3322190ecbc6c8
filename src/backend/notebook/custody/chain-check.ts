import { createHash } from 'node:crypto'
import { CUSTODY_ACTIONS, type CustodyEntry, type CustodyProblem } from '../../../contract'
import { hashOf, lineOf, NO_HASH, readEntry } from './entry'

/** Problems that are told one by one. */
const MOST_PROBLEMS = 100

/** The entry that the next one must follow; `computed` is what its content hashes to. */
type Before = { entry: CustodyEntry; computed: string }

/**
 * Goes through the log line by line and names what does not match. An entry that states a break begins a new segment: it
 * stands for all bytes before it, so that what was found broken cannot change any more without being seen.
 */
export class ChainCheck {
  readonly problems: CustodyProblem[] = []
  found = 0
  entries = 0
  /** Of the last readable entry. */
  head = NO_HASH
  seq = 0
  /** Whether everything after the last stated break matches. */
  isSound = true
  readonly #bytes = createHash('sha256')
  #before: Before | null = null
  /** Lines that were no entries since the last one that was. */
  #lost = 0

  /** SHA-256 of everything read so far. */
  bytesHash(): string {
    return this.#bytes.copy().digest('hex')
  }

  /** One line with its line feed; answers the entry where it is one. */
  take(line: Uint8Array): CustodyEntry | null {
    const bytes = Buffer.from(line.buffer, line.byteOffset, line.length - 1)
    const entry = readEntry(bytes.toString('utf8'))
    this.entries++
    if (entry) this.#check(entry, bytes)
    else {
      this.#lost++
      this.tell(this.seq + this.#lost, 'The line is not readable as an entry.')
    }
    this.#bytes.update(line)
    return entry
  }

  #check(entry: CustodyEntry, bytes: Buffer): void {
    const computed = hashOf(entry)
    const isBreak = entry.action === 'break' && entry.prev === this.bytesHash() && computed === entry.hash
    // Stated for a reason that only showed then: it stays a problem.
    if (isBreak && this.isSound) this.tell(entry.seq, entry.detail)
    if (isBreak) this.isSound = true
    else for (const reason of this.#differences(entry, computed)) this.tell(entry.seq, reason)
    if (!Buffer.from(lineOf(entry)).equals(bytes)) this.tell(entry.seq, 'The line is not written in the one way that an entry is written.')
    this.#before = { entry, computed }
    this.#lost = 0
    this.head = entry.hash
    this.seq = entry.seq
  }

  #differences(entry: CustodyEntry, computed: string): string[] {
    const expected = { seq: this.seq + 1 + this.#lost, prev: this.head }
    const before = this.#before
    if (computed !== entry.hash) return [changedWords(entry, { ...expected, before: before?.entry ?? null })]
    if (entry.seq !== expected.seq) return [orderWords(entry.seq, expected.seq)]
    if (entry.prev === expected.prev || this.#lost > 0) return []
    if (before && entry.prev === before.computed) return [`The hash of entry ${before.entry.seq} is another than the one it follows.`]
    return ['It does not follow the entry before it: one of the two was put in the place of another.']
  }

  /** Notes what does not match. */
  tell(seq: number, reason: string): void {
    this.isSound = false
    this.found++
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ seq, reason })
  }
}

function orderWords(seq: number, expected: number): string {
  if (seq < expected) return `It stands out of order: entry ${expected} was expected here.`
  const gone = seq - expected === 1 ? `entry ${expected}` : `entries ${expected} to ${seq - 1}`
  return `Before it ${gone} should stand: removed, or moved elsewhere.`
}

type Expected = { seq: number; prev: string; before: CustodyEntry | null }

/** Tries what a field should have been: where the hash matches again, that field was changed. */
function changedWords(entry: CustodyEntry, { seq, prev, before }: Expected): string {
  const fits = (change: Partial<CustodyEntry>) => hashOf({ ...entry, ...change }) === entry.hash
  if (fits({ prev })) return 'Its `prev` was changed.'
  if (fits({ seq })) return `Its \`seq\` was changed: it is entry ${seq}.`
  const action = CUSTODY_ACTIONS.find((one) => fits({ action: one }))
  if (action !== undefined) return `Its \`action\` was changed: it was ${action}.`
  for (const name of ['zone', 'by', 'version'] as const) {
    if (before && fits({ [name]: before[name] })) return `Its \`${name}\` was changed: it was ${before[name]}.`
  }
  return 'Its content does not match its hash: its time, its object, its detail or the hash itself was changed.'
}
