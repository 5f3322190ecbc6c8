import type { SyntaxNode } from '@lezer/common'
import { FIELDS, NUMBER_FIELDS, fieldNamed, isAttached, isFlag, isNumberField, isTextField, type Field } from './fields'
import { nearest } from './nearest'
import { isContained, type Span, type Term } from './query'
import type { QueryError } from './syntax'
import { childrenOf } from './tree'
import { readNumber, readText, readTime, unquoted, type Raw, type Read } from './values'

/** What building needs to know: the text and where to leave errors. */
export type Build = { text: string; errors: QueryError[] }

type Item = { raw: Raw; span: Span }
type Named = { name: string; attribute: string | null; written: string; span: Span }

/** The term that a `Field` node stands for; null when it has an error, which is then noted. */
export function termOf(build: Build, node: SyntaxNode): Term | null {
  const named = nameOf(build, node)
  const field = fieldNamed(named.name)
  if (!field) return unknown(build, named)
  const items = itemsOf(build, node)
  const whole = { from: node.from, to: node.to }
  if (!items) return null
  const end = node.lastChild?.name === 'List' ? (node.lastChild.lastChild?.from ?? node.to) : named.span.to
  if (items.length === 0) {
    const expected = field.values ? { expected: field.values.join(', ') } : {}
    return fail(build, { from: end, to: end }, { problem: `Expected a value after ${shown(named)}`, ...expected })
  }
  return make({ build, named, field, items, whole })
}

type Making = { build: Build; named: Named; field: Field; items: Item[]; whole: Span }

function make({ build, named, field, items, whole: span }: Making): Term | null {
  if (named.attribute !== null) {
    const values = readAll(build, items, (raw) => readText(raw, field, false))
    return values && { kind: 'attribute', name: named.attribute, values, span }
  }
  const name = field.name
  if (isTextField(name)) {
    const values = readAll(build, items, (raw) => readText(raw, field, isContained(name)))
    return values && { kind: 'text', field: name, values, span }
  }
  if (isNumberField(name)) {
    const tests = readAll(build, items, (raw) => readNumber(raw, field, named.written))
    return tests && { kind: 'number', field: name, tests, span }
  }
  if (name === 'tag') {
    const values = readAll(build, items, (raw) => readText(raw, field, false))
    return values && { kind: 'tag', values, span }
  }
  if (field.kind === 'time') {
    const ranges = readAll(build, items, readTime)
    return ranges && { kind: 'time', ranges, span }
  }
  return flag({ build, named, field, items, whole: span })
}

function flag({ build, named, field, items, whole }: Making): Term | null {
  const [item, second] = items
  if (second) return fail(build, second.span, { problem: `Expected one value after ${shown(named)}` })
  const word = item && item.raw.kind !== 'regex' ? item.raw.text.toLowerCase() : ''
  if (field.name === 'is' && isFlag(word)) return { kind: 'is', flag: word, span: whole }
  if (field.name === 'has' && isAttached(word)) return { kind: 'has', what: word, span: whole }
  const expected = (field.values ?? []).join(', ')
  return fail(build, item?.span ?? whole, { problem: `Unknown value of ${field.name}`, expected })
}

function nameOf(build: Build, node: SyntaxNode): Named {
  const leaf = node.firstChild ?? node
  const text = build.text.slice(leaf.from, leaf.to)
  const span = { from: leaf.from, to: leaf.to }
  if (leaf.name === 'AttributeName') {
    const typed = text.slice('field.'.length, -1)
    const attribute = typed.startsWith('"') ? unquoted(typed.slice(1, -1)) : typed
    return { name: text.slice(0, -1), attribute, written: '', span }
  }
  const [, name = '', written = ''] = /^([^:<>=]*):?(.*)$/s.exec(text) ?? []
  return { name, attribute: null, written, span }
}

function shown(named: Named): string {
  return named.written === '' ? `${named.name}:` : `${named.name}${named.written}`
}

/** Values after the name; null when one is an unclosed quote or AND or NOT stands among them. */
function itemsOf(build: Build, node: SyntaxNode): Item[] | null {
  const value = node.lastChild
  if (!value) return null
  const inList = value.name === 'List'
  const items: Item[] = []
  for (const child of inList ? childrenOf(value) : [value]) {
    const span = { from: child.from, to: child.to }
    const text = build.text.slice(child.from, child.to)
    if (child.name === 'UnclosedPhrase') return null
    if (child.name === 'Phrase') items.push({ raw: { kind: 'quoted', text: unquoted(text.slice(1, -1)) }, span })
    if (child.name === 'Regex') items.push({ raw: regexOf(text), span })
    if (child.name !== 'ValueWord' || (inList && text === 'OR')) continue
    if (inList && (text === 'AND' || text === 'NOT')) {
      const problem = `Expected a value instead of ${text}: any value of a list is enough`
      return fail(build, span, { problem, expected: `a value, or "${text}" in quotes` })
    }
    items.push({ raw: { kind: 'word', text }, span })
  }
  return items
}

function regexOf(text: string): Raw {
  const end = text.lastIndexOf('/')
  return { kind: 'regex', text: text.slice(1, end), flags: text.slice(end + 1) }
}

function readAll<T>(build: Build, items: Item[], read: (raw: Raw) => Read<T>): T[] | null {
  const values: T[] = []
  for (const item of items) {
    const got = read(item.raw)
    if ('value' in got) values.push(got.value)
    else fail(build, item.span, got)
  }
  return values.length === items.length ? values : null
}

function fail(build: Build, span: Span, problem: { problem: string; expected?: string }): null {
  const expected = problem.expected === undefined ? {} : { expected: problem.expected }
  build.errors.push({ ...span, message: problem.problem, ...expected })
  return null
}

function unknown(build: Build, named: Named): null {
  const span = { from: named.span.from, to: named.span.from + named.name.length }
  if (named.name.toLowerCase() === 'field') {
    return fail(build, span, { problem: 'Expected a name after field', expected: 'field.NAME:value' })
  }
  const meant = nearest(named.name, FIELDS.map((field) => field.name))
  const hint = meant === null ? '' : ` Did you mean ${meant}?`
  const problem = `Unknown field «${named.name}».${hint}`
  return fail(build, span, { problem, expected: 'a field, or quotes around text that holds a colon' })
}

/** `time>5` and `exti>0` would search for those very characters and find nothing: an error instead. */
export function comparedWord(text: string, span: Span): QueryError | null {
  const [, name] = /^([\p{L}_]+)[<>]=?/u.exec(text) ?? []
  if (name === undefined) return null
  const place = { from: span.from, to: span.from + name.length }
  if (fieldNamed(name)) {
    return { ...place, message: `${name} cannot be compared by size`, expected: `${name}:value, or quotes around text` }
  }
  const meant = nearest(name, NUMBER_FIELDS)
  if (meant === null) return null
  const message = `Unknown field «${name}». Did you mean ${meant}?`
  return { ...place, message, expected: 'a field, or quotes around text' }
}
