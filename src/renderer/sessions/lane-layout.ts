import type { SessionRow } from '../../contract'
import type { Instant, TimeRange } from '../../domain'

/** A session on its lane: `line` counts from the top of the lane, so that none covers another. */
export type Placed = { row: SessionRow; from: Instant; to: Instant; line: number }
export type Lane = { name: string | null; lines: number; placed: Placed[] }

/** Lines of one lane; what does not fit shares the last. */
const MOST_LINES = 12

/** Lanes by name; sessions of unknown time are left out. `narrowest`: time that the narrowest shape covers. */
export function lanesOf(rows: SessionRow[], by: 'user' | 'machine', narrowest: number): Lane[] {
  const byName = new Map<string | null, SessionRow[]>()
  for (const row of rows) {
    if (row.from === null) continue
    const own = byName.get(row[by])
    if (own) own.push(row)
    else byName.set(row[by], [row])
  }
  const names = [...byName.keys()].toSorted((a, b) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b)))
  return names.map((name) => laneOf(name, byName.get(name) ?? [], narrowest))
}

function laneOf(name: string | null, rows: SessionRow[], narrowest: number): Lane {
  const ends: Instant[] = []
  const placed = rows
    .map((row) => ({ row, ...extentOf(row) }))
    .toSorted((a, b) => a.from - b.from)
    .map(({ row, from, to }): Placed => {
      const free = ends.findIndex((end) => end <= from)
      const line = free >= 0 ? free : Math.min(ends.length, MOST_LINES - 1)
      ends[line] = Math.max(ends[line] ?? 0, to, from + narrowest)
      return { row, from, to, line }
    })
  return { name, lines: Math.max(1, ends.length), placed }
}

/** From its beginning to its end, or to the last that is known of it. */
export function extentOf({ from, to, last }: SessionRow): TimeRange {
  const start = from ?? 0
  return { from: start, to: Math.max(start, to ?? last ?? start) }
}

/** All that the sessions cover, with a margin on both sides; null where none has a time. */
export function spanOf(rows: SessionRow[]): TimeRange | null {
  let from = Infinity
  let to = -Infinity
  for (const row of rows) {
    if (row.from === null) continue
    const extent = extentOf(row)
    from = Math.min(from, extent.from)
    to = Math.max(to, extent.to)
  }
  if (from === Infinity) return null
  const margin = Math.max(1000, Math.ceil((to - from) * 0.02))
  return { from: from - margin, to: to + margin }
}
