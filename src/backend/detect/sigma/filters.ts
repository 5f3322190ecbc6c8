import { compileDetection } from './detection'
import { isMapping, memberOf, nameOf, textsOf, type Mapping } from './head'
import { allOf, type Bind } from './items'
import { agrees } from './log-source'
import type { DetectionRule, Refusal } from './model'
import { RuleFault } from './rule-fault'

/** A Sigma filter: a further condition on the rules it names. */
export type RuleFilter = { name: string; place: string; rules: string[]; any: boolean; bind: Bind; logsource: unknown }

/** Throws `RuleFault`. */
export function readFilter(document: Mapping, place: string): RuleFilter {
  const filter = memberOf(document, 'filter')
  if (!isMapping(filter)) throw new RuleFault('the filter says nothing')
  const rules = textsOf(filter, 'rules')
  if (rules.length === 0) throw new RuleFault('the filter names no rules')
  const { bind } = compileDetection(filter, ['rules'])
  const any = rules.length === 1 && rules[0]?.toLowerCase() === 'any'
  return { name: nameOf(document, place), place, rules, any, bind, logsource: memberOf(document, 'logsource') }
}

type Filtered = { detections: { rule: DetectionRule; logsource: unknown }[]; filters: RuleFilter[]; refused: Refusal[] }

/** The rules with the conditions of the filters that name them; a filter that is for none is refused. */
export function withFilters({ detections, filters, refused }: Filtered): DetectionRule[] {
  for (const { name, place, ...filter } of filters) {
    if (!detections.some((one) => isFor(filter, one))) {
      refused.push({ rule: name, place, reason: 'the filter names no rule that is active and of its logsource' })
    }
  }
  return detections.map((one) => {
    const own = filters.filter((filter) => isFor(filter, one))
    return own.length === 0 ? one.rule : { ...one.rule, bind: allOf([one.rule.bind, ...own.map(({ bind }) => bind)]) }
  })
}

type Aim = Pick<RuleFilter, 'rules' | 'any' | 'logsource'>

function isFor({ rules, any, logsource }: Aim, { rule: { head }, logsource: own }: Filtered['detections'][number]): boolean {
  const named = any || rules.includes(head.id) || (head.name !== null && rules.includes(head.name))
  return named && agrees(logsource, isMapping(own) ? own : {})
}
