import type { Histogram } from '../../contract'
import type { TimeRange } from '../../domain'
import { type BucketSpan, type ZoneClock, rangeWords } from '../shared'

/** The range the buckets cover, never beyond what the chart shows. */
export function spanRange(span: BucketSpan, counts: Pick<Histogram, 'from' | 'to' | 'step'>): TimeRange {
  const first = Math.min(span.anchor, span.head)
  const last = Math.max(span.anchor, span.head) + 1
  const from = Math.max(counts.from, Math.floor(counts.from + first * counts.step))
  return { from, to: Math.max(from + 1, Math.min(counts.to, Math.ceil(counts.from + last * counts.step))) }
}

export function spanWords(span: BucketSpan, counts: Histogram, zone: ZoneClock): string {
  return rangeWords(spanRange(span, counts), zone)
}

export function spanTotals(span: BucketSpan, counts: Histogram): { success: number; failure: number; unknown: number } {
  const first = Math.min(span.anchor, span.head)
  const last = Math.max(span.anchor, span.head) + 1
  const sum = (values: number[]) => values.slice(first, last).reduce((total, value) => total + value, 0)
  return { success: sum(counts.success), failure: sum(counts.failure), unknown: sum(counts.unknown) }
}
