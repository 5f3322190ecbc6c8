import { DAY, HOUR, localClock } from '../data/calendar'
import { TENANTS } from '../data/names'
import { below } from '../data/random'
import { refusalNote } from './notes'
import { anyBut, hoursUpTo, isAtWork, isGuarded, lastCommand, usualLatency, type Session } from './people'
import type { Planter, PlantedStory } from './planter'
import { PAIRS, pairUp } from './pairs'

const MINUTE = 60_000

const SELF_APPROVAL: PlantedStory = {
  name: 'self-approval',
  title: 'Somebody lets himself in',
  description: 'Three requests for access were approved by the very person who made them.',
  plant(planter) {
    const { people, machines } = planter.organisation
    const visits = planter.visits().filter(({ user }) => !planter.cast.has(user))
    const isRuling = ({ user, machine }: Session) => people[user]?.role === 'company_admin' || machines[machine]?.owner === user
    const [first] = [...visits.filter(isRuling), ...visits]
    const own = first ? [first, ...visits.filter((visit) => visit.user === first.user && visit !== first)] : []
    if (first) planter.cast.add(first.user)
    for (const visit of own.slice(0, 3)) planter.askFor(visit, { by: visit.user })
  },
}

const RUBBER_STAMP: PlantedStory = {
  name: 'rubber-stamp',
  title: 'An approver who does not read',
  description: 'One administrator approves everything, nine of ten requests within 25 seconds, and never says no.',
  plant(planter) {
    const by = planter.deciders().stamper
    for (const [at, visit] of planter.spread(by, Math.round(24 + 18 * planter.scale)).entries()) {
      planter.askFor(visit, { by, latency: at % 10 === 4 ? (120 + 240 * planter.random()) * 1000 : 2500 + planter.random() * 21_000 })
    }
  },
}

const RECIPROCAL: PlantedStory = {
  name: 'reciprocal-pair',
  title: 'Two who let each other in',
  description: 'Three times within four weeks two colleagues ask for access on the same day and approve each other.',
  plant(planter) {
    const pairs = PAIRS.flatMap((within) => pairUp(planter, within, 3)).slice(0, 3)
    const [pair] = pairs
    if (!pair || pairs.length < 3) return
    planter.cast.add(pair.first.user).add(pair.second.user)
    for (const { first, second } of pairs) {
      const earlier = planter.askFor(first, { by: second.user })
      planter.take(second)
      const asked = earlier.asked + 70 * MINUTE
      const at = asked + usualLatency(planter.random)
      const hours = hoursUpTo(second.end, at, 0)
      planter.ask({ requester: second.user, machine: second.machine, hours, asked, decided: { by: first.user, at, isApproved: true } })
    }
  },
}

const SCOPE_MISUSE: PlantedStory = {
  name: 'scope-misuse',
  title: 'Access is used for more than it was given for',
  description:
    'One session goes on after its grant has ended, with commands. One person was let in to a machine, does not go there, ' +
    'and works on another one that needs a grant too.',
  plant(planter) {
    const { random } = planter
    const visits = planter.visits()
    const long = visits.find((visit) => lastCommand(planter.world, visit) > visit.start + 4 * MINUTE)
    const pool = planter.deciders().pool
    if (long) {
      planter.take(long)
      const at = long.start - 58 * MINUTE
      const by = anyBut(random, pool, long.user) ?? -1
      planter.ask({ requester: long.user, machine: long.machine, hours: 1, asked: at - usualLatency(random), decided: { by, at, isApproved: true } })
    }
    const elsewhere = visits.find((visit) => visit !== long && isGuarded(planter.world, visit.machine) && otherMachine(planter, visit) !== null)
    const machine = elsewhere && otherMachine(planter, elsewhere)
    if (!elsewhere || machine === undefined || machine === null) return
    planter.take(elsewhere)
    const at = elsewhere.start - 10 * MINUTE
    const by = anyBut(random, pool, elsewhere.user) ?? -1
    const hours = hoursUpTo(elsewhere.end, at, 0)
    planter.ask({ requester: elsewhere.user, machine, hours, asked: at - usualLatency(random), decided: { by, at, isApproved: true } })
  },
}

