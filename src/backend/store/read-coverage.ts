import { clipCoverage, coverageStream, outside, type Connection, type CoverageRange, type TimeRange } from '../../domain'
import type { Cache } from './cache'
import { oldestHeld, type Place } from './held-rows'
import type { LedgerRange } from './ledger'

type Entry = Omit<CoverageRange, 'held'>
/** Entries of one stream in ascending time, and how far into them the rows have come. */
type Stretch = { entries: CoverageRange[]; at: number }

/**
 * The ledger over a range, or over all of it. Where a range is given, what no entry speaks of is added: `unknown` for
 * files, which prove nothing outside themselves; for servers `not-asked`, or what is known of the list as a whole.
 */
export function readLedger(cache: Cache, range: TimeRange | null): { holder: number; entry: Entry }[] {
  return cache.holders.list().flatMap((listed) => {
    const byStream = new Map<string, LedgerRange[]>()
    for (const entry of cache.holders.ledger.of(listed.id)) {
      const entries = byStream.get(entry.stream)
      if (entries) entries.push(entry)
      else byStream.set(entry.stream, [entry])
    }
    const whole = range ?? spanOf([...byStream].flatMap(([stream, entries]) => knownSpan(cache, { connection: listed.name, stream }, entries)))
    for (const { stream } of listed.streams) if (!byStream.has(stream)) byStream.set(stream, [])
    return [...byStream].flatMap(([stream, entries]) => {
      const bounds = range ?? (entries.length > 0 ? ownSpan(entries, whole) : whole)
      if (!bounds) return []
      const gap = { connection: listed.name, stream, ...gapOf(listed, stream) }
      const clipped = entries.flatMap((entry) => clipCoverage(entry, bounds))
      const gaps = outside(bounds, clipped).map((hole): Entry => ({ ...gap, ...hole }))
      const all = [...clipped.map((entry) => ({ ...entry, connection: listed.name })), ...gaps]
      return all.toSorted((a, b) => a.from - b.from).map((entry) => ({ holder: listed.id, entry }))
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

type Gap = Pick<CoverageRange, 'state' | 'note'>

function gapOf({ origin, streams }: Pick<Connection, 'origin' | 'streams'>, stream: string): Gap {
  if (origin === 'files') return { state: 'unknown', note: 'outside every imported file' }
  const status = streams.find((facts) => facts.stream === stream)?.status
  return { state: status === 'not-visible' || status === 'not-offered' ? status : 'not-asked' }
}

/** First instant of the epoch: what begins there was asked for from the beginning of time. */
const BEGINNING = 0
const DAY = 86_400_000

/** From the first record, where the ledger reaches back to the beginning of time; nothing where there is no record. */
function knownSpan(cache: Cache, place: Place, entries: LedgerRange[]): TimeRange[] {
  const span = spanOf(entries)
  if (span?.from !== BEGINNING) return span ? [span] : []
  const row = oldestHeld(cache, place)
  return row === undefined ? [] : [{ from: cache.index.times.array[row] ?? 0, to: span.to }]
}

/** A stream's own span; where it reaches back to the beginning of time, only as far as anything of its connection does. */
function ownSpan(entries: LedgerRange[], whole: TimeRange | null): TimeRange {
  const span = spanOf(entries) ?? { from: 0, to: 0 }
  if (span.from !== BEGINNING) return span
  return { from: Math.min(whole?.from ?? Infinity, Math.max(BEGINNING, span.to - DAY)), to: span.to }
}

function spanOf(ranges: TimeRange[]): TimeRange | null {
  if (ranges.length === 0) return null
  return { from: Math.min(...ranges.map((e) => e.from)), to: Math.max(...ranges.map((e) => e.to)) }
}

/** One pass over the rows in ascending time. */
function countRows(cache: Cache, range: TimeRange | null, stretches: Map<string, Stretch>): void {
  const { index } = cache
  const slice = cache.views.slice({ filter: { kind: 'all' }, range, companions: true })
  const byHolder = new Map<number, Map<number, Stretch | null>>()
  const stretchOf = (holder: number, row: number) => {
    const byCodes = byHolder.get(holder) ?? new Map<number, Stretch | null>()
    byHolder.set(holder, byCodes)
    const codes = index.streams.at(row) * 0x1_0000_0000 + index.instances.at(row)
    let stretch = byCodes.get(codes)
    if (stretch === undefined) {
      stretch = stretches.get(`${holder} ${streamOf(cache, holder, row)}`) ?? null
      byCodes.set(codes, stretch)
    }
    return stretch
  }
  const { array: times } = index.times
  const { array: owners } = index.owners
  // Rows that follow each other are mostly of one list.
  const last = { owner: -1, stream: -1, instance: -1 }
  let stretch: Stretch | null = null
  for (let at = slice.from; at < slice.to; at++) {
    const row = slice.rows[at] ?? 0
    const time = times[row] ?? 0
    if (index.coOwners.has(row) || cache.facts.hasEarlier(row)) {
      for (const id of cache.holderIds(row)) countIn(stretchOf(id, row), time)
      continue
    }
    const owner = owners[row] ?? 0
    const stream = index.streams.at(row)
    const instance = index.instances.at(row)
    if (last.owner !== owner || last.stream !== stream || last.instance !== instance) {
      Object.assign(last, { owner, stream, instance })
      stretch = stretchOf(owner, row)
    }
    countIn(stretch, time)
  }
}

function countIn(stretch: Stretch | null, time: number): void {
  if (!stretch) return
  while ((stretch.entries[stretch.at]?.to ?? Infinity) <= time) stretch.at++
  const entry = stretch.entries[stretch.at]
  if (entry && entry.from <= time) entry.held++
}

function streamOf({ index, holders }: Cache, holder: number, row: number): string {
  const stream = index.streams.text(row) ?? ''
  const isServer = holders.has(holder) && holders.get(holder).origin === 'server'
  return isServer ? stream : coverageStream(stream, index.instances.text(row) ?? '')
}
