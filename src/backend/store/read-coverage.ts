import { coverageStream, type CoverageRange, type TimeRange } from '../../domain'
import type { Cache } from './cache'
import { firstAt, type Slice } from './views'

/**
 * The ledger over a range, or over all of it. Where a range is given, what no entry speaks of is added: `unknown` for
 * files, which prove nothing outside themselves, `not-asked` for servers.
 */
export function readCoverage(cache: Cache, range: TimeRange | null): CoverageRange[] {
  return cache.holders.list().flatMap(({ id, name, origin }) => {
    const rows = cache.views.slice({ filter: heldBy(name), range: null, companions: true })
    const ledger = cache.holders.coverage(id).map((entry) => ({ ...entry, connection: name }))
    const streams = [...new Set(ledger.map((entry) => entry.stream))]
    return streams.flatMap((stream) => {
      const entries = ledger.filter((entry) => entry.stream === stream)
      const bounds = range ?? spanOf(entries)
      const clipped = entries.flatMap((entry) => clip(entry, bounds))
      const gaps = gapsBetween(clipped, bounds).map((gap) => ({
        connection: name,
        stream,
        ...gap,
        state: origin === 'files' ? ('unknown' as const) : ('not-asked' as const),
        ...(origin === 'files' ? { note: 'outside every imported file' } : {}),
      }))
      return [...clipped, ...gaps]
        .toSorted((a, b) => a.from - b.from)
        .map((entry) => ({ ...entry, held: countHeld(cache, rows, entry) }))
    })
  })
}

function heldBy(connection: string) {
  const exact = connection.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  return { kind: 'text' as const, columns: ['connection' as const], match: { op: 'regex' as const, pattern: new RegExp(`^${exact}$`) } }
}

function spanOf(entries: TimeRange[]): TimeRange {
  return { from: Math.min(...entries.map((e) => e.from)), to: Math.max(...entries.map((e) => e.to)) }
}

function clip<T extends TimeRange>(entry: T, bounds: TimeRange): T[] {
  const clipped = { ...entry, from: Math.max(entry.from, bounds.from), to: Math.min(entry.to, bounds.to) }
  return clipped.from < clipped.to ? [clipped] : []
}

function gapsBetween(entries: TimeRange[], bounds: TimeRange): TimeRange[] {
  const gaps: TimeRange[] = []
  let at = bounds.from
  for (const entry of entries) {
    if (entry.from > at) gaps.push({ from: at, to: entry.from })
    at = Math.max(at, entry.to)
  }
  if (at < bounds.to) gaps.push({ from: at, to: bounds.to })
  return gaps
}

/** Rows of the stream in a range, companions too: the ledger speaks of records. */
function countHeld(cache: Cache, rows: Slice, entry: TimeRange & { stream: string }): number {
  const { index } = cache
  const kept = { rows: rows.rows, length: rows.to }
  const to = firstAt(index, kept, entry.to)
  // Whether rows of a stream and an instance, by their codes, belong to the entry.
  const verdicts = new Map<number, boolean>()
  let held = 0
  for (let at = firstAt(index, kept, entry.from); at < to; at++) {
    const row = rows.rows[at] ?? 0
    const codes = index.streams.at(row) * 0x1_0000_0000 + index.instances.at(row)
    let verdict = verdicts.get(codes)
    if (verdict === undefined) {
      verdict = coverageStream(index.streams.text(row) ?? '', index.instances.text(row) ?? '') === entry.stream
      verdicts.set(codes, verdict)
    }
    if (verdict) held++
  }
  return held
}
