import { expect } from 'vitest'
import { parseQuery } from '../../src/language'
import type { Expression, NumberTest, Query, QueryError, Value } from '../../src/language'

/** The model as one short line: `or(and(text:a, not(user:b)), exit:>0)`. */
export function shape(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'all'
    case 'and':
    case 'or':
      return `${query.kind}(${query.parts.map(shape).join(', ')})`
    case 'not':
      return `not(${shape(query.part)})`
    case 'text':
      return `${query.field}:${query.values.map(shapeOf).join('|')}`
    case 'attribute':
      return `@${query.name}:${query.values.map(shapeOf).join('|')}`
    case 'number':
      return `${query.field}:${query.tests.map(shapeOfTest).join('|')}`
    case 'time':
      return `time:${query.ranges.map((range) => `[${range.from},${range.to})`).join('|')}`
    case 'tag':
      return `tag:${query.values.map(shapeOf).join('|')}`
    case 'is':
      return `is:${query.flag}`
    case 'has':
      return `has:${query.what}`
  }
}

function shapeOfTest(test: NumberTest): string {
  return 'value' in test ? test.comparison + test.value : test.comparison
}

function shapeOf(value: Value): string {
  if (value.kind === 'regex') return `/${value.source}/${value.ignoreCase ? 'i' : ''}`
  if (value.kind === 'pattern') return `~${value.text}`
  return value.kind === 'block' ? `#${value.text}` : value.text
}

export function parsed(text: string): Query {
  const result = parseQuery(text)
  if (!('query' in result)) throw new Error(`${text}: ${result.errors.map((error) => error.message).join('; ')}`)
  return result.query
}

export function parsedShape(text: string): string {
  return shape(parsed(text))
}

export function errorsOf(text: string): QueryError[] {
  const result = parseQuery(text)
  expect(result, text).toHaveProperty('errors')
  return 'errors' in result ? result.errors : []
}

/** The model without the places in the text. */
export function bare(query: Query): unknown {
  return JSON.parse(JSON.stringify(query, (key, value: unknown) => (key === 'span' ? undefined : value)))
}

export function spanText(text: string, part: Expression): string {
  return text.slice(part.span.from, part.span.to)
}
