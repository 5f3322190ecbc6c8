import type { Instant, TimeRange } from './time'

/** What the ledger says of a stream over a range; meanings are fixed by the design's table of coverage states. */
export const COVERAGE_STATES = [
  'complete',
  'partial',
  'unknown',
  'not-visible',
  'not-offered',
  'beyond-retention',
  'not-held',
  'not-asked',
] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

/** As people are told. */
export const COVERAGE_WORDS: Record<CoverageState, string> = {
  complete: 'complete',
  partial: 'partial',
  unknown: 'unknown',
  'not-visible': 'not visible',
  'not-offered': 'not offered',
  'beyond-retention': 'beyond retention',
  'not-held': 'no longer held',
  'not-asked': 'not asked',
}

/** From what proves least to what proves most: a range is as good as its worst part. */
export const WORST_FIRST: readonly CoverageState[] = [
  'partial',
  'unknown',
  'not-asked',
  'not-held',
  'beyond-retention',
  'not-visible',
  'not-offered',
  'complete',
]

/** One range of one stream. `to` is exclusive. `held` counts rows, `serverTotal` is the server's own count where it gives one. */
export type CoverageRange = {
  connection: string
  stream: string
  from: Instant
  to: Instant
  state: CoverageState
  held: number
  serverTotal?: number
  note?: string
}

/** `overrule`: a later look proved wrong what was called `complete`; without it a `partial` range leaves that alone. */
export type CoverageNews = Omit<CoverageRange, 'connection' | 'held'> & { overrule?: boolean }

/** The ledger's name of a stream of files: the list, and whose it is where one connection holds the same list of many. */
export function coverageStream(stream: string, instance: string): string {
  return `${stream} · ${instance}`
}

/** The part of an entry of the ledger that lies in a range; a total is of the whole entry and of no part. */
export function clipCoverage<Entry extends TimeRange & { serverTotal?: number }>(entry: Entry, { from, to }: TimeRange): Entry[] {
  const clipped = { ...entry, from: Math.max(entry.from, from), to: Math.min(entry.to, to) }
  if (clipped.from >= clipped.to) return []
  if (clipped.from !== entry.from || clipped.to !== entry.to) delete clipped.serverTotal
  return [clipped]
}

/** What is left of a range without some others, ascending. */
export function outside(range: TimeRange, others: readonly TimeRange[]): TimeRange[] {
  const pieces: TimeRange[] = []
  let at = range.from
  for (const { from, to } of others.toSorted((a, b) => a.from - b.from)) {
    if (from > at) pieces.push({ from: at, to: Math.min(from, range.to) })
    at = Math.max(at, to)
  }
  if (at < range.to) pieces.push({ from: at, to: range.to })
  return pieces
}
