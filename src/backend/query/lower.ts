import { BackendFault } from '../../contract'
import type { Instant } from '../../domain'
import {
  isContained,
  parseQuery,
  type Expression,
  type Flag,
  type NumberField,
  type NumberTest,
  type Query,
  type Term,
  type TextField,
  type Value,
} from '../../language'
import type { Filter, NumberColumn, TextMatch } from '../store'
import { FIELD_COLUMNS } from './field-columns'

/** `companions`: the query speaks of companions, so they are not to be hidden. */
export type Lowered = { filter: Filter; companions: boolean }

const NUMBERS: Record<NumberField, NumberColumn> = { exit: 'exitCode', repeat: 'repeat', duration: 'durationMs' }

/** First and last instant a Date can hold, for the open end of a range. */
const FIRST: Instant = -8_640_000_000_000_000
const LAST: Instant = 8_640_000_000_000_000

/** The store's filter for a query. `command` and `text` look for the value as it is, `*` and `?` included. */
export function lowerQuery(query: Query): Lowered {
  return query.kind === 'all'
    ? { filter: { kind: 'all' }, companions: false }
    : { filter: lower(query), companions: speaksOfCompanions(query) }
}

/** Parses and lowers; throws a `bad-query` fault that says where the first error is. */
export function lowerText(text: string): Lowered {
  const parsed = parseQuery(text)
  if ('query' in parsed) return lowerQuery(parsed.query)
  const [error] = parsed.errors
  const { from = 0, to = 0, message = 'Not a query', expected } = error ?? {}
  const detail = { from, to, ...(expected === undefined ? {} : { expected }) }
  throw new BackendFault({ code: 'bad-query', message, detail })
}

function lower(expression: Expression): Filter {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, parts: expression.parts.map(lower) }
    case 'not':
      return { kind: 'not', part: lower(expression.part) }
    default:
      return lowerTerm(expression)
  }
}

function lowerTerm(term: Term): Filter {
  switch (term.kind) {
    case 'text':
      return any(term.values, (value) => lowerValue(term.field, value))
    case 'attribute':
      return any(term.values, (value) => ({ kind: 'attribute', name: term.name, match: matchOf(value, false) }))
    case 'number':
      return any(term.tests, (test) => lowerTest(NUMBERS[term.field], test))
    case 'time':
      return any(term.ranges, ({ from, to }) => ({ kind: 'time', from: from ?? FIRST, to: to ?? LAST }))
    case 'is':
      return lowerFlag(term.flag)
    case 'has':
      return term.what === 'comment' ? { kind: 'keys', of: 'commented' } : { kind: 'recorded' }
    case 'tag':
      return any(term.values, (value) => ({ kind: 'tag', match: matchOf(value, false) }))
  }
}

function lowerFlag(flag: Flag): Filter {
  if (flag === 'marked' || flag === 'cited') return { kind: 'keys', of: flag }
  return flag === 'companion' ? { kind: 'companion' } : { kind: 'drift', what: flag }
}

function any<T>(items: T[], one: (item: T) => Filter): Filter {
  const parts = items.map(one)
  const [only] = parts
  return parts.length === 1 && only ? only : { kind: 'or', parts }
}

function lowerValue(field: TextField, value: Value): Filter {
  const match = matchOf(value, isContained(field))
  if (field !== 'text') return { kind: 'text', columns: [...FIELD_COLUMNS[field]], match }
  // Every record has some text.
  return value.kind === 'pattern' ? { kind: 'all' } : { kind: 'anyText', match }
}

function matchOf(value: Value, contained: boolean): TextMatch {
  switch (value.kind) {
    case 'exact':
      return { op: contained ? 'contains' : 'equals', value: value.text }
    case 'pattern':
      return { op: 'wildcard', pattern: value.text }
    case 'regex':
      return { op: 'regex', pattern: new RegExp(value.source, value.ignoreCase ? 'i' : '') }
    case 'block':
      return { op: 'cidr', block: value.text }
  }
}

function lowerTest(column: NumberColumn, test: NumberTest): Filter {
  return 'value' in test
    ? { kind: 'number', column, comparison: test.comparison, value: test.value }
    : { kind: 'number', column, comparison: '>=', value: Number.MIN_SAFE_INTEGER }
}

function speaksOfCompanions(query: Query): boolean {
  return someTerm(query, (term) => term.kind === 'is' && term.flag === 'companion')
}

/** Whether marks or citations decide what it matches. */
export function speaksOfMarks(query: Query): boolean {
  return someTerm(query, (term) => {
    if (term.kind === 'is') return term.flag === 'marked' || term.flag === 'cited'
    return term.kind === 'tag' || (term.kind === 'has' && term.what === 'comment')
  })
}

/** Whether it matters which recordings are held. */
export function speaksOfRecordings(query: Query): boolean {
  return someTerm(query, (term) => term.kind === 'has' && term.what === 'recording')
}

function someTerm(query: Query, test: (term: Term) => boolean): boolean {
  switch (query.kind) {
    case 'all':
      return false
    case 'and':
    case 'or':
      return query.parts.some((part) => someTerm(part, test))
    case 'not':
      return someTerm(query.part, test)
    default:
      return test(query)
  }
}
