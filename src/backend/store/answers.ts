import type { Instant } from '../../domain'
import type { Tally, ValueCount } from './door'
import type { EventIndex } from './event-index'
import type { Codes } from './growing'
import type { Slice } from './views'

export type Buckets = { from: Instant; step: number; count: number }

/** Rows of a slice and the records they stand for. */
export function countSlice(index: EventIndex, slice: Slice): { rows: number; weighted: number } {
  const repeats = index.repeats.array
  let weighted = 0
  for (let at = slice.from; at < slice.to; at++) weighted += repeats[slice.rows[at] ?? 0] ?? 1
  return { rows: slice.to - slice.from, weighted }
}

export function histogramOf(index: EventIndex, slice: Slice, buckets: Buckets) {
  const empty = () => Array.from({ length: buckets.count }, () => 0)
  const counts = { success: empty(), failure: empty(), unknown: empty() }
  const outcomes = index.text('outcome')
  const byCode = [counts.unknown, ...(outcomes?.values ?? []).map((v) => (v === 'success' || v === 'failure' ? counts[v] : counts.unknown))]
  const times = index.times.array
  const repeats = index.repeats.array
  for (let at = slice.from; at < slice.to; at++) {
    const row = slice.rows[at] ?? 0
    const bucket = Math.floor(((times[row] ?? 0) - buckets.from) / buckets.step)
    if (bucket < 0 || bucket >= buckets.count) continue
    const into = byCode[outcomes?.at(row) ?? 0] ?? counts.unknown
    into[bucket] = (into[bucket] ?? 0) + (repeats[row] ?? 1)
  }
  return counts
}

/** Counts the value of the first column that has one. */
export function tallyColumns(index: EventIndex, slice: Slice, columns: Codes[]): Counter {
  const counter = new Counter()
  const perColumn = columns.map((column) => ({
    column,
    rows: new Uint32Array(column.values.length + 1),
    counts: new Float64Array(column.values.length + 1),
  }))
  const repeats = index.repeats.array
  for (let at = slice.from; at < slice.to; at++) {
    const row = slice.rows[at] ?? 0
    const weight = repeats[row] ?? 1
    let code = 0
    for (const { column, rows, counts } of perColumn) {
      code = column.at(row)
      if (code === 0) continue
      rows[code] = (rows[code] ?? 0) + 1
      counts[code] = (counts[code] ?? 0) + weight
      break
    }
    if (code === 0) counter.add(null, 1, weight)
  }
  for (const { column, rows, counts } of perColumn) {
    for (let code = 1; code < rows.length; code++) {
      const held = rows[code] ?? 0
      if (held > 0) counter.add(column.values[code - 1] ?? '', held, counts[code] ?? 0)
    }
  }
  return counter
}

/** Rows and weights by value. */
export class Counter {
  readonly #byValue = new Map<string | null, ValueCount>()

  add(value: string | null, rows: number, count: number): void {
    const held = this.#byValue.get(value)
    if (held) {
      held.rows += rows
      held.count += count
    } else {
      this.#byValue.set(value, { value, rows, count })
    }
  }

  /** The values by count, then value; with a limit only so many, found without sorting the rest. */
  top(limit = Number.POSITIVE_INFINITY): Tally {
    const distinct = this.#byValue.size
    if (limit >= distinct) return { distinct, values: [...this.#byValue.values()].toSorted(byCount) }
    let best: ValueCount[] = []
    let least: ValueCount | undefined
    for (const candidate of this.#byValue.values()) {
      if (least && byCount(candidate, least) > 0) continue
      best.push(candidate)
      if (best.length >= limit * 2) {
        best = best.toSorted(byCount).slice(0, limit)
        least = best.at(-1)
      }
    }
    return { distinct, values: best.toSorted(byCount).slice(0, limit) }
  }
}

function byCount(a: ValueCount, b: ValueCount): number {
  if (a.count !== b.count) return b.count - a.count
  if (a.value === b.value) return 0
  // Rows without a value come last among equals.
  if (a.value === null || b.value === null) return a.value === null ? 1 : -1
  return a.value < b.value ? -1 : 1
}
