import { formatInstant, type Instant } from '../domain'
import { parseQuery } from './parse'
import type { Expression, NumberTest, Query, Term, TimeTest, Value } from './query'
import { printDuration } from './values'

// Between a value that begins so and a word that ends so, all would be read as one regular expression.
const OPENING = /^\/(?![^/\\]*\/)/
const CLOSING = /\/[gim]{0,3}$/

/** Text that parses to the same query, with no parentheses or quotes but those needed. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return ''
    case 'or':
      return query.parts.map((part) => (part.kind === 'or' ? `(${printQuery(part)})` : printQuery(part))).join(' OR ')
    case 'and':
      return query.parts.map(grouped).join(' ')
    case 'not': {
      const part = grouped(query.part)
      // A second dash would begin a word such as --force, and a dash takes no keyword.
      return query.part.kind === 'not' || part.startsWith('-') ? `NOT ${part}` : `-${part}`
    }
    default:
      return printTerm(query)
  }
}

function grouped(part: Expression): string {
  const printed = printQuery(part)
  return part.kind === 'and' || part.kind === 'or' ? `(${printed})` : printed
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case 'text':
      return bareText(term) ?? valued(`${term.field}:`, term.values)
    case 'attribute':
      return valued(`field.${attributeName(term.name)}:`, term.values)
    case 'tag':
      return valued('tag:', term.values)
    case 'number':
      return printTests(term.field, term.tests)
    case 'time':
      return `time:${listed(term.ranges.map(printRange))}`
    case 'is':
      return `is:${term.flag}`
    case 'has':
      return `has:${term.what}`
  }
}

function bareText(term: Term): string | null {
  if (term.kind !== 'text' || term.field !== 'text' || term.values.length !== 1) return null
  const [value] = term.values
  if (!value || value.kind === 'regex') return null
  if (value.kind !== 'exact') return reads(value.text, '', value) ? value.text : null
  return !CLOSING.test(value.text) && reads(value.text, '', value) ? value.text : quoted(value.text)
}

function valued(prefix: string, values: Value[]): string {
  const isList = values.length > 1
  return prefix + listed(values.map((value) => printValue(prefix, value, isList)))
}

function printValue(prefix: string, value: Value, isList: boolean): string {
  if (value.kind === 'regex') return printRegex(value)
  if (value.kind !== 'exact') return value.text
  const keyword = isList && /^(AND|OR|NOT)$/.test(value.text)
  const slash = OPENING.test(value.text) || CLOSING.test(value.text)
  return !keyword && !slash && reads(prefix + value.text, prefix, value) ? value.text : quoted(value.text)
}

/** Whether the text, without quotes, is read as that one value of one term. */
function reads(text: string, prefix: string, value: Value): boolean {
  const parsed = parseQuery(text)
  if (!('query' in parsed)) return false
  const { query } = parsed
  if (query.kind !== 'attribute' && query.kind !== 'text' && query.kind !== 'tag') return false
  if (prefix === '' && (query.kind !== 'text' || query.field !== 'text')) return false
  const [only, ...more] = query.values
  return more.length === 0 && query.span.from === 0 && query.span.to === text.length && same(only, value)
}

function same(a: Value | undefined, b: Value): boolean {
  return a?.kind === b.kind && a.kind !== 'regex' && b.kind !== 'regex' && a.text === b.text
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function attributeName(name: string): string {
  return /^[^\s\u0085()":]+$/.test(name) ? name : quoted(name)
}

function printRegex(value: { source: string; ignoreCase: boolean }): string {
  const { source, ignoreCase } = value
  const escaped = /\s|\u0085/.test(source)
    ? source.replace(/\\[\s\S]|["/]|(?<=[\p{L}\p{N}_]):/gu, escapedOnce)
    : source.replace(/\\[\s\S]|\//g, escapedOnce)
  return `/${escaped}/${ignoreCase ? 'i' : ''}`
}

function escapedOnce(part: string): string {
  return part.length > 1 ? part : `\\${part}`
}

function printTests(field: string, tests: NumberTest[]): string {
  const printed = tests.map((test) => {
    if (!('value' in test)) return '*'
    const value = field === 'duration' ? printDuration(test.value) : String(test.value)
    return test.comparison === '=' ? value : `${test.comparison}${value}`
  })
  const [only = ''] = printed
  return printed.length === 1 && /^[<>]/.test(only) ? field + only : `${field}:${listed(printed)}`
}

function printRange(range: TimeTest): string {
  return `${range.from === null ? '' : printTime(range.from)}..${range.to === null ? '' : printTime(range.to)}`
}

function printTime(at: Instant): string {
  return formatInstant(at)
    .replace(/\.000Z$/, 'Z')
    .replace(/:00Z$/, 'Z')
    .replace(/T00:00Z$/, '')
}

function listed(values: string[]): string {
  return values.length === 1 ? values.join('') : `(${values.join(' ')})`
}
