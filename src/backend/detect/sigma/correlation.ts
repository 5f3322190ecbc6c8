import { isMapping, memberOf, textOf, textsOf, type Mapping } from './head'
import { CORRELATION_TYPES, OPERATORS, type CorrelationRule, type CorrelationType, type Operator, type RuleHead } from './model'
import { RuleFault } from './rule-fault'

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
}
const MOST_RULES = 32

/** Reads a correlation; the rules it joins stand in it as they are written. Throws `RuleFault`. */
export function readCorrelation(head: RuleHead, document: Mapping): CorrelationRule {
  const written = memberOf(document, 'correlation')
  if (!isMapping(written)) throw new RuleFault('the correlation says nothing')
  const type = typeOf(written)
  const rules = textsOf(written, 'rules')
  if (rules.length === 0) throw new RuleFault('the correlation joins no rules')
  if (rules.length > MOST_RULES) throw new RuleFault(`the correlation joins more than ${MOST_RULES} rules`)
  const timespan = textOf(written, 'timespan')
  return {
    kind: 'correlation',
    head,
    type,
    rules,
    groupBy: textsOf(written, 'group-by'),
    timespanMs: spanOf(timespan),
    timespan,
    ...conditionOf(type, memberOf(written, 'condition')),
    aliases: aliasesOf(memberOf(written, 'aliases')),
    generate: memberOf(written, 'generate') === true || memberOf(document, 'generate') === true,
  }
}

function typeOf(written: Mapping): CorrelationType {
  const word = textOf(written, 'type')
  const type = CORRELATION_TYPES.find((known) => known === word)
  if (type === undefined) throw new RuleFault(`the correlation type «${word}» is not one of ${CORRELATION_TYPES.join(', ')}`)
  return type
}

function spanOf(text: string): number {
  const match = /^(\d{1,6})([smhdwMy])$/.exec(text)
  const ms = Number(match?.[1] ?? 0) * (UNITS[match?.[2] ?? ''] ?? 0)
  if (ms > 0) return ms
  throw new RuleFault(`the timespan «${text}» is not a number with a unit, such as 10m`)
}

function conditionOf(type: CorrelationType, written: unknown): Pick<CorrelationRule, 'condition' | 'fields'> {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered'
  if (isTemporal) {
    if (written !== undefined && written !== null) throw new RuleFault(`a condition of ${type} is not supported: every rule must occur`)
    return { condition: [], fields: [] }
  }
  if (!isMapping(written)) throw new RuleFault(`${type} needs a condition such as gte: 10`)
  const fields = textsOf(written, 'field')
  if (type !== 'event_count' && fields.length === 0) throw new RuleFault(`${type} needs a field in its condition`)
  if (type === 'event_count' && fields.length > 0) throw new RuleFault('event_count counts events and takes no field')
  const condition = Object.entries(written).flatMap(([word, value]) => (word === 'field' ? [] : [operation(word, value)]))
  if (condition.length === 0) throw new RuleFault('the condition of the correlation compares with nothing')
  if (condition.every((one) => holdsForNone(one))) {
    throw new RuleFault('the condition holds where nothing happens, which cannot be found')
  }
  return { condition, fields }
}

function operation(word: string, value: unknown): [Operator, number] {
  const operator = OPERATORS.find((known) => known === word)
  if (operator === undefined) throw new RuleFault(`the condition compares with «${word}»; ${OPERATORS.join(', ')} are known`)
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) throw new RuleFault(`${word} needs a number`)
  return [operator, number]
}

/** Whether nothing at all would be enough. */
function holdsForNone([operator, value]: [Operator, number]): boolean {
  return compare(operator, 0, value)
}

export function compare(operator: Operator, a: number, b: number): boolean {
  switch (operator) {
    case 'gt':
      return a > b
    case 'gte':
      return a >= b
    case 'lt':
      return a < b
    case 'lte':
      return a <= b
    case 'eq':
      return a === b
    case 'neq':
      return a !== b
  }
}

function aliasesOf(written: unknown): CorrelationRule['aliases'] {
  if (written === undefined || written === null) return new Map()
  if (!isMapping(written)) throw new RuleFault('the aliases are no map of names')
  return new Map(
    Object.entries(written).map(([alias, fields]) => {
      if (!isMapping(fields)) throw new RuleFault(`the alias «${alias}» is no map of rules and fields`)
      return [alias, new Map(Object.keys(fields).map((rule) => [rule, textOf(fields, rule)]))]
    }),
  )
}
