import type { ReadableStore, StoreView } from '../backend/store'
import { formatInstant, type Instant, type Milliseconds, type TimeRange } from '../domain'
import { jsonLine, writeAll } from './io'
import type { Asked } from './asked'
import { UsageError } from './usage-error'

const UNITS: Record<string, Milliseconds> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** About a hundred years: one bucket for all that a log can hold. */
const LONGEST: Milliseconds = 36_525 * 86_400_000

/** Width of a bucket as typed: `1h`, `15m`, `1w`. */
export function stepOf(text: string, option = 'every'): Milliseconds {
  const [, digits = '', unit = ''] = /^(\d+)(ms|s|m|h|d|w)$/.exec(text) ?? []
  const step = Number(digits) * (UNITS[unit] ?? 0)
  if (step >= 1 && step <= LONGEST) return step
  throw new UsageError(`--${option} needs a width such as 15m, 1h or 1d, not «${text}».`)
}

type Bucket = TimeRange & { success: number; failure: number; unknown: number }

export async function printEvery({ line, store, view }: Asked, step: Milliseconds): Promise<void> {
  await writeAll(line.io, linesOf(filledBuckets(store, view, step)))
}

function* linesOf(buckets: Iterable<Bucket>): Generator<string> {
  for (const { from, to, ...counts } of buckets) yield jsonLine({ from: formatInstant(from), to: formatInstant(to), ...counts })
}

/** Most buckets counted in one go. */
const MOST = 4096

/**
 * Buckets on multiples of the step since the epoch that hold something, oldest first. Stretches without a row are leapt
 * over, so that a short step over a long time costs what is held and not what is not.
 */
export function* filledBuckets(store: ReadableStore, view: StoreView, step: Milliseconds): Generator<Bucket> {
  const whole = store.extent(view)
  if (!whole) return
  let wide = 16
  let cursor: Instant = whole.from
  for (;;) {
    const left = cursor < whole.to ? store.extent({ ...view, range: { from: cursor, to: whole.to } }) : null
    if (!left) return
    const from = Math.floor(left.from / step) * step
    const count = Math.min(wide, Math.floor((left.to - 1 - from) / step) + 1)
    const end = from + count * step
    const range = { from: left.from, to: Math.min(end, left.to) }
    const counts = store.histogram({ ...view, range }, { from, step, count })
    let filled = 0
    for (let i = 0; i < count; i++) {
      const bucket = bucketOf(counts, i, { from: from + i * step, to: from + (i + 1) * step })
      if (bucket.success + bucket.failure + bucket.unknown === 0) continue
      filled++
      yield bucket
    }
    wide = filled * 4 > count ? Math.min(wide * 2, MOST) : Math.max(1, wide >> 1)
    cursor = end
  }
}

function bucketOf(counts: ReturnType<ReadableStore['histogram']>, i: number, range: TimeRange): Bucket {
  const { success, failure, unknown } = counts
  return { ...range, success: success[i] ?? 0, failure: failure[i] ?? 0, unknown: unknown[i] ?? 0 }
}
