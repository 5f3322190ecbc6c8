import type { ApprovalRule, ApproverFacts } from '../../../../contract'
import { latencyOf, type Decided } from '../model'
import { FAST } from '../patterns/rubber-approver'
import { approverOf, groupedSlowly, LEAST, requesterOf, type Population } from '../population'
import { ascending, quantile } from '../statistics/spread'
import type { JudgedPattern } from './judged'

/** Latencies drawn of one approver. */
const MOST_DRAWN = 200

/** Rules that speak of who asked; those who decided only stand in them. */
const OF_REQUESTER: ReadonlySet<ApprovalRule> = new Set<ApprovalRule>(['approval.justification', 'approval.scope_growth', 'approval.scope_mismatch', 'approval.reject_then_approve'])

/** Those with most decisions first. */
export function* approversOf({ decided }: Population, judged: readonly JudgedPattern[]): Generator<void, ApproverFacts[]> {
  const levels = new Map<string, ApproverFacts['level']>()
  for (const { pattern, level, by } of judged) {
    if (by !== null || OF_REQUESTER.has(pattern.rule)) continue
    // The gravest come first.
    for (const name of pattern.approvers) if (!levels.has(name)) levels.set(name, level)
  }
  yield
  const facts: ApproverFacts[] = []
  for (const own of (yield* groupedSlowly(decided, approverOf)).values()) {
    yield
    facts.push(factsOf(own, levels))
  }
  return facts.sort((a, b) => b.n - a.n || (a.approver < b.approver ? -1 : 1))
}

function factsOf(own: readonly Decided[], levels: ReadonlyMap<string, ApproverFacts['level']>): ApproverFacts {
  const approver = own[0]?.decision.by.name ?? ''
  const latencies = ascending(own.flatMap((one) => latencyOf(one) ?? []))
  const at = (share: number) => Math.round(quantile(latencies, share))
  const rejections = own.filter(({ decision }) => decision.outcome === 'rejected').length
  return {
    approver,
    n: own.length,
    timed: latencies.length,
    quantiles: latencies.length === 0 ? null : { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
    sample: drawn(latencies),
    fast: latencies.length === 0 ? null : latencies.filter((latency) => latency < FAST).length / latencies.length,
    approvals: own.length - rejections,
    rejections,
    requesters: new Set(own.map(requesterOf)).size,
    tooFew: own.length < LEAST,
    level: levels.get(approver) ?? null,
  }
}

/** Evenly from all, the first and the last among them. */
export function drawn(sorted: Float64Array): number[] {
  if (sorted.length <= MOST_DRAWN) return [...sorted]
  return Array.from({ length: MOST_DRAWN }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (MOST_DRAWN - 1))] ?? 0)
}
