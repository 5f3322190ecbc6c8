import { coverageStream, type CoverageRange, type TimeRange } from '../../domain'
import type { Cache } from './cache'
import type { EventIndex } from './event-index'

type Entry = Omit<CoverageRange, 'held'>
/** Entries of one stream in ascending time, and how far into them the rows have come. */
type Stretch = { entries: CoverageRange[]; at: number }

/**
 * The ledger over a range, or over all of it. Where a range is given, what no entry speaks of is added: `unknown` for
 * files, which prove nothing outside themselves, `not-asked` for servers.
 */
export function readLedger(cache: Cache, range: TimeRange | null): { holder: number; entry: Entry }[] {
  return cache.holders.list().flatMap(({ id, name, origin }) => {
    const ledger: Entry[] = cache.holders.coverage(id).map((entry) => ({ ...entry, connection: name }))
    const gap = origin === 'files' ? GAP_IN_FILES : GAP_ON_SERVER
    return [...new Set(ledger.map((entry) => entry.stream))].flatMap((stream) => {
      const entries = ledger.filter((entry) => entry.stream === stream)
      const bounds = range ?? spanOf(entries)
      const clipped = entries.flatMap((entry) => clip(entry, bounds))
      const gaps = gapsBetween(clipped, bounds).map((hole): Entry => ({ connection: name, stream, ...hole, ...gap }))
      return [...clipped, ...gaps].toSorted((a, b) => a.from - b.from).map((entry) => ({ holder: id, entry }))
    })
  })
}

/** The same with the rows held in each entry, companions too: the ledger speaks of records. */
export function readCoverage(cache: Cache, range: TimeRange | null): CoverageRange[] {
  const stretches = new Map<string, Stretch>()
  const counted = readLedger(cache, range).map(({ holder, entry }) => {
    const place = `${holder} ${entry.stream}`
    const stretch = stretches.get(place) ?? { entries: [], at: 0 }
    stretches.set(place, stretch)
    const withCount = { ...entry, held: 0 }
    stretch.entries.push(withCount)
    return withCount
  })
  countRows(cache, range, stretches)
  return counted
}

const GAP_IN_FILES = { state: 'unknown' as const, note: 'outside every imported file' }
const GAP_ON_SERVER = { state: 'not-asked' as const }

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

/** One pass over the rows in ascending time. */
function countRows(cache: Cache, range: TimeRange | null, stretches: Map<string, Stretch>): void {
  const { index } = cache
  const slice = cache.views.slice({ filter: { kind: 'all' }, range, companions: true })
  const byCodes = new Map<number, Stretch | null>()
  const stretchOf = (holder: number, row: number) => {
    const codes = (holder * 0x1000 + index.streams.at(row)) * 0x1_0000_0000 + index.instances.at(row)
    let stretch = byCodes.get(codes)
    if (stretch === undefined) {
      stretch = stretches.get(`${holder} ${streamOf(index, row)}`) ?? null
      byCodes.set(codes, stretch)
    }
    return stretch
  }
  for (let at = slice.from; at < slice.to; at++) {
    const row = slice.rows[at] ?? 0
    const time = index.times.array[row] ?? 0
    countIn(stretchOf(index.owners.array[row] ?? 0, row), time)
    for (const other of index.coOwners.get(row) ?? NOBODY) countIn(stretchOf(other, row), time)
  }
}

const NOBODY: readonly number[] = []

function countIn(stretch: Stretch | null, time: number): void {
  if (!stretch) return
  while ((stretch.entries[stretch.at]?.to ?? Infinity) <= time) stretch.at++
  const entry = stretch.entries[stretch.at]
  if (entry && entry.from <= time) entry.held++
}

function streamOf(index: EventIndex, row: number): string {
  return coverageStream(index.streams.text(row) ?? '', index.instances.text(row) ?? '')
}
