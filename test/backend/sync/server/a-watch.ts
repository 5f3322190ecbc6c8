import type { WritableStore } from '../../../../src/backend/store'
import type { CoverageRange } from '../../../../src/domain'
import { EVERYTHING, nameOf, recordName, type Synced } from './a-sync'

/** Requests that may be on their way while a page is stored. */
const UNDER_WAY = 12

export type Watch = {
  wrongs: string[]
  looks: number
  /** Looks at a store after each of its writes. */
  attach(store: WritableStore): void
  /** A sync begins. */
  begin(): void
}

type Listed = { stream: string; time: number; since: number }

/**
 * Looks at the ledger after every write. Wrong is what stands as complete and lacks a record that the server has listed
 * since before the sync that closed the range began; and a record that is said to be gone while the server lists it.
 */
export function watching({ sample, token }: Pick<Synced, 'sample' | 'token'>, every = 1): Watch {
  const listed = new Map<string, Listed>()
  const closed = new Map<string, number>()
  const watch: Watch = { wrongs: [], looks: 0, attach, begin: () => void (began = asked()) }
  const asked = () => sample.requests().length
  let began = 0
  let writes = 0

  function look(store: WritableStore): void {
    const now = asked()
    const names = new Set<string>()
    for (const { stream, machine, id, time } of sample.lists(token)) {
      const list = nameOf(stream, machine)
      const name = `${list}:${id}`
      names.add(name)
      if (!listed.has(name)) listed.set(name, { stream: list, time, since: now })
    }
    for (const name of listed.keys()) if (!names.has(name)) listed.delete(name)
    const here = new Set<string>()
    for (const { event, vanished } of store.records(EVERYTHING, 0, store.length(EVERYTHING))) {
      const name = recordName(event.key)
      if (vanished === undefined) here.add(name)
      else if ((listed.get(name)?.since ?? now) < now - UNDER_WAY) watch.wrongs.push(`${name} is there and called gone`)
    }
    lookAtLedger(store.ledger(null), here, now)
    watch.looks++
  }

  function lookAtLedger(ledger: Omit<CoverageRange, 'held'>[], here: Set<string>, now: number): void {
    const complete = ledger.filter(({ state }) => state === 'complete')
    for (const [name, { stream, time, since }] of listed) {
      if (here.has(name)) {
        closed.delete(name)
        continue
      }
      const isComplete = complete.some((range) => range.stream === stream && range.from <= time && time < range.to)
      if (!isComplete) closed.delete(name)
      else if (!closed.has(name)) closed.set(name, Math.min(began, now - UNDER_WAY))
      const limit = closed.get(name)
      if (limit !== undefined && since < limit) {
        watch.wrongs.push(`${name} is not held in what is called complete (listed since ${since}, sync began ${began}, now ${now})`)
        closed.set(name, -1)
      }
    }
  }

  function attach(store: WritableStore): void {
    const { appendSoon, note } = store
    const lookNow = () => {
      if (++writes % every === 0) look(store)
    }
    const open: Pick<WritableStore, 'appendSoon' | 'note'> = {
      appendSoon: (...args) => {
        const { appended, durable } = appendSoon.apply(store, args)
        return { appended, durable: durable.then(lookNow) }
      },
      note: (...args) => {
        note.apply(store, args)
        lookNow()
      },
    }
    Object.assign(store, open)
  }
  return watch
}
