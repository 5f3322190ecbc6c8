import { LEVELS, type Level, type RuleHead } from './model'
import { RuleFault } from './rule-fault'

export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
}

/** Own entries alone: a rule may name a field `__proto__`. */
export function memberOf(mapping: Mapping, name: string): unknown {
  return Object.hasOwn(mapping, name) ? mapping[name] : undefined
}

/** What a document calls itself, for messages; its place where it has no name. */
export function nameOf(value: unknown, place: string): string {
  if (!isMapping(value)) return place
  return textOf(value, 'id') || textOf(value, 'name') || textOf(value, 'title') || place
}

/** Throws `RuleFault`. */
export function readHead(document: Mapping, place: string): RuleHead {
  const title = textOf(document, 'title')
  const id = nameOf(document, '')
  if (id === '') throw new RuleFault('the rule has neither id, name nor title')
  return {
    id,
    name: textOf(document, 'name') || null,
    title: title || id,
    level: levelOf(document),
    description: textOf(document, 'description').trim(),
    author: textOf(document, 'author'),
    licence: textOf(document, 'license') || textOf(document, 'licence'),
    references: textsOf(document, 'references'),
    tags: textsOf(document, 'tags'),
    place,
  }
}

export function isLevel(word: string): word is Level {
  return LEVELS.some((level) => level === word)
}

function levelOf(document: Mapping): Level | null {
  const word = textOf(document, 'level').toLowerCase()
  if (word === '') return null
  if (isLevel(word)) return word
  throw new RuleFault(`the level «${word}» is not one of ${LEVELS.join(', ')}`)
}

export function textOf(mapping: Mapping, name: string): string {
  const value = memberOf(mapping, name)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

/** A text or a list of texts. */
export function textsOf(mapping: Mapping, name: string): string[] {
  const value = memberOf(mapping, name)
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((one) => typeof one === 'string')
}
