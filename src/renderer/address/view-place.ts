import type { View } from '../../contract'
import { isSameRange } from '../../domain'
import type { Address } from './address'

/** The timeline with a view, standing on an event. */
export function viewPlace({ query, range, order }: View, selected: string | null): Partial<Address> {
  return { screen: 'timeline', query, range, order, selected }
}

export function isSameView(a: View, b: View): boolean {
  const areSameRanges = a.range === b.range || isSameRange(a.range, b.range)
  return areSameRanges && a.query === b.query && a.order === b.order
}
