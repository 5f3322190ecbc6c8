import type { TimeRange } from '../../domain'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Widths people read without counting. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
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
