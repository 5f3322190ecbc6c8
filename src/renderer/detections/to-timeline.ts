import type { FindingDetail } from '../../contract'
import type { Address } from '../address'

/** The timeline at the events of a finding; `key` is the one to stand on, the first unless told. */
export function timelineOf({ view, sample }: FindingDetail, key?: string): Partial<Address> {
  return { screen: 'timeline', query: view.query, range: view.range, order: view.order, selected: key ?? sample[0]?.key ?? null }
}
