import type { View } from '../../contract'
import type { Address } from './address'

/** The timeline with a view, standing on an event. */
export function viewPlace({ query, range, order }: View, selected: string | null): Partial<Address> {
  return { screen: 'timeline', query, range, order, selected }
}
