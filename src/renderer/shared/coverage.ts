import { WORST_FIRST, type CoverageRange, type CoverageState, type Instant, type TimeRange } from '../../domain'

export type CoverageSegment = {
  from: Instant
  to: Instant
  /** The worst state of any stream that can be read; `unknown` where no stream says anything. */
  state: CoverageState
  /** Streams here that this account or this server gives nothing of, whatever the time. */
  hidden: number
  ranges: CoverageRange[]
}

/** Where one of two states has to stand for both. */
function worstState(states: CoverageState[]): CoverageState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown'
}

export function isHidden({ state }: { state: CoverageState }): boolean {
  return state === 'not-visible' || state === 'not-offered'
}

/** Asked over this, the ledger also tells what lies before and after all that is held. */
export const ALL_TIME: TimeRange = { from: 0, to: Date.UTC(9999, 11, 31) }

/** The ledger's ranges, apart by list. */
export function byList(ranges: CoverageRange[]): CoverageRange[][] {
  const lists = new Map<string, CoverageRange[]>()
  for (const range of ranges) {
    const list = `${range.connection}\n${range.stream}`
    const own = lists.get(list)
    if (own) own.push(range)
    else lists.set(list, [range])
  }
  return [...lists.values()]
}

/** Longest time that a server is left to write rows late, in milliseconds; what is younger is never settled. */
const NEWEST = 15 * 60_000

/** The newest minutes of a list: they stay open until the next sync, and are no hole. `own` are the list's ranges in time. */
export function isNewest(range: CoverageRange, own: CoverageRange[]): boolean {
  if (range.state !== 'unknown' || range.to - range.from > NEWEST) return false
  const next = own[own.indexOf(range) + 1]
  return next === undefined || next.state === 'not-asked'
}

/** Ranges of one list between its oldest record and its newest minutes, where anything unknown is a hole. */
export function insideRanges(own: CoverageRange[]): CoverageRange[] {
  const inTime = own.toSorted((a, b) => a.from - b.from)
  return inTime.filter((range) => {
    const isOutside = range.from <= ALL_TIME.from || range.to >= ALL_TIME.to
    return !(isOutside && range.state === 'unknown' && inTime.length > 1) && !isNewest(range, inTime)
  })
}

/** Lays the ranges of all streams over each other, cut to `extent`, without gaps. */
export function coverageSegments(ranges: CoverageRange[], extent: TimeRange): CoverageSegment[] {
  const inside = ranges.filter((range) => range.from < extent.to && range.to > extent.from)
  const starts = [...inside].sort((a, b) => a.from - b.from)
  const edges = new Set([extent.from, extent.to])
  for (const range of inside) {
    if (range.from > extent.from) edges.add(range.from)
    if (range.to < extent.to) edges.add(range.to)
  }
  const cuts = [...edges].sort((a, b) => a - b)
  const segments: CoverageSegment[] = []
  let open: CoverageRange[] = []
  let next = 0
  for (const [at, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[at + 1] ?? extent.to
    open = open.filter((range) => range.to > from)
    for (; (starts[next]?.from ?? Infinity) <= from; next++) open.push(starts[next] as CoverageRange)
    addSegment(segments, { from, to, ...stateOf(open), ranges: [...open] })
  }
  return segments
}

function addSegment(segments: CoverageSegment[], segment: CoverageSegment): void {
  const last = segments.at(-1)
  const same = last?.state === segment.state && last.ranges.length === segment.ranges.length
  if (last && same && last.ranges.every((range, at) => range === segment.ranges[at])) last.to = segment.to
  else segments.push(segment)
}

/**
 * A list that is never given would paint every moment alike and hide what differs between them. It is counted beside the
 * state instead, unless nothing else is there.
 */
function stateOf(ranges: CoverageRange[]): { state: CoverageState; hidden: number } {
  const read = ranges.filter((range) => !isHidden(range))
  const telling = read.length > 0 ? read : ranges
  return { state: worstState(telling.map(({ state }) => state)), hidden: ranges.length - read.length }
}
