import type { Instant } from '../../../domain'
import type { Episode, Verdict } from '../correlate/episodes'
import { SAMPLE } from '../correlate/window'

/** Where an event stands, and when it was. */
export type Place = { time: Instant; at: number }

/** What a few events come to at the last of them. */
export function episodeOf(places: readonly Place[], values: readonly string[], verdict: Verdict): Episode {
  const rows = places.map(({ at }) => at)
  const [first, last] = [places[0]?.time ?? 0, places.at(-1)?.time ?? 0]
  return { ...verdict, values, start: first, crossed: last, end: last, events: rows.length, first: rows.slice(0, SAMPLE), last: rows.slice(-SAMPLE) }
}
