import type { StoreView } from './door'
import type { EventIndex } from './event-index'
import type { RowSet } from './row-set'
import type { Slice } from './views'

type Ordered = { index: EventIndex; slice: Slice; order: StoreView['order'] }
type Directed = Ordered & { direction: 'forward' | 'back' }

/** Number of a row in a view, by halving; null when it is not in it. */
export function placeOf(row: number, { index, slice, order }: Ordered): number | null {
  let low = slice.from
  let high = slice.to
  while (low < high) {
    const middle = (low + high) >> 1
    if (index.compare(slice.rows[middle] ?? 0, row) < 0) low = middle + 1
    else high = middle
  }
  if (low >= slice.to || slice.rows[low] !== row) return null
  return order === 'asc' ? low - slice.from : slice.to - 1 - low
}

/** With more rows than one in so many of the view, the next is sooner found by walking to it. */
const FEW = 32

/** Number of the next of these rows that is in the view; null when there is none. */
export function nextOf(rows: RowSet, from: number, directed: Directed): number | null {
  const { slice, order, direction } = directed
  const length = slice.to - slice.from
  if (rows.size * FEW < length) return nearestOf(rows, from, directed)
  const step = direction === 'forward' ? 1 : -1
  const first = step === 1 ? Math.max(0, from + 1) : Math.min(length, from) - 1
  for (let at = first; at >= 0 && at < length; at += step) {
    const place = order === 'asc' ? slice.from + at : slice.to - 1 - at
    if (rows.has(slice.rows[place] ?? -1)) return at
  }
  return null
}

function nearestOf(rows: RowSet, from: number, { direction, ...ordered }: Directed): number | null {
  let next: number | null = null
  rows.each((row) => {
    const at = placeOf(row, ordered)
    if (at === null) return
    const isNearer = direction === 'forward' ? at > from && at < (next ?? Infinity) : at < from && at > (next ?? -1)
    if (isNearer) next = at
  })
  return next
}
