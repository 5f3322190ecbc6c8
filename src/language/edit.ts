import { isTextField, type FieldName } from './fields'
import { parseQuery } from './parse'
import { printQuery } from './print'
import { sameQuery, type Expression, type Query, type Value } from './query'

/** A term as facets, chips and menus know it. `value: null` stands for records that have none. */
export type TermEdit = { field: FieldName; value: string | null; negate: boolean }

/** Terms whose value needs no quotes. */
const ONE_WORD = ['number', 'time', 'is', 'has'] as const

const NOWHERE = { from: 0, to: 0 }
const EVERYTHING: Query = { kind: 'all' }

/**
 * The text with the term added by AND, or taken away again when it is there at the top level.
 * A text that does not parse comes back unchanged, and so does one that the value does not suit (`exit` with `x`).
 */
export function withTerm(text: string, edit: TermEdit): string {
  const query = read(text)
  const term = termFor(edit)
  if (!query || !term) return text
  if (topLevel(query).some((part) => sameQuery(part, term))) return withoutTerm(text, edit)
  if (query.kind === 'all') return printQuery(term)
  const kept = query.kind === 'or' ? `(${text.trim()})` : text.trim()
  return confirmed(`${kept} ${printQuery(term)}`, [...topLevel(query), term])
}

/** The text without the term, wherever it stands at the top level; otherwise unchanged. */
export function withoutTerm(text: string, edit: TermEdit): string {
  const query = read(text)
  const term = termFor(edit)
  if (!query || !term) return text
  const parts = topLevel(query)
  const kept = parts.filter((part) => !sameQuery(part, term))
  if (kept.length === parts.length) return text
  // What stays is kept as it was typed.
  const typed = kept.map((part) => {
    const own = text.slice(part.span.from, part.span.to)
    return part.kind === 'or' && kept.length > 1 ? `(${own})` : own
  })
  return confirmed(typed.join(' '), kept)
}

// A slash in what was typed can join with one that comes to stand behind it; then the model is printed instead.
function confirmed(text: string, parts: Expression[]): string {
  const [only = EVERYTHING] = parts
  const wanted: Query = parts.length > 1 ? { kind: 'and', parts, span: NOWHERE } : only
  const query = read(text)
  return query && sameQuery(query, wanted) ? text : printQuery(wanted)
}

/** Whether the term stands at the top level: every record shown meets it. */
export function hasTerm(text: string, edit: TermEdit): boolean {
  const query = read(text)
  if (!query || query.kind === 'all') return false
  const term = termFor(edit)
  return term !== null && topLevel(query).some((part) => sameQuery(part, term))
}

function read(text: string): Query | null {
  const parsed = parseQuery(text)
  return 'query' in parsed ? parsed.query : null
}

function topLevel(query: Query): Expression[] {
  if (query.kind === 'all') return []
  return query.kind === 'and' ? query.parts : [query]
}

function termFor({ field, value, negate }: TermEdit): Expression | null {
  const term = value === null ? present(field) : holding(field, value)
  // Some values cannot be asked for: an empty text, an outcome there is not.
  if (!term || !read(printQuery(term))) return null
  const absent = value === null
  return negate === absent ? term : { kind: 'not', part: term, span: NOWHERE }
}

function present(field: FieldName): Expression | null {
  if (field.startsWith('field.')) return attribute(field, { kind: 'pattern', text: '*' })
  const query = read(`${field}:*`)
  return query && query.kind !== 'all' ? query : null
}

function holding(field: FieldName, value: string): Expression | null {
  if (field.startsWith('field.')) return attribute(field, { kind: 'exact', text: value })
  if (isTextField(field)) return { kind: 'text', field, values: [{ kind: 'exact', text: value }], span: NOWHERE }
  if (field === 'tag') return { kind: 'tag', values: [{ kind: 'exact', text: value }], span: NOWHERE }
  const query = read(`${field}:${value}`)
  return query && ONE_WORD.some((kind) => kind === query.kind) && query.kind !== 'all' ? query : null
}

function attribute(field: FieldName, value: Value): Expression | null {
  const name = field.slice('field.'.length)
  return name === '' ? null : { kind: 'attribute', name, values: [value], span: NOWHERE }
}
