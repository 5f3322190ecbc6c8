import type { FindingLevel, Suppression } from '../../contract'
import type { Instant } from '../../domain'
import type { Finding } from './finding'
import { LEVELS } from './sigma'
import { isOver } from './suppressions'

/** A finding with its level as it is tuned, and the suppression that takes it out. */
export type JudgedFinding = { finding: Finding; level: FindingLevel; by: Suppression | null }

export type RuleCount = { findings: number; suppressed: number }

export type Judged = {
  /** The latest first. */
  all: readonly JudgedFinding[]
  byRule: ReadonlyMap<string, RuleCount>
  /** Those that are not suppressed. */
  counts: Record<FindingLevel, number>
  hides: ReadonlyMap<Suppression, number>
  /** When a suppression ends next, so that all of this is so no more; null where none does. */
  until: Instant | null
}

export type Judgement = {
  suppressions: readonly Suppression[]
  levels: ReadonlyMap<string, FindingLevel>
  now: Instant
}

const WHOLE = Symbol('the whole rule')

export function judge(findings: readonly Finding[], { suppressions, levels, now }: Judgement): Judged {
  const active = suppressions.filter((one) => !isOver(one, now))
  const judged = judging(active, levels)
  const byRule = new Map<string, RuleCount>()
  const hides = new Map<Suppression, number>()
  const counts: Judged['counts'] = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
  const all = findings.map((finding): JudgedFinding => {
    const { rule } = finding
    const { level, by } = judged(finding)
    const count = byRule.get(rule) ?? { findings: 0, suppressed: 0 }
    byRule.set(rule, count)
    if (by) {
      count.suppressed++
      hides.set(by, (hides.get(by) ?? 0) + 1)
    } else {
      count.findings++
      counts[level]++
    }
    return { finding, level, by }
  })
  const ends = active.flatMap(({ until }) => (until === null ? [] : [until]))
  return { all: all.reverse(), byRule, counts, hides, until: ends.length === 0 ? null : Math.min(...ends) }
}

type Told = Pick<Finding, 'rule' | 'key' | 'level'>

/** Tells the level as it is tuned, and which of the suppressions that are not over takes it out: rather that of its key. */
export function judging(active: readonly Suppression[], levels: ReadonlyMap<string, FindingLevel>): (told: Told) => Pick<JudgedFinding, 'level' | 'by'> {
  const byTarget = targetsOf(active)
  return ({ rule, key, level }) => {
    const targets = byTarget.get(rule)
    return { level: levels.get(rule) ?? level, by: targets?.get(key) ?? targets?.get(WHOLE) ?? null }
  }
}

function targetsOf(suppressions: readonly Suppression[]): Map<string, Map<string | typeof WHOLE, Suppression>> {
  const byRule = new Map<string, Map<string | typeof WHOLE, Suppression>>()
  for (const one of suppressions) {
    const targets = byRule.get(one.rule) ?? new Map<string | typeof WHOLE, Suppression>()
    byRule.set(one.rule, targets)
    targets.set(one.key ?? WHOLE, one)
  }
  return byRule
}

export type FindingFilter = {
  levels: readonly FindingLevel[]
  rule: string | null
  text: string
  range: { from: Instant; to: Instant } | null
}

/** A test of whether a finding is among those asked for, whatever suppresses it. */
export function findingTest({ levels, rule, text, range }: FindingFilter): (judged: JudgedFinding) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const wanted = new Set(levels.length > 0 ? levels : LEVELS)
  return ({ finding, level }) =>
    wanted.has(level) &&
    (rule === null || finding.rule === rule) &&
    (range === null || (finding.start < range.to && finding.end >= range.from)) &&
    (words.length === 0 || holds(finding, words))
}

function holds({ title, rule, key, why }: Finding, words: readonly string[]): boolean {
  const text = `${title} ${rule} ${key} ${why}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
