import type { Instant, Milliseconds, TimeRange } from '../../domain'
import type { BucketSpan } from '../shared'

/** Buckets on an axis of time. */
export type TimeBuckets = { from: Instant; step: Milliseconds; count: number }

export function spanRange({ anchor, head }: Pick<BucketSpan, 'anchor' | 'head'>, { from, step }: TimeBuckets): TimeRange {
  return { from: from + Math.min(anchor, head) * step, to: from + (Math.max(anchor, head) + 1) * step }
}

/** Of the buckets of a span. */
export function spanSum({ anchor, head }: Pick<BucketSpan, 'anchor' | 'head'>, values: readonly number[]): number {
  return values.slice(Math.min(anchor, head), Math.max(anchor, head) + 1).reduce((sum, value) => sum + value, 0)
}
