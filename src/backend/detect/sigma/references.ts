import type { CorrelationRule, DetectionRule, Refusal, RuleHead } from './model'

type Given = { correlations: readonly CorrelationRule[]; refused: Refusal[] }
type Joined = { correlations: CorrelationRule[]; quiet: ReadonlySet<string> }

/** Finds the rules that correlations join, by id or name, and orders correlations so that each follows its own. */
export function joinCorrelations(detections: readonly DetectionRule[], { correlations, refused }: Given): Joined {
  const quiet = new Set<string>()
  const loud = new Set<string>()
  const known = namesOf(detections.map(({ head }) => head))
  const all = namesOf([...detections, ...correlations].map(({ head }) => head))
  // What feeds a correlation stays quiet even where that one cannot be used.
  for (const { rules, generate } of correlations) {
    for (const rule of rules) (generate ? loud : quiet).add(all.get(rule) ?? rule)
  }
  const ordered: CorrelationRule[] = []
  let waiting = [...correlations]
  for (;;) {
    const ready = waiting.filter(({ rules }) => rules.every((rule) => known.has(rule)))
    if (ready.length === 0) break
    ordered.push(...ready.map((correlation) => resolved(correlation, known)))
    for (const { head } of ready) for (const name of [head.id, head.name]) if (name !== null) known.set(name, head.id)
    waiting = waiting.filter((correlation) => !ready.includes(correlation))
  }
  for (const { head, rules } of waiting) refused.push({ rule: head.id, place: head.place, reason: reasonOf(rules, known, all) })
  return { correlations: ordered, quiet: new Set([...quiet].filter((id) => !loud.has(id))) }
}

function namesOf(heads: readonly RuleHead[]): Map<string, string> {
  return new Map(heads.flatMap(({ id, name }): [string, string][] => (name === null ? [[id, id]] : [[name, id], [id, id]])))
}

function resolved(correlation: CorrelationRule, known: ReadonlyMap<string, string>): CorrelationRule {
  const idOf = (name: string) => known.get(name) ?? name
  const aliases = [...correlation.aliases].map(([alias, fields]): [string, Map<string, string>] => [
    alias,
    new Map([...fields].map(([rule, field]) => [idOf(rule), field])),
  ])
  return { ...correlation, rules: correlation.rules.map(idOf), aliases: new Map(aliases) }
}

function reasonOf(rules: readonly string[], known: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): string {
  const missing = rules.filter((rule) => !all.has(rule))
  if (missing.length > 0) return `the correlation joins «${missing.join('», «')}», which is not there or not active`
  const open = rules.filter((rule) => !known.has(rule))
  return `the correlation joins «${open.join('», «')}», which is not active or joins it in turn`
}
