import type { ApprovalCounts, ApprovalState } from '../../../../contract'
import { latencyOf } from '../model'
import type { Population } from '../population'
import { ascending, quantile } from '../statistics/spread'

export function* countsOf({ window, decided, uses, range }: Population): Generator<void, ApprovalCounts> {
  const states: Record<ApprovalState, number> = { pending: 0, approved: 0, rejected: 0, revoked: 0, expired: 0 }
  let neverUsed = 0
  for (const [at, request] of window.entries()) {
    if (at % 1024 === 0) yield
    states[request.state]++
    if (uses.of(request).outcome === 'never-used') neverUsed++
  }
  const times: number[] = []
  for (const [at, one] of decided.entries()) {
    if (at % 2048 === 0) yield
    const latency = latencyOf(one)
    if (latency !== null) times.push(latency)
  }
  yield
  const latencies = ascending(times)
  yield
  return {
    requests: window.length,
    approved: states.approved + states.revoked,
    rejected: states.rejected,
    revoked: states.revoked,
    expired: states.expired,
    pending: states.pending,
    medianMs: latencies.length === 0 ? null : quantile(latencies, 0.5),
    neverUsed,
    unapproved: uses.unapproved.filter(({ visit }) => visit.from >= range.from && visit.from < range.to).length,
  }
}
