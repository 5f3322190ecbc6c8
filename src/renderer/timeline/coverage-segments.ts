import type { CoverageRange, CoverageState, Instant, TimeRange } from '../../domain'

export type CoverageSegment = {
  from: Instant
  to: Instant
  /** The worst state of any stream here; `unknown` where no stream says anything. */
  state: CoverageState
  ranges: CoverageRange[]
}

/** Worst first: one stream with a hole makes the moment a hole. */
const WORST: readonly CoverageState[] = [
  'partial',
  'unknown',
  'not-visible',
  'beyond-retention',
  'not-held',
  'not-asked',
  'not-offered',
  'complete',
]

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
    addSegment(segments, { from, to, state: worstOf(open), ranges: [...open] })
  }
  return segments
}

function addSegment(segments: CoverageSegment[], segment: CoverageSegment): void {
  const last = segments.at(-1)
  const same = last?.state === segment.state && last.ranges.length === segment.ranges.length
  if (last && same && last.ranges.every((range, at) => range === segment.ranges[at])) last.to = segment.to
  else segments.push(segment)
}

function worstOf(ranges: CoverageRange[]): CoverageState {
  return WORST.find((state) => ranges.some((range) => range.state === state)) ?? 'unknown'
}

const WORDS: Record<CoverageState, string> = {
  complete: 'complete',
  partial: 'partial: more exists than is held',
  unknown: 'unknown: nothing shows what exists here',
  'not-visible': 'not visible to this account',
  'not-offered': 'not offered by the server',
  'beyond-retention': 'older than the server keeps',
  'not-held': 'no longer held here',
  'not-asked': 'never asked for',
}

export function coverageWords(state: CoverageState): string {
  return WORDS[state]
}
