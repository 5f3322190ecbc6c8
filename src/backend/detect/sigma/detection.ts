import { parseCondition, type Condition } from './condition'
import { isMapping, memberOf, type Mapping } from './head'
import { allOf, compileItem, negated, someOf, type Bind } from './items'
import { RuleFault } from './rule-fault'
import { isScalar } from './values'

/** Words of a detection that name nothing to look for. */
const NOT_NAMES = new Set(['condition', 'timeframe'])
const DEEPEST = 10

export type Compiled = { bind: Bind; fields: string[] }

type Search = { fields: string[]; depth: number }

/** Compiles what a rule or a filter looks for. Throws `RuleFault`. */
export function compileDetection(detection: unknown, others: readonly string[] = []): Compiled {
  if (!isMapping(detection)) throw new RuleFault('the rule says nothing to look for')
  const fields: string[] = []
  const named = new Map<string, Bind>()
  for (const [name, value] of Object.entries(detection)) {
    if (NOT_NAMES.has(name) || others.includes(name)) continue
    named.set(name, compileSearch(name, value, { fields, depth: 0 }))
  }
  if (named.size === 0) throw new RuleFault('the rule says nothing to look for')
  const conditions = conditionsOf(detection).map((text) => parseCondition(text, [...named.keys()]))
  return { bind: someOf(conditions.map((condition) => bindCondition(condition, named))), fields: [...new Set(fields)] }
}

function conditionsOf(detection: Mapping): string[] {
  const written = memberOf(detection, 'condition')
  const list: unknown[] = Array.isArray(written) ? written : [written]
  const texts = list.filter((one) => typeof one === 'string')
  if (texts.length === 0 || texts.length < list.length) throw new RuleFault('the rule has no condition')
  return texts
}

/** Maps are AND, lists are OR; texts in a list are keywords. */
function compileSearch(name: string, value: unknown, search: Search): Bind {
  if (search.depth > DEEPEST) throw new RuleFault(`«${name}» is nested deeper than ${DEEPEST}`)
  if (isMapping(value)) return compileMap(name, value, search)
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RuleFault(`«${name}» is empty`)
    if (value.every(isScalar)) return compileItem('', value).bind
    return someOf(value.map((one) => compileSearch(name, one, { ...search, depth: search.depth + 1 })))
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return compileItem('', value).bind
  throw new RuleFault(`«${name}» says nothing to look for`)
}

function compileMap(name: string, map: Mapping, { fields }: Search): Bind {
  const items = Object.entries(map).map(([key, value]) => compileItem(key, value))
  if (items.length === 0) throw new RuleFault(`«${name}» is empty`)
  fields.push(...items.flatMap(({ field }) => (field === '' ? [] : [field])))
  return allOf(items.map(({ bind }) => bind))
}

function bindCondition(condition: Condition, named: ReadonlyMap<string, Bind>): Bind {
  switch (condition.kind) {
    case 'name':
      return bindOf(condition.name, named)
    case 'of': {
      const binds = condition.names.map((name) => bindOf(name, named))
      return condition.all ? allOf(binds) : someOf(binds)
    }
    case 'not':
      return negated(bindCondition(condition.part, named))
    case 'and':
      return allOf(condition.parts.map((part) => bindCondition(part, named)))
    case 'or':
      return someOf(condition.parts.map((part) => bindCondition(part, named)))
  }
}

function bindOf(name: string, named: ReadonlyMap<string, Bind>): Bind {
  const bind = named.get(name)
  if (!bind) throw new RuleFault(`the condition names «${name}», which the rule does not define`)
  return bind
}
