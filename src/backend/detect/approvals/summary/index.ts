import type { ApprovalSummary } from '../../../../contract'
import { latencyOf } from '../model'
import { notComputed, type NotComputed } from '../not-computed'
import { LEAST, type Population } from '../population'
import { ascending, quantile } from '../statistics/spread'
import { approversOf } from './approvers'
import { countsOf } from './counts'
import { hoursShown } from './hours'
import type { JudgedPattern } from './judged'
import { matrixOf } from './matrix'

/** A look at requests with its patterns as levels and suppressions have them. */
export type Judged = {
  population: Population
  patterns: { all: readonly JudgedPattern[]; byRequest: ReadonlyMap<string, readonly JudgedPattern[]> }
}

export type SummaryFacts = Pick<ApprovalSummary, 'counts' | 'approvers' | 'matrix' | 'hours' | 'robots' | 'fewDecisions'> & { notComputed: NotComputed[] }

export function* summarise({ population, patterns: { all } }: Judged): Generator<void, SummaryFacts> {
  const approvers = yield* approversOf(population, all)
  const counts = yield* countsOf(population)
  const matrix = yield* matrixOf(population, all)
  const hours = yield* hoursShown(population, all)
  const without = yield* notComputed(population)
  const few = approvers.filter(({ tooFew }) => tooFew).length
  return { counts, approvers, matrix, hours, robots: robotsOf(population), fewDecisions: { approvers: few, least: LEAST }, notComputed: without }
}

/** What robots decided in the range. */
function robotsOf({ window, robots }: Population): ApprovalSummary['robots'] {
  const latencies = new Map<string, { n: number; ms: number[] }>()
  for (const request of robots.size === 0 ? [] : window) {
    const key = request.decision?.by?.key
    if (key === undefined || !robots.has(key)) continue
    const known = latencies.get(key) ?? { n: 0, ms: [] }
    latencies.set(key, known)
    known.n++
    const latency = latencyOf(request)
    if (latency !== null) known.ms.push(latency)
  }
  const who = [...latencies].map(([key, { n, ms }]) => {
    const robot = robots.get(key)
    return { approver: robot?.name ?? key, n, median: ms.length === 0 ? null : Math.round(quantile(ascending(ms), 0.5)), reason: robot?.reason ?? '' }
  })
  return { decisions: who.reduce((sum, { n }) => sum + n, 0), who: who.sort((a, b) => b.n - a.n) }
}
