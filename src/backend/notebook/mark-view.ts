import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type Subject } from '../../contract'
import type { ReadableStore, StoreView } from '../store'
import type { MarkedEvent } from './operation'

/** Records read in one turn. */
const SLICE = 500

/** The events of a view as they are held, read in slices. Throws `cancelled` where events keep coming meanwhile. */
export async function eventsOf(store: ReadableStore, view: StoreView): Promise<MarkedEvent[]> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const revision = store.revision()
    const rows = store.length(view)
    const events: MarkedEvent[] = []
    while (events.length < rows && store.revision() === revision) {
      for (const { event, rawSha256 } of store.records(view, events.length, Math.min(SLICE, rows - events.length))) events.push([event.key, rawSha256])
      await nextTurn()
    }
    if (store.revision() === revision) return events
  }
  throw new BackendFault({ code: 'cancelled', message: 'Events kept arriving while their marks were set. Nothing was marked; try again when the import or sync has ended.' })
}

/** Events among subjects with the hash of their bytes, and the other subjects. */
export function split(store: ReadableStore, subjects: readonly Subject[]): { events: MarkedEvent[]; subjects: Subject[] } {
  const keys = new Set(subjects.flatMap((subject) => (subject.kind === 'event' ? [subject.key] : [])))
  return { events: Array.from(keys, (key) => [key, shaOf(store, key)]), subjects: subjects.filter(({ kind }) => kind !== 'event') }
}

/** Hex SHA-256 of an event's bytes as received; null where it is not held. */
export function shaOf(store: ReadableStore, key: string): string | null {
  return store.find(key)?.rawSha256 ?? null
}
