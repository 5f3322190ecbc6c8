import type { TimeRange } from '../../domain'
import type { Cache } from './cache'
import type { DriftCount } from './door'

export type Place = { connection: string; stream: string }

/** Newest states of the records of a stream that its server still gives, ascending in time. */
export function heldRows(cache: Cache, place: Place, range: TimeRange): Uint32Array {
  const given = givenTest(cache, place.connection)
  return cache.streams.in(place.stream, range).filter((row) => given(row))
}

/** The first of them. */
export function oldestHeld(cache: Cache, place: Place): number | undefined {
  const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  return cache.streams.in(place.stream, everything).find(givenTest(cache, place.connection))
}

function givenTest(cache: Cache, connection: string): (row: number) => boolean {
  const holder = cache.holders.find(connection, false)
  if (!holder) return () => false
  const { index, facts } = cache
  return (row) => !index.isEarlier(row) && cache.isKnownTo(row, holder.id) && !facts.isVanished(row, holder.id)
}

/** Drift of each server, those without any too. */
export function countDrift(cache: Cache): DriftCount[] {
  const { facts, index, holders } = cache
  const counts = new Map<number, DriftCount>()
  for (const { id, name, origin } of holders.list()) {
    if (origin === 'server') counts.set(id, { connection: name, changed: 0, late: 0, vanished: 0 })
  }
  const add = (ids: Iterable<number>, what: 'changed' | 'late' | 'vanished') => {
    for (const id of ids) {
      const count = counts.get(id)
      if (count) count[what]++
    }
  }
  for (const [newer] of facts.pairs()) if (!index.isEarlier(newer)) add(cache.holderIds(newer), 'changed')
  for (const row of facts.late.keys()) if (!index.isEarlier(row)) add(cache.holderIds(row), 'late')
  for (const [row, by] of facts.vanished) if (!index.isEarlier(row)) add(by.keys(), 'vanished')
  return [...counts.values()]
}
