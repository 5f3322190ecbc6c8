import type { ApprovalRule, FindingLevel, Suppression } from '../../../../contract'
import { LEVELS } from '../../sigma'
import { isOver, readLevels, readSuppressions } from '../../suppressions'
import type { Request } from '../model'
import type { Pattern } from '../pattern'
import { patternId } from '../survey'

/** A pattern with its level as it is tuned, and what suppresses it. */
export type JudgedPattern = { id: string; pattern: Pattern; level: FindingLevel; by: Suppression | null }

/** By levels and suppressions of the workspace; the gravest first, then the latest. */
export function judgePatterns(patterns: readonly Pattern[], settings: Readonly<Record<string, string>>, now: number): JudgedPattern[] {
  const levels = readLevels(settings)
  const suppressions = readSuppressions(settings).filter((one) => !isOver(one, now))
  const judged = patterns.map((pattern): JudgedPattern => {
    const { rule, key } = pattern
    const own = suppressions.filter((one) => one.rule === rule)
    const by = own.find((one) => one.key === key) ?? own.find((one) => one.key === null) ?? null
    return { id: patternId(pattern), pattern, level: levels.get(rule) ?? pattern.level, by }
  })
  return judged.sort((a, b) => gravity(b) - gravity(a) || b.pattern.crossed - a.pattern.crossed || (a.id < b.id ? -1 : 1))
}

function gravity({ level }: JudgedPattern): number {
  return LEVELS.indexOf(level)
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
