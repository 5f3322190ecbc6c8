import type { Detector } from './analytics'
import type { Rules } from './detect'
import { levelRank } from './finding'
import type { CorrelationRule, DetectionRule, Level, Refusal, RuleHead } from './sigma'
import type { Survey } from './survey'
import { boundsOf } from './why'

/** What there is to say of a rule before anything is looked at. */
export type RuleFacts = {
  id: string
  title: string
  level: Level
  description: string
  parameters: [name: string, value: string][]
  /** Why it is not active; null where it is. */
  inactive: string | null
  /** The file that a person added it in, and who wrote it, where that is told; absent of an own rule. */
  added?: { file: string; author: string }
}

/** Those that tell what they find, and those that cannot be used, the gravest first, then by title. */
export function ruleFacts(rules: Rules, refused: readonly Refusal[]): RuleFacts[] {
  const titles = new Map([...rules.detections, ...rules.correlations, ...rules.detectors].map(({ head }) => [head.id, head.title]))
  const titleOf = (id: string) => titles.get(id) ?? id
  const isLoud = ({ head }: { head: RuleHead }) => !rules.quiet.has(head.id)
  const facts = [
    ...rules.detections.filter(isLoud).map(ofDetection),
    ...rules.correlations.filter(isLoud).map((rule) => ofCorrelation(rule, titleOf)),
    ...rules.detectors.map((detector) => ofDetector(detector, titleOf)),
    ...(rules.surveys ?? []).flatMap(({ rules: own }) => own.map(ofSurvey)),
    ...refused.map(ofRefusal),
  ]
  return facts.toSorted((a, b) => levelRank(b.level) - levelRank(a.level) || (a.title < b.title ? -1 : 1))
}

function ofDetection({ head, fields }: DetectionRule): RuleFacts {
  const looksAt = fields.length === 0 ? 'the whole record' : fields.join(', ')
  return { ...factsOf(head, `Single events, by ${looksAt}.`), parameters: [['Looks at', looksAt], ...attribution(head)], inactive: null }
}

function ofCorrelation(rule: CorrelationRule, titleOf: (id: string) => string): RuleFacts {
  const of = rule.rules.map(titleOf).join(rule.type === 'temporal_ordered' ? ', then ' : ', ')
  const parameters: RuleFacts['parameters'] = [
    ['Counts', amountOf(rule)],
    ['Of', of],
    ...(rule.groupBy.length > 0 ? [['Of one', rule.groupBy.join(', ')] satisfies [string, string]] : []),
    ['Within', rule.timespan],
    ...attribution(rule.head),
  ]
  const per = rule.groupBy.length > 0 ? ` of one ${rule.groupBy.join(', ')}` : ''
  const description = `${amountOf(rule)}${per} within ${rule.timespan}: ${of.toLowerCase()}.`
  return { ...factsOf(rule.head, description.charAt(0).toUpperCase() + description.slice(1)), parameters, inactive: null }
}

function ofDetector({ head, rules, timespanMs }: Detector, titleOf: (id: string) => string): RuleFacts {
  const parameters: RuleFacts['parameters'] = [
    ['Of', rules.map(titleOf).join(', ')],
    ...(timespanMs > 0 ? [['Within', spanOf(timespanMs)] satisfies [string, string]] : []),
  ]
  return { ...factsOf(head, ''), parameters, inactive: null }
}

const SPANS: readonly [unit: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
]

/** As the timespan of a correlation is written, in the largest unit that fits. */
function spanOf(ms: number): string {
  const [unit, length] = SPANS.find(([, one]) => ms % one === 0) ?? ['s', 1000]
  return `${Math.round(ms / length)}${unit}`
}

function ofSurvey({ parameters, ...rule }: Survey['rules'][number]): RuleFacts {
  return { ...rule, parameters: parameters.map(([name, value]): [string, string] => [name, value]), inactive: null }
}

function ofRefusal({ rule, place, reason }: Refusal): RuleFacts {
  return { id: rule, title: rule, level: 'informational', description: '', parameters: [['Stands in', place]], inactive: reason, ...addedIn(place, '') }
}

function factsOf({ id, title, level, description, place, author }: RuleHead, otherwise: string): Omit<RuleFacts, 'parameters' | 'inactive'> {
  return { id, title, level: level ?? 'informational', description: description || otherwise, ...addedIn(place, author) }
}

function addedIn(file: string, author: string): Pick<RuleFacts, 'added'> {
  return file === 'own' ? {} : { added: { file, author } }
}

/** Of a rule that was added: licences ask for it wherever the rule finds something. */
function attribution({ place, author, licence, references }: RuleHead): [name: string, value: string][] {
  if (place === 'own') return []
  const rows: [string, string][] = [['Author', author], ['Licence', licence], ['References', references.join(', ')], ['File', place]]
  return rows.filter(([, value]) => value !== '')
}

function amountOf({ type, fields, condition }: CorrelationRule): string {
  const bounds = boundsOf(condition)
  if (type === 'event_count') return `${bounds} events`
  if (type === 'value_count') return `${bounds} different ${fields.join(' and ')}`
  if (type === 'value_sum') return `a sum of ${fields.join(' and ')} of ${bounds}`
  return type === 'temporal' ? 'each at least once' : 'one after the other'
}
