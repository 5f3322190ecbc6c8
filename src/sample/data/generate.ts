import { busyness, HOUR, HOURS_BEFORE } from './calendar'
import { emptyFacts, type Facts } from './facts'
import { somethingHappens } from './habits'
import { foundOrganisation, type Organisation } from './organisation'
import type { Pen } from './pen'
import { mix, randomFrom } from './random'
import { routines, runRoutines, type Routine } from './services'
import { writeStories, type ToldStory } from '../stories'
import type { Plan } from '../options'

/** The organisation, what has happened in it, and the means to go on. */
export type Chronicle = {
  plan: Plan
  organisation: Organisation
  facts: Facts
  stories: ToldStory[]
  routines: Routine[]
  /** Hours from the first one, 90 days before the origin, that are written. */
  hours: number
  /** Events an hour of busyness 1 brings. */
  rate: number
  /** Share of an event that hours after the origin still owe. */
  owed: number
}

/** Writes exactly `events` records before the origin. */
export function chronicle(plan: Plan): Chronicle {
  const organisation = foundOrganisation(plan.seed, plan.machines)
  const facts = emptyFacts(plan.dialect, Math.ceil(plan.events * 1.6) + 4096)
  const pen = penFor({ plan, organisation, facts }, plan.origin)
  const stories = writeStories({ ...pen, space: 'story' }, plan)
  const events = stories.reduce((left, story) => left - story.events, plan.events)
  const told: Chronicle = {
    plan,
    organisation,
    facts,
    stories,
    routines: routines(pen, plan.events / 90),
    hours: 0,
    rate: 0,
    owed: 0,
  }
  const first = plan.origin - HOURS_BEFORE * HOUR
  let sum = 0
  for (let hour = 0; hour < HOURS_BEFORE; hour++) sum += busyness(plan.seed, first + hour * HOUR)
  told.rate = events / sum
  let busy = 0
  let written = 0
  for (let hour = 0; hour < HOURS_BEFORE; hour++) {
    busy += busyness(plan.seed, first + hour * HOUR)
    const last = hour === HOURS_BEFORE - 1
    written += writeHour(told, last ? events - written : enough(Math.round((busy / sum) * events) - written))
  }
  return told
}

/** Few events are saved up until they make a visit. */
function enough(room: number): number {
  return room < 12 ? 0 : room
}

function penFor({ plan, organisation, facts }: Pick<Chronicle, 'plan' | 'organisation' | 'facts'>, until: number): Pen {
  return { organisation, facts, random: randomFrom(mix(plan.seed, 200)), space: 'base', until, counted: 0 }
}

/** Writes the next hour with exactly `room` events, none if that is negative, and gives their number. */
function writeHour(told: Chronicle, room: number): number {
  const { plan } = told
  const start = plan.origin + (told.hours - HOURS_BEFORE) * HOUR
  const before = told.hours < HOURS_BEFORE
  const pen = penFor(told, before ? plan.origin : Infinity)
  pen.random = randomFrom(mix(plan.seed, 10_000 + told.hours))
  told.hours++
  runRoutines(pen, told.routines, { start, room })
  while (pen.counted < room) somethingHappens(pen, start, room - pen.counted)
  return pen.counted
}

/** Goes on living until the given time, in UTC milliseconds; gives the number of the first new fact. */
export function liveUntil(told: Chronicle, time: number): number {
  const first = told.facts.size
  for (;;) {
    const start = told.plan.origin + (told.hours - HOURS_BEFORE) * HOUR
    if (start > time) return first
    told.owed += told.rate * busyness(told.plan.seed, start)
    told.owed -= writeHour(told, enough(Math.floor(told.owed)))
  }
}
