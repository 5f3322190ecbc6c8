import { outside, type Instant, type TimeRange } from '../../../domain'
import type { ListRun, News, Page } from './list-run'
import { FRESH, isDisagreement, READING } from './notes'

// What the ledger knows of a list, and what a page says of a stretch of time.

export const SECOND = 1000

/** Parts of a range that were never read to their end, newest first. */
export function unread(run: ListRun, range: TimeRange): TimeRange[] {
  return outside(range, run.ledger(range).filter(isSettledEntry)).toReversed()
}

/** Parts of a range that no walk came through, newest first. Whether a walk missed something is told by counting. */
export function unwalked(run: ListRun, range: TimeRange): TimeRange[] {
  return outside(range, run.ledger(range).filter((entry) => isSettledEntry(entry) || entry.note === READING)).toReversed()
}

/** Ranges of which the server counts other than it gives, newest first. */
export function disputed(run: ListRun, range: TimeRange): TimeRange[] {
  return run.ledger(range).filter(({ state, note }) => state === 'partial' && isDisagreement(note)).toReversed()
}

/** Complete, or read to its end with a difference that was explained. */
export function isSettledEntry({ state, note }: Pick<News, 'state' | 'note'>): boolean {
  return state === 'complete' || (state === 'partial' && note !== undefined && note !== READING)
}

/** Ranges in which the server is known to count other than is held. */
export function explained(run: ListRun, range: TimeRange): (TimeRange & { extra: number })[] {
  return run.ledger(range).flatMap(({ state, note, serverTotal, from, to }) => {
    const isKnown = state === 'partial' && note !== READING && serverTotal !== undefined && from >= range.from && to <= range.to
    const extra = isKnown ? serverTotal - run.held({ from, to }) : 0
    return extra === 0 ? [] : [{ from, to, extra }]
  })
}

/** What the server should count in a range: what is held, and what it counts beyond that where this is known. */
export function expectedIn(run: ListRun, range: TimeRange): number {
  return explained(run, range).reduce((sum, { extra }) => sum + extra, run.held(range))
}

/** The ledger never calls complete what is younger than the lag, nor what the server's clock has not come to. */
export function coverFresh(run: ListRun): void {
  const { stream } = run.result
  const from = Math.max(run.from, run.settled)
  const to = Math.min(run.options.range?.to ?? Infinity, run.asOf)
  run.cover({ stream, from, to, state: 'unknown', note: FRESH })
  for (const { state, ...entry } of run.ledger({ from: run.asOf, to: Infinity })) {
    if (state === 'complete') run.cover({ stream, from: Math.max(run.asOf, entry.from), to: entry.to, state: 'unknown', note: FRESH })
  }
}

/** Readable or not. */
export function rowsOf({ rows, rejected }: Pick<Page, 'rows' | 'rejected'>): number {
  return rows.length + rejected.length
}

/** Null outside the page. */
export function timeAt(page: Page, index: number): Instant | null {
  return page.rows.at(index)?.time ?? null
}

export function isNewestFirst({ rows }: Page): boolean {
  return rows.every(({ time }, i) => time <= (rows[i - 1]?.time ?? Infinity))
}

export function keysOf({ rows }: Pick<Page, 'rows'>): Set<string> {
  return new Set(rows.map(({ key }) => key))
}

/** Flags what is held of a range and was not given in one look at all of it. */
export function vanishBut(run: ListRun, range: TimeRange, given: ReadonlySet<string>): void {
  const gone = run.keys(range).flatMap(({ key }) => (given.has(key) ? [] : [key]))
  // Pages that are not in the store yet share a few.
  run.vanish([...new Set(gone)])
}

/** By key of a record that stands in a page more than once: how often more, and when it was. */
export type Copies = Map<string, { time: Instant; times: number }>

export function copiesIn(page: Pick<Page, 'rows'>, given = keysOf(page)): Copies {
  const copies: Copies = new Map()
  if (given.size === page.rows.length) return copies
  const seen = new Set<string>()
  for (const { key, time } of page.rows) {
    if (seen.has(key)) copies.set(key, { time, times: (copies.get(key)?.times ?? 0) + 1 })
    seen.add(key)
  }
  return copies
}

/** Takes in those of another page, which may show the same ones again. */
export function addCopies(known: Copies, more: Copies): void {
  for (const [key, copy] of more) if (copy.times > (known.get(key)?.times ?? 0)) known.set(key, copy)
}

export function timesMore(copies: Copies): number {
  return [...copies.values()].reduce((sum, { times }) => sum + times, 0)
}

export function bySecond(copies: Iterable<{ time: Instant; times: number }>): Map<Instant, number> {
  const seconds = new Map<Instant, number>()
  for (const { time, times } of copies) seconds.set(floor(time), (seconds.get(floor(time)) ?? 0) + times)
  return seconds
}

export function floor(time: Instant): Instant {
  return Math.floor(time / SECOND) * SECOND
}

export function ceil(time: Instant): Instant {
  return Math.ceil(time / SECOND) * SECOND
}
