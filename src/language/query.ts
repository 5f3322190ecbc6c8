import type { Instant } from '../domain'
import type { Attached, Flag, NumberField, TextField } from './fields'

/** Half-open range of UTF-16 offsets in the typed text. */
export type Span = { from: number; to: number }

/** How a text value is matched. Only `regex` minds case. */
export type Value =
  /** The whole value; for `command` and `text`, any part. */
  | { kind: 'exact'; text: string }
  /** `*` any run, `?` one character, the whole value. `*` alone: has a value. */
  | { kind: 'pattern'; text: string }
  /** Anchored nowhere. `source` has no `\/`. */
  | { kind: 'regex'; source: string; ignoreCase: boolean }
  /** CIDR block, `ip` only. */
  | { kind: 'block'; text: string }

export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** `any`: has a value. Durations are in milliseconds. */
export type NumberTest = { comparison: Comparison; value: number } | { comparison: 'any' }

/** Half-open; null is no bound, not both. */
export type TimeTest = { from: Instant | null; to: Instant | null }

/** Any of the values, tests or ranges is enough; there is at least one. */
export type Term =
  | { kind: 'text'; field: TextField; values: Value[]; span: Span }
  | { kind: 'attribute'; name: string; values: Value[]; span: Span }
  | { kind: 'tag'; values: Value[]; span: Span }
  | { kind: 'number'; field: NumberField; tests: NumberTest[]; span: Span }
  | { kind: 'time'; ranges: TimeTest[]; span: Span }
  | { kind: 'is'; flag: Flag; span: Span }
  | { kind: 'has'; what: Attached; span: Span }

/** `and` and `or` have two parts or more, none of their own kind. */
export type Expression =
  | { kind: 'and' | 'or'; parts: Expression[]; span: Span }
  | { kind: 'not'; part: Expression; span: Span }
  | Term

/** `all` is the empty text. */
export type Query = { kind: 'all' } | Expression

/** `text` and `command` look for a part of a text, every other field compares the whole. */
export function isContained(field: TextField): boolean {
  return field === 'text' || field === 'command'
}

/** Same meaning word for word: spans and, where matching ignores it, case play no part. */
export function sameQuery(a: Query, b: Query): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b))
}

function essence(query: Query): unknown {
  switch (query.kind) {
    case 'all':
      return ['all']
    case 'and':
    case 'or':
      return [query.kind, query.parts.map(essence)]
    case 'not':
      return ['not', essence(query.part)]
    case 'text':
      return [query.field, query.values.map(folded)]
    case 'attribute':
      return ['field', query.name.toLowerCase(), query.values.map(folded)]
    case 'tag':
      return ['tag', query.values.map(folded)]
    case 'number':
      return [query.field, query.tests.map((test) => ('value' in test ? [test.comparison, test.value] : ['any']))]
    case 'time':
      return ['time', query.ranges.map((range) => [range.from, range.to])]
    case 'is':
      return ['is', query.flag]
    case 'has':
      return ['has', query.what]
  }
}

function folded(value: Value): unknown {
  return value.kind === 'regex'
    ? ['regex', value.source, value.ignoreCase]
    : [value.kind, value.text.toLowerCase()]
}
