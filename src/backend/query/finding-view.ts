import type { View } from '../../contract'
import type { AuditEvent, TimeRange } from '../../domain'
import { withTerm, type TextField } from '../../language'
import type { ReadableStore } from '../store'
import { storeView } from './view'

/** Values that events share, each with the fields of queries that may hold it, in the order of preference. */
const SHARED: readonly (readonly [field: TextField, read: (event: AuditEvent) => readonly (string | undefined)[]])[] = [
  ['ip', ({ ip }) => [ip]],
  ['user', ({ actor }) => [actor?.name, actor?.email, actor?.id]],
  ['machine', ({ machine }) => [machine?.name, machine?.id]],
  ['target', ({ target }) => [target?.name, target?.id]],
  ['session', ({ session }) => [session]],
  ['tenant', ({ tenant }) => [tenant]],
  ['project', ({ project }) => [project]],
  ['client', ({ client }) => [client]],
]

const KIND: readonly (readonly [field: TextField, read: (event: AuditEvent) => string | undefined])[] = [
  ['category', ({ category }) => category],
  ['action', ({ action }) => action],
  ['outcome', ({ outcome }) => outcome],
]

export type Sought = {
  /** From the first of the events up to after the last. */
  range: TimeRange
  /** Values that the events share; none where it is a single event. */
  values: readonly string[]
  /** Some of the events. */
  events: readonly AuditEvent[]
}

/**
 * The narrowest view that the language can say of events that a rule found: it shows all those given, and may show others of
 * their time that are alike.
 */
export function findingView(store: ReadableStore, { range, values, events }: Sought): { view: View; rows: number } {
  const kind = KIND.flatMap(([field, read]) => {
    const [first, ...others] = new Set(events.map(read))
    return first !== undefined && others.length === 0 ? [term(field, first)] : []
  })
  const [only] = events
  const shared = values.length > 0 || !only ? sharedTerms(values, events) : ownTerms(only)
  for (const terms of [[...kind, ...shared], kind, []]) {
    const view: View = { query: terms.filter((text) => text !== '').join(' '), range, order: 'asc' }
    const asked = storeView(view)
    if (events.every(({ key }) => store.rowOf(asked, key) !== null)) return { view, rows: store.length(asked) }
  }
  // Some of them are companions, which are shown on their own request alone.
  const view: View = { query: '', range, order: 'asc' }
  return { view, rows: store.length(storeView(view)) }
}

/** Of the values that all events have, where they have them; of one that stands in several places, any of these. */
function sharedTerms(values: readonly string[], events: readonly AuditEvent[]): string[] {
  const places = values.map((value) => {
    const holding = SHARED.map(([field, read]) => ({ field, holders: events.filter((event) => holds(read(event), value)).length }))
    return { value, holding: holding.filter(({ holders }) => holders > 0) }
  })
  const common = places.flatMap(({ value, holding }) => {
    const whole = holding.find(({ holders }) => holders === events.length)
    return whole ? [term(whole.field, value)] : []
  })
  if (common.length > 0) return common
  const any = places.flatMap(({ value, holding }) => holding.map(({ field }) => term(field, value))).filter((text) => text !== '')
  return any.length > 1 ? [`(${any.join(' OR ')})`] : any
}

function ownTerms(event: AuditEvent): string[] {
  return SHARED.slice(0, 4).flatMap(([field, read]) => {
    const value = read(event).find((text) => text !== undefined)
    return value === undefined ? [] : [term(field, value)]
  })
}

function holds(texts: readonly (string | undefined)[], value: string): boolean {
  return texts.some((text) => text?.toLowerCase() === value.toLowerCase())
}

function term(field: TextField, value: string): string {
  return withTerm('', { field, value, negate: false })
}
