import type { ReadableStore, StoreView } from '../store'
import { FIELD_COLUMNS } from './field-columns'

const EVERYTHING: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true }

/** Of every machine that something held names. */
export function machineNames(store: ReadableStore): string[] {
  return store.tally(EVERYTHING, FIELD_COLUMNS.machine).values.flatMap(({ value }) => value ?? [])
}
