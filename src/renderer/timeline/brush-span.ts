import type { Histogram } from '../../contract'
import type { TimeRange } from '../../domain'
import { type ZoneClock, rangeWords } from '../shared'

/** Buckets from anchor to head, both included, in either direction. */
export type Span = { anchor: number; head: number; moved: boolean }

export function bucketUnder(x: number, width: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor((x / Math.max(1, width)) * count)))
}

/** The range the buckets cover, never beyond what the chart shows. */
export function spanRange(span: Span, counts: Pick<Histogram, 'from' | 'to' | 'step'>): TimeRange {
  const first = Math.min(span.anchor, span.head)
  const last = Math.max(span.anchor, span.head) + 1
  const from = Math.max(counts.from, Math.floor(counts.from + first * counts.step))
  return { from, to: Math.max(from + 1, Math.min(counts.to, Math.ceil(counts.from + last * counts.step))) }
}

export function spanWords(span: Span, counts: Histogram, zone: ZoneClock): string {
  return rangeWords(spanRange(span, counts), zone)
}

export function spanTotals(span: Span, counts: Histogram): { success: number; failure: number; unknown: number } {
  const first = Math.min(span.anchor, span.head)
  const last = Math.max(span.anchor, span.head) + 1
  const sum = (values: number[]) => values.slice(first, last).reduce((total, value) => total + value, 0)
  return { success: sum(counts.success), failure: sum(counts.failure), unknown: sum(counts.unknown) }
}

/** The span after a key: `commit` to zoom to it, undefined for a key that means nothing here. */
export function spanAfterKey(
  event: { key: string; shiftKey: boolean },
  span: Span | null,
  count: number,
): Span | null | 'commit' | undefined {
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -count, End: count }
  if (span && (event.key === 'Enter' || event.key === 'z')) return 'commit'
  if (span && event.key === 'Escape') return null
  const move = moves[event.key]
  if (move === undefined) return undefined
  const start = span?.head ?? (move > 0 ? -1 : count)
  const head = Math.max(0, Math.min(count - 1, start + move))
  return { anchor: event.shiftKey && span ? span.anchor : head, head, moved: true }
}
