import { ACCOUNTS } from '../accounts'
import { HOUR, localClock } from '../data/calendar'
import { LOG, SERIALS } from '../data/facts'
import { TENANTS } from '../data/names'
import { NAMED } from '../data/organisation'
import { below, type Random } from '../data/random'
import type { World } from '../data/world'

const MINUTE = 60_000
/** Hours of work, local. What is asked for before a session is asked for in them too. */
const [OPENS, CLOSES] = [9, 17]

export type Session = World['facts']['sessions'][number] & { place: number }

/** Who decides for whom in one tenant. */
export type Deciders = {
  /** Those who decide what comes along. */
  pool: number[]
  /** Decides within seconds, whatever it is. */
  stamper: number
  /** Is quick, and reads what is asked. */
  quick: number
  /** Has a large team; one of the pool. */
  lead: number
}

/** The administrators of a tenant; in the first some have a part of their own. */
export function decidersOf({ organisation }: World, tenant: number): Deciders {
  const { people, byName } = organisation
  const admins = people.flatMap((person, at) => (person.tenant === tenant && person.role === 'company_admin' ? [at] : []))
  const lead = byName.get('piet.anders') ?? -1
  if (tenant !== 0) return { pool: admins, stamper: -1, quick: -1, lead: -1 }
  const [stamper = -1, quick = -1] = admins.filter((at) => at >= ACCOUNTS.length + NAMED.length).toReversed()
  return { pool: admins.filter((at) => at !== stamper && at !== quick), stamper, quick, lead }
}

/** One of several, unless it is that person. */
export function anyBut(random: Random, all: readonly number[], person: number): number | null {
  const others = all.filter((at) => at !== person)
  return others[below(random, others.length)] ?? null
}

/** Whether people of the tenant are at work. */
export function isAtWork(time: number, tenant: number): boolean {
  const { hour, weekday } = localClock(time, TENANTS[tenant]?.zone ?? 0)
  return weekday > 0 && weekday < 6 && hour >= OPENS && hour < CLOSES
}

/** A visit of a person of the organisation to a machine that is still there, in hours of work, that is no story's. */
export function isUsual({ organisation }: World, { serial, user, machine, start }: Session): boolean {
  const [person, place] = [organisation.people[user], organisation.machines[machine]]
  if (!person || !place || person.service || place.removed !== undefined) return false
  return serial < SERIALS.story && isAtWork(start, place.tenant)
}

/** Nobody works on these without being let in for the time. */
export function isGuarded({ organisation }: World, machine: number): boolean {
  const role = organisation.machines[machine]?.role
  return role === 'db' || role === 'files'
}

/** Time of the last command of a session. */
export function lastCommand({ facts }: World, { first, place, start }: Session): number {
  let last = start
  for (let number = first; facts.session[number] === place + 1; number++) {
    if (facts.kind[number] === LOG) last = Math.max(last, facts.time[number] as number)
  }
  return last
}

/** Milliseconds that people take to decide: about six minutes, seldom less than two, never more than forty. */
export function usualLatency(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.min(40 * MINUTE, Math.max(70_000, 6 * MINUTE * Math.exp(0.8 * normal)))
}

/** Whole hours that reach from a decision to beyond the end of a session. */
export function hoursUpTo(end: number, decided: number, more: number): number {
  const needed = Math.ceil((end + MINUTE - decided) / HOUR)
  return [1, 2, 4, 8, 24, 72, 168].filter((hours) => hours >= needed)[more] ?? Math.max(needed, 168)
}
