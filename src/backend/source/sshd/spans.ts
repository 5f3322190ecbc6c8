import type { Instant } from '../../../domain'
import { isLeap, type Stamp } from './stamp'
import { createYearRoll } from './years'
import type { createClock } from './zone'

export type Clock = ReturnType<typeof createClock>

/** A time as written; where it had no year, `years` is how many after the first such record's it lies. */
export type Edge = { dated: boolean; years: number; stamp: Stamp; order: number }

export type Spans = {
  /** Earliest and latest of the records without a year; null when there are none. */
  first: Edge | null
  last: Edge | null
  /** Earliest and latest of the records that have a year, or infinities. */
  from: Instant
  to: Instant
  /** Times of the first and the last line, whatever order the lines have. */
  head: Edge
  tail: Edge
  /** Years after the first in which there is a 29 February. */
  leaps: ReadonlySet<number>
}

export type Span = { first: Instant; last: Instant; head: Instant; tail: Instant }

const DAY = 86_400_000
// A year that has no 29 February is at most seven years from one that has.
const LEAP_TRIES = 8

/** Collects the times of one file, line by line. */
export function createSpans(clock: Clock): { add(stamp: Stamp): void; end(): Spans | null } {
  const roll = createYearRoll()
  const [first, last, head, tail] = [createEdge(), createEdge(), createEdge(), createEdge()]
  const leaps = new Set<number>()
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  let yearless = 0
  let seen = 0

  function add(stamp: Stamp): void {
    const dated = stamp.year !== 0
    const years = dated ? 0 : roll.next(stamp.month, stamp.day)
    setEdge(tail, stamp, years)
    if (seen++ === 0) setEdge(head, stamp, years)
    if (dated) {
      const at = clock(stamp, stamp.year)
      if (at < from) from = at
      if (at > to) to = at
      return
    }
    if (stamp.day === 29 && stamp.month === 2) leaps.add(years)
    const alone = yearless++ === 0
    if (alone || tail.order < first.order) setEdge(first, stamp, years)
    if (alone || tail.order > last.order) setEdge(last, stamp, years)
  }

  function end(): Spans | null {
    if (seen === 0) return null
    return { first: yearless > 0 ? first : null, last: yearless > 0 ? last : null, from, to, head, tail, leaps }
  }

  return { add, end }
}

function createEdge(): Edge {
  const stamp: Stamp = { year: 0, month: 1, day: 1, clock: 0, precision: 's', zone: null }
  return { dated: false, years: 0, stamp, order: 0 }
}

/** Sets in place: the latest time moves with nearly every line. */
function setEdge(edge: Edge, stamp: Stamp, years: number): void {
  edge.dated = stamp.year !== 0
  edge.years = years
  edge.order = ((years * 12 + stamp.month) * 31 + stamp.day) * DAY + stamp.clock
  edge.stamp.year = stamp.year
  edge.stamp.month = stamp.month
  edge.stamp.day = stamp.day
  edge.stamp.clock = stamp.clock
  edge.stamp.zone = stamp.zone
}

/** Real times of a file whose first record without a year is of `year`. */
export function spanAt(spans: Spans, year: number, clock: Clock): Span {
  const at = (edge: Edge): Instant => clock(edge.stamp, edge.dated ? edge.stamp.year : year + edge.years)
  const first = spans.first === null ? spans.from : Math.min(spans.from, at(spans.first))
  const last = spans.last === null ? spans.to : Math.max(spans.to, at(spans.last))
  return { first, last, head: at(spans.head), tail: at(spans.tail) }
}

/**
 * The year of the first record without one, from the time at which the file was last written: the last record is not
 * later than that (a day of slack for zones), and a 29 February must have been one.
 */
export function mtimeYear(spans: Spans, mtime: Instant, clock: Clock): number {
  const { last } = spans
  if (last === null) return 0
  const latest = new Date(mtime + DAY).getUTCFullYear() - last.years
  const year = clock(last.stamp, latest + last.years) > mtime + DAY ? latest - 1 : latest
  for (let tried = year; tried > year - LEAP_TRIES; tried--) {
    if ([...spans.leaps].every((years) => isLeap(tried + years))) return tried
  }
  return year
}
