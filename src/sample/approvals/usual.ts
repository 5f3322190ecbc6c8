import { ACCOUNTS } from '../accounts'
import { HOUR } from '../data/calendar'
import { below, mix, randomFrom } from '../data/random'
import type { World } from '../data/world'
import { refusalNote, requestNote } from './notes'
import { anyBut, hoursUpTo, isAtWork, isGuarded, isUsual, usualLatency, type Deciders, type Session } from './people'
import { endOf, SERIALS, type AccessRequest } from './request'

const MINUTE = 60_000
/** Guarded sessions have no request beyond so many events of the plan: lists of requests are not paged by time. */
const ALL_UP_TO = 300_000
/** Requests of one person in a smaller tenant: a few people decide there, and more would look like something. */
const MOST_ABROAD = 6

/** Requests that nobody planned: what people ask for before they work on a guarded machine, and what is refused to them. */
export class UsualRequests {
  readonly #world: World
  readonly #deciders: readonly Deciders[]
  readonly #abroad = new Map<number, number>()
  /** People and guarded machines of the first tenant. */
  readonly #staff: readonly number[]
  readonly #guarded: readonly number[]

  constructor(world: World, deciders: readonly Deciders[]) {
    this.#world = world
    this.#deciders = deciders
    const { people, machines } = world.organisation
    this.#staff = people.flatMap(({ tenant, service, role }, at) => (tenant === 0 && !service && role === 'user' && at > ACCOUNTS.length ? [at] : []))
    this.#guarded = machines.flatMap(({ tenant, removed }, at) => (tenant === 0 && removed === undefined && isGuarded(world, at) ? [at] : []))
  }

  /** The request before a session; asked for within the hour before it, so that it is known when it is asked for. */
  before(session: Session): AccessRequest | null {
    const { plan, organisation } = this.#world
    const tenant = organisation.machines[session.machine]?.tenant ?? 0
    if (!isUsual(this.#world, session) || !isGuarded(this.#world, session.machine)) return null
    const hash = mix(plan.seed ^ 0x9a17, session.serial)
    if (hash / 2 ** 32 > ALL_UP_TO / plan.events) return null
    if (tenant !== 0 && !this.#mayAbroad(session.user)) return null
    const random = randomFrom(hash)
    const by = anyBut(random, this.#deciders[tenant]?.pool ?? [], session.user)
    if (by === null) return null
    const at = session.start - MINUTE - random() * 12 * MINUTE
    const asked = at - usualLatency(random)
    const hours = hoursUpTo(session.end, at, below(random, 3) === 0 ? 1 : 0)
    const shared = { serial: session.serial, requester: session.user, machine: session.machine, note: requestNote(random), hours, asked }
    const request: AccessRequest = { ...shared, decided: { by, at, isApproved: true } }
    const revokedAt = session.end + 5 * MINUTE
    if (random() < 0.04 && revokedAt < (endOf(request) ?? 0)) request.revoked = { by, at: revokedAt }
    return request
  }

  /** What somebody asks for in an hour and does not get; null where nobody does. `hour` counts from 1970. */
  refusedIn(hour: number): AccessRequest | null {
    const { plan, organisation } = this.#world
    const random = randomFrom(mix(plan.seed ^ 0x4ef5, hour))
    const share = Math.min(0.3, 0.02 + 0.28 * (plan.events / 200_000))
    if (!isAtWork(hour * HOUR, 0) || random() > share || plan.events === 0) return null
    const requester = this.#staff[below(random, this.#staff.length)] as number
    const others = this.#guarded.filter((at) => !organisation.people[requester]?.machines.includes(at))
    const machine = others[below(random, others.length)]
    const by = anyBut(random, this.#deciders[0]?.pool ?? [], requester)
    if (machine === undefined || by === null) return null
    const asked = hour * HOUR + random() * 50 * MINUTE
    const shared = { serial: SERIALS.refused + hour, requester, machine, note: requestNote(random), hours: 1 + below(random, 8), asked }
    if (random() < 0.25) return shared
    return { ...shared, decided: { by, at: asked + usualLatency(random), isApproved: false, comment: refusalNote(random) } }
  }

  #mayAbroad(person: number): boolean {
    const before = this.#abroad.get(person) ?? 0
    this.#abroad.set(person, before + 1)
    return before < MOST_ABROAD
  }
}
