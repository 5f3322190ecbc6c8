import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Ask, Backend } from '../../contract'
import { shownText } from '../../domain'
import { completionAt, FIELDS, type FieldName, withTerm } from '../../language'
import { formatCount } from '../shared'

type Call = Pick<Backend, 'call'>
type SuggestField = Ask<'query.suggest'>['field']

const MOST = 50

/** Offers fields, their values with counts, and the words between terms. */
export function queryCompletion(backend: Call): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const text = context.state.doc.toString()
    const at = completionAt(text, context.pos)
    if (!at) return null
    if (at.kind === 'value') {
      if (!at.field) return null
      const options = await valueOptions(backend, at.field, at.prefix)
      return context.aborted || options.length === 0 ? null : { from: at.from, to: at.to, options, filter: false }
    }
    if (at.prefix === '' && !context.explicit) return null
    const options = at.kind === 'keyword' ? keywords() : [...fieldOptions(), ...keywords()]
    const prefix = at.prefix.toLowerCase()
    const fitting = options.filter((option) => option.label.toLowerCase().startsWith(prefix) && option.label !== at.prefix)
    return fitting.length > 0 ? { from: at.from, to: at.to, options: fitting, filter: false } : null
  }
}

function fieldOptions(): Completion[] {
  return FIELDS.map((field) => ({
    label: `${field.name}:`,
    apply: field.name === 'field.NAME' ? 'field.' : `${field.name}:`,
    detail: field.meaning,
    type: 'field',
  }))
}

function keywords(): Completion[] {
  return ['AND', 'OR', 'NOT'].map((word) => ({ label: word, apply: `${word} `, type: 'keyword' }))
}

async function valueOptions(backend: Call, field: string, prefix: string): Promise<Completion[]> {
  const fixed = FIELDS.find((candidate) => candidate.name === field)?.values
  if (!isSuggested(field)) {
    return (fixed ?? []).filter((value) => value.startsWith(prefix)).map((label) => ({ label, type: 'value' }))
  }
  try {
    const { value } = await backend.call('query.suggest', { field, prefix: prefix.slice(0, 200), limit: MOST })
    return value.flatMap((found) => {
      if (found.value === null) return []
      return [{ label: shownText(found.value), apply: typedValue(field, found.value), detail: formatCount(found.rows), type: 'value' }]
    })
  } catch {
    // Suggestions are a help; what cannot be had is left out.
    return []
  }
}

/** A value as it has to be typed after its field's colon. */
function typedValue(field: FieldName, value: string): string {
  return withTerm('', { field, value, negate: false }).slice(field.length + 1)
}

/** Fields whose values the backend can list. */
const SUGGESTED: Record<SuggestField, true> = {
  category: true,
  outcome: true,
  user: true,
  machine: true,
  ip: true,
  action: true,
  severity: true,
  connection: true,
  target: true,
  client: true,
  tenant: true,
  project: true,
  session: true,
  approval: true,
  source: true,
  stream: true,
  basis: true,
  reason: true,
  tag: true,
}

function isSuggested(field: string): field is SuggestField {
  return Object.hasOwn(SUGGESTED, field)
}
