import type { ReadableStore } from '../../store'
import type { Ledger } from './model'
import { People } from './people'
import { Places } from './places'
import { readRequests, type Names } from './read-requests'
import { readRoleChanges, readVisits } from './read-visits'

/** Reads all that is held about requests, a little at a time; good until anything in the store changes. */
export function* readLedger(store: ReadableStore): Generator<void, Ledger> {
  const names: Names = { people: new People(), places: new Places() }
  const requests = yield* readRequests(store, names)
  const connections = new Set(requests.map(({ connection }) => connection))
  const visits = yield* readVisits(store, names, connections)
  const roleChanges = requests.length === 0 ? [] : yield* readRoleChanges(store, names)
  return { requests, visits, roleChanges, visitsFrom: visits[0]?.from ?? null }
}
