import type { CoverageState, Instant, TimeRange } from '../domain'

/** `mend`: a line cut short was taken from the end of the log. `break`: what stands before does not match the chain. */
export const CUSTODY_ACTIONS = [
  'open', 'import', 'sync', 'query', 'watch', 'reveal', 'mark', 'comment', 'notebook', 'cite', 'export', 'seal', 'verify', 'merge', 'suppress', 'remove', 'review', 'setting', 'mend', 'break',
] as const
export type CustodyAction = (typeof CUSTODY_ACTIONS)[number]

/** What somebody did: to what, in words that name it, and how; of an edit the text before. */
export type CustodyAct = { action: CustodyAction; object: string; detail: string }

/** One line of the custody log; `hash` is the SHA-256 of the canonical line without it, which holds `prev`. */
export type CustodyEntry = CustodyAct & {
  /** Counted from 1. */
  seq: number
  at: Instant
  /** Zone of the screen. */
  zone: string
  /** Account of the operating system. */
  by: string
  version: string
  /** Hash of the entry before. Of a `break`: SHA-256 of all bytes of the log before it. */
  prev: string
  hash: string
}

export type CustodyProblem = { seq: number; reason: string }

export type CustodyState = {
  entries: number
  /** Hash of the last entry. */
  head: string
  /** When all of it was last read and checked. */
  checkedAt: Instant
  /** First entry that does not match the chain; null where all do. */
  broken: CustodyProblem | null
  /** The first hundred, and how many there are. */
  problems: CustodyProblem[]
  found: number
  /** Acts that could not be written yet, and why. */
  waiting: number
  fault: string | null
  /** This program only reads it: another one writes, and nothing done here is recorded. */
  isReadOnly: boolean
}

/** Rows that match, newest first. */
export type CustodyLog = { rows: CustodyEntry[]; total: number; state: CustodyState }

/** Somebody looked at what the view shows and signed that. */
export type Review = {
  seq: number
  name: string
  at: Instant
  by: string
  query: string
  range: TimeRange
  /** Days until it is to be looked at again; null is never. */
  days: number | null
  dueAt: Instant | null
  note: string
  /** Records of the view at that moment, weighted by what they stand for, and what was known of the range. */
  matching: number
  coverage: CoverageState
  /** The last one of its name. */
  isLast: boolean
}

/** Reviews that are to be done again by now, the longest due first. */
export function dueReviews(reviews: readonly Review[], now: Instant): Review[] {
  const due = reviews.filter(({ isLast, dueAt }) => isLast && dueAt !== null && dueAt <= now)
  return due.toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
}

/** Files and response bodies of a connection, each hashed as received and chained in the order in which they came. */
export type ArrivalChain = {
  connection: string
  bodies: number
  records: number
  head: string
  /** The head that the custody log holds, and whether the chain still leads there; null where none is recorded. */
  recorded: { seq: number; at: Instant; bodies: number; isSame: boolean } | null
}

export type CustodyMethods = {
  'custody.list': CustodyLog
  /** Reads all of it anew from the disk. */
  'custody.check': CustodyState
  /** As JSON Lines, oldest first. */
  'custody.export': { name: string; bytes: Uint8Array }
  /** Newest first. */
  'review.list': Review[]
  'review.sign': Review
  'arrival.chain': ArrivalChain
  /** The chain as JSON Lines, a body a line, in order. */
  'arrival.export': { name: string; bytes: Uint8Array }
  /** Records that changed, came late or vanished since they were first read. */
  'drift.export': { name: string; bytes: Uint8Array }
}
