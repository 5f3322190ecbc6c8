import { HOUR, HOURS_BEFORE } from '../data/calendar'
import { TENANTS } from '../data/names'
import type { World } from '../data/world'
import { decidersOf } from './people'
import { plantRequests, type PlantedRequests } from './planted'
import type { AccessRequest } from './request'
import { UsualRequests } from './usual'

/** The requests for access of the organisation, as far as its sessions are written; made up when they are first asked for. */
export type RequestBook = {
  planted(): readonly PlantedRequests[]
  /** What was asked for by then, newest first. */
  upTo(now: number): AccessRequest[]
}

export function openRequestBook(world: World): RequestBook {
  let book: RequestBook | null = null
  const opened = () => (book ??= writeBook(world))
  return { planted: () => opened().planted(), upTo: (now) => opened().upTo(now) }
}

function writeBook(world: World): RequestBook {
  const deciders = TENANTS.map((_, tenant) => decidersOf(world, tenant))
  const usual = new UsualRequests(world, deciders)
  const { stories, taken } = plantRequests(world, deciders)
  const all = stories.flatMap(({ requests }) => requests)
  let isSorted = false
  let sessions = 0
  let hour = Math.floor(world.plan.origin / HOUR) - HOURS_BEFORE

  function add(request: AccessRequest | null): void {
    if (!request) return
    all.push(request)
    isSorted = false
  }

  /** Sessions are written ahead of the clock by an hour, and so is what is asked for before them. */
  function takeIn(now: number): void {
    const written = world.facts.sessions
    for (; sessions < written.length; sessions++) {
      const session = written[sessions]
      if (session && !taken.has(sessions)) add(usual.before({ ...session, place: sessions }))
    }
    for (; hour * HOUR <= now; hour++) add(usual.refusedIn(hour))
    if (!isSorted) all.sort((a, b) => b.asked - a.asked || b.serial - a.serial)
    isSorted = true
  }

  return {
    planted: () => stories,
    upTo(now) {
      takeIn(now)
      return all.filter(({ asked }) => asked <= now)
    },
  }
}
