import type { Connection, CoverageRange, CoverageState, StreamFacts } from '../../domain'
import { formatCount, insideRanges, listAndOwner } from '../shared'
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
}

/** A list of its own, or the same list of many machines. */
export type StreamGroup = { list: string; views: StreamView[]; isMany: boolean }

export function streamViews(connection: Connection, ranges: CoverageRange[]): StreamView[] {
  const known = new Map(connection.streams.map((facts) => [facts.stream, facts]))
  const byStream = new Map<string, CoverageRange[]>([...known.keys()].map((stream) => [stream, []]))
  for (const range of ranges) byStream.set(range.stream, [...(byStream.get(range.stream) ?? []), range])
  return [...byStream].map(([stream, own]) => {
    const facts = known.get(stream) ?? null
    return {
      stream,
      label: facts?.label ?? stream,
      facts,
      ranges: own,
      silent: connection.origin === 'files' ? 'unknown' : silentState(facts),
      held: own.reduce((sum, { held }) => sum + held, 0),
    }
  })
}

function silentState(facts: StreamFacts | null): CoverageState {
  return facts?.status === 'not-visible' || facts?.status === 'not-offered' ? facts.status : 'not-asked'
}

/** Lists of more machines than this are folded into one row. */
const MOST_UNFOLDED = 3

export function streamGroups(views: StreamView[]): StreamGroup[] {
  const groups = new Map<string, StreamView[]>()
  for (const view of views) {
    const list = listAndOwner(view.label)?.list ?? view.label
    groups.set(list, [...(groups.get(list) ?? []), view])
  }
  return [...groups].map(([list, own]) => ({ list, views: byTrouble(own), isMany: own.length > MOST_UNFOLDED }))
}

/** How much a list needs to be looked at; 0 where all is well. */
export function troubleOf({ facts, ranges }: StreamView): number {
  if (facts?.status === 'failed') return 5
  const inside = insideRanges(ranges)
  if (inside.some(({ state }) => state === 'partial')) return 4
  if (inside.some(({ state }) => isHole(state))) return 3
  if (facts?.status === 'throttled' || facts?.status === 'partial') return 2
  return facts?.status === 'not-visible' ? 1 : 0
}

function byTrouble(views: StreamView[]): StreamView[] {
  return views.length > MOST_UNFOLDED ? views.toSorted((a, b) => troubleOf(b) - troubleOf(a)) : views
}

/** What stands at the end of a row: what is held, of how many, or why there is nothing. */
export function countWords({ facts, held }: StreamView): string {
  const words = { 'not-visible': hiddenWords(facts), 'not-offered': 'not offered', failed: 'failed' }
  const status = facts?.status
  if (status === 'not-visible' || status === 'not-offered' || status === 'failed') {
    return held > 0 ? `${formatCount(held)} · ${words[status]}` : words[status]
  }
  const total = facts?.serverTotal
  return total === undefined ? formatCount(held) : `${formatCount(held)} of ${formatCount(total)}`
}

function hiddenWords(facts: StreamFacts | null): string {
  return facts?.fault?.code === 'forbidden' ? '403 not visible' : 'not visible'
}
