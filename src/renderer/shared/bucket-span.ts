/** Buckets from anchor to head, both included, in either direction. */
export type BucketSpan = { anchor: number; head: number; moved: boolean }

export function bucketUnder(x: number, width: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor((x / Math.max(1, width)) * count)))
}

/** The span after a key: `commit` to zoom to it, undefined for a key that means nothing here. */
export function spanAfterKey(
  event: { key: string; shiftKey: boolean },
  span: BucketSpan | null,
  count: number,
): BucketSpan | null | 'commit' | undefined {
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -count, End: count }
  if (span && (event.key === 'Enter' || event.key === 'z')) return 'commit'
  if (span && event.key === 'Escape') return null
  const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined
  if (move === undefined) return undefined
  const start = span?.head ?? (move > 0 ? -1 : count)
  const head = Math.max(0, Math.min(count - 1, start + move))
  return { anchor: event.shiftKey && span ? span.anchor : head, head, moved: true }
}
