import type { Histogram } from '../../contract'
import type { Instant, TimeRange } from '../../domain'

/** Narrowest bar in px that can still be aimed at. */
const NARROWEST_BAR = 11
const FEWEST = 10
const MOST = 400

/** How many buckets a chart of this width can show; the answer has at most as many, of a width that reads well. */
export function bucketsFor(width: number): number {
  return Math.max(FEWEST, Math.min(MOST, Math.floor(width / NARROWEST_BAR)))
}

/** Index of the bucket an instant falls into, cut to the ones there are. */
export function bucketAt(at: Instant, histogram: Pick<Histogram, 'from' | 'step' | 'success'>): number {
  const index = Math.floor((at - histogram.from) / histogram.step)
  return Math.max(0, Math.min(index, histogram.success.length - 1))
}

/** The next bucket in a direction that holds anything; null when there is none. */
export function nextFilled(totals: number[], start: number, direction: 1 | -1): number | null {
  for (let at = start + direction; at >= 0 && at < totals.length; at += direction) {
    if ((totals[at] ?? 0) > 0) return at
  }
  return null
}

/** The range half as wide around a moment, or around its middle. */
export function zoomedIn(range: TimeRange, around: number | null): TimeRange | null {
  const span = range.to - range.from
  if (span < 20) return null
  const centre = around !== null && around >= range.from && around < range.to ? around : range.from + span / 2
  const from = Math.round(Math.min(Math.max(centre - span / 4, range.from), range.to - span / 2))
  return { from, to: from + Math.round(span / 2) }
}
