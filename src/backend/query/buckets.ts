import type { TimeRange } from '../../domain'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Widths people read without counting. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91, 182, 364].map((days) => days * DAY),
]

/** At most `most` buckets of a readable width, on multiples of the width, that cover the range. */
export function bucketsFor(range: TimeRange, most: number): { from: number; step: number; count: number } {
  const step = STEPS.find((width) => spanned(range, width) <= most) ?? Math.ceil((range.to - range.from) / most)
  const from = Math.floor(range.from / step) * step
  return { from, step, count: Math.max(1, Math.min(most, spanned(range, step))) }
}

function spanned(range: TimeRange, step: number): number {
  return Math.ceil(range.to / step) - Math.floor(range.from / step)
}