/** A guarded machine of the tenant that the person is never seen on. */
function otherMachine(planter: Planter, { user, machine }: Session): number | null {
  const { machines } = planter.organisation
  const tenant = machines[machine]?.tenant
  const found = machines.findIndex((other, at) => {
    if (other.tenant !== tenant || other.removed !== undefined || at === machine || !isGuarded(planter.world, at)) return false
    return !wasOn(planter, user, at)
  })
  return found < 0 ? null : found
}

function wasOn({ world, origin }: Planter, user: number, machine: number): boolean {
  return world.facts.sessions.some((session) => session.user === user && session.machine === machine && session.start < origin)
}

const NEVER_USED: PlantedStory = {
  name: 'never-used',
  title: 'Access that nobody needed',
  description: 'ext.kolar, a contractor, is let in to six machines over two months, once without end, and goes to none of them.',
  plant(planter) {
    const { byName, machines } = planter.organisation
    const requester = byName.get('ext.kolar') ?? -1
    const unseen = machines.flatMap(({ tenant, removed }, at) =>
      tenant === 0 && removed === undefined && isGuarded(planter.world, at) && !wasOn(planter, requester, at) ? [at] : [],
    )
    for (let number = 0; number < Math.min(6, unseen.length); number++) {
      const asked = workday(planter, planter.origin - (68 - number * 10) * DAY)
      const by = planter.pick(planter.deciders().pool)
      const hours = [24, 72, 48, 0, 120, 24][number] as number
      planter.ask({ requester, machine: unseen[number] as number, hours, asked, decided: { by, at: asked + usualLatency(planter.random), isApproved: true } })
    }
  },
}

/** Ten in the morning or so, local, on the working day at or before a time. */
function workday(planter: Planter, time: number): number {
  const { hour } = localClock(time, TENANTS[0].zone)
  const morning = Math.floor(time / HOUR) * HOUR + (10 - hour) * HOUR + below(planter.random, 100) * MINUTE
  for (let days = 0; days < 7; days++) if (isAtWork(morning - days * DAY, 0)) return morning - days * DAY
  return morning
}

const SHOPPING: PlantedStory = {
  name: 'approver-shopping',
  title: 'Asked again until somebody says yes',
  description: 'Twice a request is rejected, and hours later another administrator approves the same.',
  plant: (planter) => askTwice(planter, 2, false),
}

/** A request is rejected and made again a few hours later. */
export function askTwice(planter: Planter, times: number, isSame: boolean): void {
  const { random } = planter
  const afternoon = ({ start }: Session) => localClock(start, TENANTS[0].zone).hour >= 14
  const visits = planter.visits().filter((visit) => afternoon(visit) && isGuarded(planter.world, visit.machine))
  const any = planter.visits().filter(afternoon)
  for (const visit of [...visits, ...any].filter((one, at, all) => all.indexOf(one) === at).slice(0, times)) {
    const first = anyBut(random, planter.deciders().pool, visit.user) ?? -1
    const others = planter.deciders().pool.filter((at) => at !== first)
    const by = isSame ? first : (anyBut(random, others, visit.user) ?? -1)
    const granted = planter.askFor(visit, { by })
    const { requester, machine, hours } = granted
    const asked = granted.asked - (3 + random()) * HOUR
    const decided = { by: first, at: asked + usualLatency(random), isApproved: false, comment: refusalNote(random) }
    planter.ask({ requester, machine, hours, asked, note: isSame ? 'Look into it' : granted.note, decided })
  }
}

/** What somebody who looks for it should find. */
export const UNUSUAL: readonly PlantedStory[] = [SELF_APPROVAL, SCOPE_MISUSE, RECIPROCAL, SHOPPING, NEVER_USED, RUBBER_STAMP]
