import type { Episode } from './correlate/episodes'
import type { EventRow } from './event-row'
import { fieldNamed } from './fields'
import type { CorrelationRule, DetectionRule, Operator } from './sigma'

const MOST_FIELDS = 4
const LONGEST_VALUE = 160

/** What the event has in the fields that the rule looks at. */
export function whyMatched({ fields, head }: DetectionRule, row: EventRow): string {
  const told = fields.flatMap((name) => {
    const texts = fieldNamed(name).texts(row)
    return texts.length === 0 ? [] : [`${name} = ${clipped(texts.join(', '))}`]
  })
  if (told.length > 0) return told.slice(0, MOST_FIELDS).join('; ')
  return head.description === '' ? `The record matches the rule «${head.title}».` : clipped(head.description)
}

export function whyCrossed(rule: CorrelationRule, { value, values }: Episode): string {
  const key = rule.groupBy.map((name, i) => `${name} = ${clipped(values[i] ?? '')}`).join(', ')
  return `${amount(rule, value)} within ${rule.timespan}${key === '' ? '' : ` for ${key}`}${bounds(rule)}`
}

function amount({ type, fields, rules }: CorrelationRule, value: number): string {
  switch (type) {
    case 'event_count':
      return `${value} ${value === 1 ? 'event' : 'events'}`
    case 'value_count':
      return `${value} different ${fields.join(' and ')}`
    case 'value_sum':
      return `${fields.join(' and ')} of ${value} together`
    case 'temporal':
      return `each of ${rules.join(', ')}`
    case 'temporal_ordered':
      return rules.join(', then ')
  }
}

/** Of a bound, before its value. */
const BOUND_WORDS: Record<Operator, string> = {
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  eq: 'exactly',
  neq: 'other than',
}

function bounds({ condition }: CorrelationRule): string {
  if (condition.length === 0) return ''
  return `; asked for: ${boundsOf(condition)}`
}

/** What a rule asks for, in words. */
export function boundsOf(condition: CorrelationRule['condition']): string {
  return condition.map(([operator, value]) => `${BOUND_WORDS[operator]} ${value}`).join(' and ')
}

export function clipped(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
