import { ACCOUNTS } from '../accounts'
import { NAMED } from '../data/organisation'
import { mix } from '../data/random'
import type { World } from '../data/world'
import { HARMLESS } from './harmless'
import { isUsual, type Deciders } from './people'
import { Planter, type PlantedStory } from './planter'
import { UNUSUAL } from './unusual'
import type { AccessRequest } from './request'

/** A story as it was planted. */
export type PlantedRequests = {
  story: PlantedStory
  requests: AccessRequest[]
  /** Places of the sessions that belong to it. */
  sessions: number[]
}

const STORIES: readonly PlantedStory[] = [...UNUSUAL, ...HARMLESS]

/** With fewer events there is no room for stories. */
const FEWEST_EVENTS = 800
/** Sessions that stories are planted among; of more, some. */
const MOST_SESSIONS = 6000

/** Plants the stories among sessions before the origin; those that are taken get no other request. */
export function plantRequests(world: World, deciders: readonly Deciders[]): { stories: PlantedRequests[]; taken: Set<number> } {
  const taken = new Set<number>()
  if (world.plan.events < FEWEST_EVENTS) return { stories: [], taken }
  const all = world.facts.sessions.flatMap((session, place) => (session.end < world.plan.origin && isUsual(world, { ...session, place }) ? [{ ...session, place }] : []))
  all.sort((a, b) => a.start - b.start || a.serial - b.serial)
  const apart = Math.ceil(all.length / MOST_SESSIONS)
  const sessions = apart > 1 ? all.filter((_, at) => at % apart === 0) : all
  const { stamper, quick } = deciders[0] ?? {}
  const cast = new Set([stamper ?? -1, quick ?? -1, ...[...ACCOUNTS, ...NAMED].map(({ username }) => world.organisation.byName.get(username) ?? -1)])
  const decided = new Map<string, number>()
  const stories = STORIES.flatMap((story, number) => {
    const planter = new Planter({ world, deciders, sessions, taken, decided, cast, number, seed: mix(world.plan.seed, 900 + number) })
    story.plant(planter)
    const { requests } = planter
    return requests.length === 0 ? [] : [{ story, requests, sessions: planter.sessions }]
  })
  return { stories, taken }
}
