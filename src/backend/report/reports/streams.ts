import type { ReportStream } from '../../../contract'
import { COVERAGE_WORDS, WORST_FIRST, type CoverageRange, type CoverageState } from '../../../domain'

/** What the ledger says of each list over the period, the least complete first. */
export function reportStreams(all: readonly CoverageRange[]): ReportStream[] {
  // Lists of recordings have no records, so nothing can be missing from a report for want of them.
  const ranges = all.filter(({ stream, held }) => held > 0 || !stream.startsWith('recordings/'))
  const byList = new Map<string, CoverageRange[]>()
  for (const range of ranges) {
    const list = JSON.stringify([range.connection, range.stream])
    const own = byList.get(list)
    if (own) own.push(range)
    else byList.set(list, [range])
  }
  const streams = [...byList.values()].map(streamOf)
  return streams.sort((a, b) => rank(a.state) - rank(b.state) || (a.connection < b.connection ? -1 : a.connection > b.connection ? 1 : 0))
}

function streamOf(ranges: readonly CoverageRange[]): ReportStream {
  const [first] = ranges
  const told = ranges.filter(({ serverTotal }) => serverTotal !== undefined)
  return {
    connection: first?.connection ?? '',
    stream: first?.stream ?? '',
    state: worst(ranges),
    held: ranges.reduce((sum, { held }) => sum + held, 0),
    // A total of a part says nothing of the whole.
    serverTotal: told.length === ranges.length ? told.reduce((sum, { serverTotal = 0 }) => sum + serverTotal, 0) : null,
    holes: ranges.flatMap(({ from, to, state, note }) => (state === 'complete' ? [] : [{ from, to, state, note: note ?? null }])),
  }
}

function rank(state: CoverageState): number {
  return WORST_FIRST.indexOf(state)
}

/** Nothing known is `not-asked`, as the timeline has it. */
export function worst(ranges: readonly { state: CoverageState }[]): CoverageState {
  return WORST_FIRST.find((state) => ranges.some((range) => range.state === state)) ?? 'not-asked'
}

/** `12 lists: 9 complete, 2 partial, 1 not visible` */
export function streamWords(streams: readonly ReportStream[]): string {
  if (streams.length === 0) return 'No list is known.'
  const counts = new Map<CoverageState, number>()
  for (const { state } of streams) counts.set(state, (counts.get(state) ?? 0) + 1)
  const parts = [...counts].map(([state, n]) => `${n} ${COVERAGE_WORDS[state]}`)
  return `${streams.length} ${streams.length === 1 ? 'list' : 'lists'}: ${parts.join(', ')}`
}

/** Records held and those of the server over the period, as far as it gives totals. */
export function totalsOf(streams: readonly ReportStream[]): { held: number; server: number | null; counted: number } {
  const counted = streams.filter(({ serverTotal }) => serverTotal !== null)
  return { held: streams.reduce((sum, { held }) => sum + held, 0), server: counted.length === 0 ? null : counted.reduce((sum, { serverTotal }) => sum + (serverTotal ?? 0), 0), counted: counted.length }
}
