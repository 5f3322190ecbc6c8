import { DAY, HOUR, localClock } from '../data/calendar'
import { TENANTS } from '../data/names'
import type { Session } from './people'
import type { Planter } from './planter'

/** Visits of two people: the second one's is a while after the first one's. */
export type Pair = { first: Session; second: Session }

/** Hours between the two, as few as there are such visits. */
export const PAIRS: readonly number[] = [7, 70, 160]
/** People who are looked at: those who are there most. */
const BUSIEST = 24
const SPAN = 28 * DAY
/** The second one asks when the first one has been let in. */
const GAP = 1.9 * HOUR

/** As many pairs of the same two people, of whom no story tells, within four weeks, each of the first one's visits once; none where there are fewer. */
export function pairUp(planter: Planter, within: number, count: number): Pair[] {
  const byPerson = new Map<number, Session[]>()
  for (const visit of planter.visits().filter(({ user }) => !planter.cast.has(user))) byPerson.set(visit.user, [...(byPerson.get(visit.user) ?? []), visit])
  const busiest = [...byPerson].toSorted(([a, first], [b, second]) => second.length - first.length || a - b).slice(0, BUSIEST)
  for (const [person, own] of busiest) {
    for (const [other, theirs] of busiest) {
      if (other === person) continue
      const pairs = pairsOf(own, theirs, within)
      for (const { first } of pairs) {
        const near = pairs.filter((pair) => pair.first.start >= first.start && pair.first.start < first.start + SPAN)
        const apart = near.filter((pair, at) => near.findIndex((one) => dayOf(one.first) === dayOf(pair.first) || one.second === pair.second) === at)
        if (apart.length >= count) return apart.slice(0, count)
      }
    }
  }
  return []
}

function pairsOf(own: readonly Session[], theirs: readonly Session[], within: number): Pair[] {
  const sorted = own.toSorted((a, b) => a.start - b.start)
  return sorted.flatMap((first) => {
    // Both ask in hours of work.
    if (localClock(first.start, TENANTS[0].zone).hour > 14) return []
    const second = theirs.find(({ start }) => start > first.start + GAP && start < first.start + within * HOUR)
    return second ? [{ first, second }] : []
  })
}

function dayOf({ start }: Session): number {
  return Math.floor(start / DAY)
}
