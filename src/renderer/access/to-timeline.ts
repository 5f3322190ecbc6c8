import type { AccessDetail, AccessEntry, AccessGrant } from '../../contract'
import type { Address } from '../address'

type Shown = Pick<AccessDetail, 'query'>

/** The timeline at the events of one access. */
export function entryPlace({ query }: Shown, { from, to, key }: AccessEntry): Partial<Address> {
  return { screen: 'timeline', query, range: { from, to: to + 1 }, order: 'asc', selected: key }
}

/** The timeline with all events of the person on the machine in the time that the row is of. */
export function pairPlace({ query, row }: Pick<AccessDetail, 'query' | 'row'>): Partial<Address> {
  return { screen: 'timeline', query, range: { from: row.first, to: row.last + 1 }, order: 'asc', selected: null }
}

/** The timeline at the record of a request; null where that is not held. */
export function grantPlace({ key, request }: AccessGrant): Partial<Address> | null {
  if (key === null) return null
  return { screen: 'timeline', query: `approval:${JSON.stringify(request)}`, range: null, order: 'asc', selected: key }
}
