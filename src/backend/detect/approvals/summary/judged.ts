import type { ApprovalRule, FindingLevel, Suppression } from '../../../../contract'
import { levelRank } from '../../finding'
import { judging } from '../../judged'
import { isOver, readLevels, readSuppressions } from '../../suppressions'
import type { Request } from '../model'
import type { Pattern } from '../pattern'
import { patternId } from '../survey'

/** A pattern with its level as it is tuned, and what suppresses it. */
export type JudgedPattern = { id: string; pattern: Pattern; level: FindingLevel; by: Suppression | null }

/** By levels and suppressions of the workspace; the gravest first, then the latest. */
export function judgePatterns(patterns: readonly Pattern[], settings: Readonly<Record<string, string>>, now: number): JudgedPattern[] {
  const active = readSuppressions(settings).filter((one) => !isOver(one, now))
  const judged = judging(active, readLevels(settings))
  const all = patterns.map((pattern): JudgedPattern => ({ id: patternId(pattern), pattern, ...judged(pattern) }))
  return all.sort((a, b) => levelRank(b.level) - levelRank(a.level) || b.pattern.crossed - a.pattern.crossed || (a.id < b.id ? -1 : 1))
}

/** Rules that speak of an approver, and not of one request; a decision is not unusual by them alone. */
const OF_APPROVER: ReadonlySet<ApprovalRule> = new Set<ApprovalRule>(['approval.concentration'])

/** Patterns that nothing suppresses, by the key of each request that stands in them, the gravest first. */
export function byRequest(judged: readonly JudgedPattern[]): Map<Request['key'], JudgedPattern[]> {
  const found = new Map<string, JudgedPattern[]>()
  for (const one of judged) {
    if (one.by !== null || OF_APPROVER.has(one.pattern.rule)) continue
    for (const { key } of one.pattern.requests) {
      const list = found.get(key)
      if (list) list.push(one)
      else found.set(key, [one])
    }
  }
  return found
}
