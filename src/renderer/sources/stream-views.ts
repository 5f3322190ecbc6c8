import type { RecordingRow } from '../../contract'
import { COVERAGE_WORDS, type Connection, type CoverageRange, type CoverageState, type StreamFacts } from '../../domain'
import { formatCount, insideRanges, isHidden, listAndOwner } from '../shared'
import { isHole } from './coverage-words'

/** One list of a connection as its card shows it. */
export type StreamView = {
  stream: string
  label: string
  /** What the last sync learned; null for files and for lists it knows nothing of. */
  facts: StreamFacts | null
  ranges: CoverageRange[]
  /** State of the times that the ledger does not speak of. */
  silent: CoverageState
  held: number
  /** How many there are to hold, as far as the server says. */
  total: number | undefined
  /** The server gives a count of the whole list. */
  isCounted: boolean
}

/** Recordings of a list: those that are here, and those that the server lists. */
export type RecordingCount = { held: number; listed: number }

const NONE: RecordingCount = { held: 0, listed: 0 }
const NO_RECORDINGS: ReadonlyMap<string, RecordingCount> = new Map()

/** By the list that they stand in; those from files under the empty name. */
export function countRecordings(rows: readonly RecordingRow[], connection: string): Map<string, RecordingCount> {
  const counts = new Map<string, RecordingCount>()
  for (const row of rows) {
    if (row.connection !== connection) continue
    const stream = /:(recordings\/[^:]*):/.exec(row.id)?.[1] ?? ''
    const count = counts.get(stream) ?? { held: 0, listed: 0 }
    counts.set(stream, { held: count.held + Number(row.isHeld), listed: count.listed + 1 })
  }
  return counts
}

/** A list of its own, or the same list of many machines. */
export type StreamGroup = { list: string; views: StreamView[]; isMany: boolean }

export function streamViews(connection: Connection, ranges: CoverageRange[], recordings = NO_RECORDINGS): StreamView[] {
  const known = new Map(connection.streams.map((facts) => [facts.stream, facts]))
  const byStream = new Map<string, CoverageRange[]>([...known.keys()].map((stream) => [stream, []]))
  for (const range of ranges) byStream.set(range.stream, [...(byStream.get(range.stream) ?? []), range])
  return [...byStream].map(([stream, own]) => {
    const facts = known.get(stream) ?? null
    const recorded = stream.startsWith('recordings/') ? (recordings.get(stream) ?? NONE) : undefined
    return {
      stream,
      label: facts?.label ?? stream,
      facts,
      ranges: own,
      silent: connection.origin === 'files' ? 'unknown' : silentState(facts),
      held: recorded?.held ?? own.reduce((sum, { held }) => sum + held, 0),
      total: recorded?.listed ?? facts?.serverTotal,
      isCounted: facts?.serverTotal !== undefined,
    }
  })
}

function silentState(facts: StreamFacts | null): CoverageState {
  return facts?.status === 'not-visible' || facts?.status === 'not-offered' ? facts.status : 'not-asked'
}

/** Lists of more machines than this are folded into one row. */
const MOST_UNFOLDED = 3

/** `troubles` is how much each list needs to be looked at, by stream. */
export function streamGroups(views: StreamView[], troubles: Troubles): StreamGroup[] {
  const groups = new Map<string, StreamView[]>()
  for (const view of views) {
    const list = listAndOwner(view.label)?.list ?? view.label
    groups.set(list, [...(groups.get(list) ?? []), view])
  }
  return [...groups].map(([list, own]) => ({ list, views: byTrouble(own, troubles), isMany: own.length > MOST_UNFOLDED }))
}

/** How much a list needs to be looked at; 0 where all is well. */
function troubleOf({ facts, ranges }: StreamView): number {
  if (facts?.status === 'failed') return 5
  const inside = insideRanges(ranges)
  if (inside.some(({ state }) => state === 'partial')) return 4
  if (inside.some(({ state }) => isHole(state))) return 3
  if (facts?.status === 'throttled' || facts?.status === 'partial') return 2
  return facts?.status === 'not-visible' ? 1 : 0
}

export type Troubles = ReadonlyMap<string, number>

export function troublesOf(views: StreamView[]): Troubles {
  return new Map(views.map((view) => [view.stream, troubleOf(view)]))
}

function byTrouble(views: StreamView[], troubles: Troubles): StreamView[] {
  const of = ({ stream }: StreamView) => troubles.get(stream) ?? 0
  return views.length > MOST_UNFOLDED ? views.toSorted((a, b) => of(b) - of(a)) : views
}

/** What stands at the end of a row: what is held, of how many, or why there is nothing. */
export function countWords(view: StreamView): string {
  const { facts, held, total } = view
  const words = { 'not-visible': hiddenWords(facts), 'not-offered': 'not offered', failed: 'failed' }
  const status = facts?.status
  if (status === 'not-visible' || status === 'not-offered' || status === 'failed') {
    return held > 0 ? `${formatCount(held)} · ${words[status]}` : words[status]
  }
  if (!isNotAsked(view)) return heldOf(held, total)
  return status === 'throttled' ? 'throttled' : COVERAGE_WORDS['not-asked']
}

/** Of the lists of all machines. One without a count of the server's leaves the sum without one. */
export function groupWords(views: StreamView[]): string {
  const read = views.filter(({ facts, held }) => held > 0 || !isHidden({ state: silentState(facts) }))
  if (read.every(isNotAsked)) return COVERAGE_WORDS[read.length > 0 ? 'not-asked' : 'not-visible']
  const totals = read.map(({ total }) => total)
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0)
  const known = totals.filter((total) => total !== undefined)
  return heldOf(sum(read.map(({ held }) => held)), known.length === read.length ? sum(known) : undefined)
}

/** A 0 would say that there is nothing. */
function isNotAsked({ silent, ranges, held }: StreamView): boolean {
  return silent === 'not-asked' && held === 0 && ranges.every(({ state }) => state === 'not-asked')
}

/** A count older than what is held since is no count of it. */
function heldOf(held: number, total: number | undefined): string {
  return total === undefined || total < held ? formatCount(held) : `${formatCount(held)} of ${formatCount(total)}`
}

/** What the server's answers leave out or keep open, each once, with the lists that it is true of. */
export function listNotes(views: StreamView[]): { note: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { facts } of views) if (facts?.note) counts.set(facts.note, (counts.get(facts.note) ?? 0) + 1)
  return [...counts].map(([note, count]) => ({ note, count }))
}

function hiddenWords(facts: StreamFacts | null): string {
  return facts?.fault?.code === 'forbidden' ? '403 not visible' : 'not visible'
}
