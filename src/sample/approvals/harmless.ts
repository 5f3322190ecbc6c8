import { HOUR } from '../data/calendar'
import { TENANTS } from '../data/names'
import { isGuarded, usualLatency } from './people'
import { refusalNote } from './notes'
import { pairUp, PAIRS } from './pairs'
import type { Planter, PlantedStory } from './planter'
import { askTwice } from './unusual'

const MINUTE = 60_000

const QUICK: PlantedStory = {
  name: 'quick-but-varied',
  title: 'An approver who is quick and reads',
  description: 'One administrator answers in a minute or so, says no to one request in eight, and takes her time over some.',
  looksLike: 'rubber-stamp',
  plant(planter) {
    const by = planter.deciders().quick
    for (const [at, visit] of planter.spread(by, Math.round(18 + 20 * planter.scale)).entries()) {
      const latency = at % 6 === 5 ? (5 + 8 * planter.random()) * MINUTE : (36 + 70 * planter.random()) * 1000
      if (at % 8 === 3) refuse(planter, { by, requester: visit.user, asked: visit.start - 30 * MINUTE, latency })
      else planter.askFor(visit, { by, latency })
    }
  },
}

const TEAM_LEAD: PlantedStory = {
  name: 'team-lead',
  title: 'A lead with a large team',
  description: 'piet.anders decides a good many requests, of many people, at the pace of everybody, and rejects his share.',
  looksLike: 'rubber-stamp',
  plant(planter) {
    const by = planter.deciders().lead
    for (const [at, visit] of planter.spread(by, Math.round(30 + 36 * planter.scale)).entries()) {
      const latency = usualLatency(planter.random)
      if (at % 11 === 5) refuse(planter, { by, requester: visit.user, asked: visit.start - 45 * MINUTE, latency })
      else planter.askFor(visit, { by, latency })
    }
  },
}

type Refused = { by: number; requester: number; asked: number; latency: number }

/** Somebody asks for a machine that he never works on, and does not get it. */
function refuse(planter: Planter, { by, requester, asked, latency }: Refused): void {
  const { machines, people } = planter.organisation
  const others = machines.flatMap(({ tenant, removed }, at) => (tenant === 0 && removed === undefined && isGuarded(planter.world, at) && !people[requester]?.machines.includes(at) ? [at] : []))
  if (others.length === 0) return
  const decided = { by, at: asked + latency, isApproved: false, comment: refusalNote(planter.random) }
  planter.ask({ requester, machine: planter.pick(others), hours: 2, asked, decided })
}

const ONCE: PlantedStory = {
  name: 'each-other-once',
  title: 'Two who let each other in, once',
  description: 'Two colleagues approve each other within a week, and never again.',
  looksLike: 'reciprocal-pair',
  plant(planter) {
    const [pair] = PAIRS.flatMap((within) => pairUp(planter, within, 1))
    if (!pair) return
    const { first, second } = pair
    planter.cast.add(first.user).add(second.user)
    planter.askFor(first, { by: second.user })
    planter.askFor(second, { by: first.user })
  },
}

const NIGHT_SHIFT: PlantedStory = {
  name: 'night-shift',
  title: 'Decisions at night that are made by day',
  description: 'Administrators of Kestrel, eight hours ahead, decide in the hours of work of their own zone.',
  looksLike: 'rubber-stamp',
  plant(planter) {
    const tenant = TENANTS.length - 1
    const { pool } = planter.deciders(tenant)
    const seen = new Map<number, number>()
    for (const visit of planter.visits(tenant)) {
      const by = pool.find((at) => at !== visit.user)
      const before = seen.get(visit.user) ?? 0
      if (planter.requests.length >= 10 || by === undefined || before >= 2 || !planter.mayDecide(by, visit.start)) continue
      seen.set(visit.user, before + 1)
      planter.askFor(visit, { by })
    }
  },
}

const ASKED_BETTER: PlantedStory = {
  name: 'asked-better',
  title: 'Asked again with the ticket',
  description: 'A request is rejected for want of a ticket, and the same administrator approves it when it is named.',
  looksLike: 'approver-shopping',
  plant: (planter) => askTwice(planter, 1, true),
}

const FRESH_GRANT: PlantedStory = {
  name: 'fresh-grant',
  title: 'Access that was just given',
  description: 'tess.moreau was let in twenty minutes ago and has not come yet; another request of hers waits.',
  looksLike: 'never-used',
  plant(planter) {
    const { byName, machines } = planter.organisation
    const requester = byName.get('tess.moreau') ?? -1
    const [first, second] = machines.flatMap(({ name, removed }, at) => (['web-01', 'app-03', 'db-04', 'web-02'].includes(name) && removed === undefined ? [at] : []))
    if (first === undefined) return
    const at = planter.origin - 20 * MINUTE
    const [by = -1] = planter.deciders().pool
    planter.ask({ requester, machine: first, hours: 8, asked: at - 7 * MINUTE, decided: { by, at, isApproved: true } })
    planter.ask({ requester, machine: second ?? first, hours: 2, asked: planter.origin - 2 * HOUR })
  },
}

/** What only looks like it. */
export const HARMLESS: readonly PlantedStory[] = [ONCE, ASKED_BETTER, FRESH_GRANT, NIGHT_SHIFT, QUICK, TEAM_LEAD]
