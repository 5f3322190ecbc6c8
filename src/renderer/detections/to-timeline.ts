import type { FindingDetail } from '../../contract'
import { type Address, viewPlace } from '../address'

/** The timeline at the events of a finding; `key` is the one to stand on, the first unless told. */
export function timelineOf({ view, sample }: FindingDetail, key?: string): Partial<Address> {
  return viewPlace(view, key ?? sample[0]?.key ?? null)
}
