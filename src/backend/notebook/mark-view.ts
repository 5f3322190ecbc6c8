import { BackendFault, type Subject } from '../../contract'
import { Turn, type ReadableStore, type StoreView } from '../store'
import type { MarkedEvent } from './operation'

/** Events that are read between two looks at the clock. */
const PIECE = 200

/**
 * The events of a view as they are held, read in slices; `written` is another with every change of marks, which the view may
 * be about. Throws `cancelled` where events keep coming or marks keep changing meanwhile.
 */
export async function eventsOf(store: ReadableStore, view: StoreView, written: () => number): Promise<MarkedEvent[]> {
  const turn = new Turn()
  const state = () => `${store.revision()} ${written()}`
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = state()
    const cursor = store.cursor(view)
    const events: MarkedEvent[] = []
    while (events.length < cursor.length && state() === before) {
      for (let left = Math.min(PIECE, cursor.length - events.length); left > 0; left--) {
        cursor.to(events.length)
        events.push([cursor.key(), cursor.rawSha256()])
      }
      if (turn.isOver()) await turn.next()
    }
    if (state() === before) return events
  }
  throw new BackendFault({ code: 'cancelled', message: 'Events kept arriving, or other marks were set, while these were read. Nothing was marked; try again when the import or sync has ended.' })
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
