import type { AccessDetail, AccessEntry, AccessGrant, View } from '../../contract'
import { type Address, viewPlace } from '../address'

type Shown = Pick<AccessDetail, 'query'>

/** The timeline at the events of one access. */
export function entryPlace({ query }: Shown, { from, to, key }: AccessEntry): Partial<Address> {
  return { screen: 'timeline', query, range: { from, to: to + 1 }, order: 'asc', selected: key }
}

type Pair = Pick<AccessDetail, 'query' | 'row'>

/** All events of the person on the machine in the time that the row is of. */
export function pairView({ query, row }: Pair): View {
  return { query, range: { from: row.first, to: row.last + 1 }, order: 'asc' }
}

export function pairPlace(pair: Pair): Partial<Address> {
  return viewPlace(pairView(pair), null)
}

/** The timeline at the record of a request; null where that is not held. */
export function grantPlace({ key, request }: AccessGrant): Partial<Address> | null {
  if (key === null) return null
  return { screen: 'timeline', query: `approval:${JSON.stringify(request)}`, range: null, order: 'asc', selected: key }
}
