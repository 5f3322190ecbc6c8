import { DAY } from '../data/calendar'
import type { Organisation } from '../data/organisation'
import { below, randomFrom, type Random } from '../data/random'
import type { World } from '../data/world'
import { requestNote } from './notes'
import { hoursUpTo, usualLatency, type Deciders, type Session } from './people'
import { SERIALS, type AccessRequest } from './request'

const MINUTE = 60_000
/** Decisions of one person on one day that nobody would look at twice. */
const MOST_A_DAY = 3
/** Serial numbers of one story. */
const ROOM = 0x1000

/** Something about requests that a person can find, or that only looks like it. */
export type PlantedStory = {
  name: string
  title: string
  description: string
  /** The harmless one names the story that it resembles. */
  looksLike?: string
  plant(planter: Planter): void
}

type Ground = {
  world: World
  deciders: readonly Deciders[]
  /** Usual visits before the origin, oldest first. */
  sessions: readonly Session[]
  taken: Set<number>
  /** Decisions of the stories by person and day. */
  decided: Map<string, number>
  /** People who have a part in a story, or whose part is not that of a requester. */
  cast: Set<number>
  number: number
  seed: number
}

type Asked = Omit<AccessRequest, 'serial' | 'note'> & { note?: string }
type Before = { by: number; latency?: number; hours?: number }

/** Plants the requests of one story. */
export class Planter {
  readonly requests: AccessRequest[] = []
  readonly sessions: number[] = []
  readonly random: Random
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
    this.random = randomFrom(ground.seed)
  }

  get world(): World {
    return this.#ground.world
  }

  get organisation(): Organisation {
    return this.world.organisation
  }

  get origin(): number {
    return this.world.plan.origin
  }

  get cast(): Set<number> {
    return this.#ground.cast
  }

  /** 1 from 200,000 events on, smaller with fewer. */
  get scale(): number {
    return Math.min(1, this.world.plan.events / 200_000)
  }

  deciders(tenant = 0): Deciders {
    return this.#ground.deciders[tenant] ?? { pool: [], stamper: -1, quick: -1, lead: -1 }
  }

  /** Visits of a tenant that no story has, in no order. */
  visits(tenant = 0): Session[] {
    const { machines } = this.organisation
    const own = this.#ground.sessions.filter(({ machine, place }) => machines[machine]?.tenant === tenant && !this.#ground.taken.has(place))
    const order = own.map((session) => ({ session, at: this.random() }))
    return order.toSorted((a, b) => a.at - b.at).map(({ session }) => session)
  }

  /** No other request is made for it, and it belongs to the story. */
  take(session: Session): void {
    this.#ground.taken.add(session.place)
    this.sessions.push(session.place)
  }

  ask(asked: Asked): AccessRequest {
    const serial = SERIALS.planted + this.#ground.number * ROOM + this.requests.length
    const request: AccessRequest = { serial, note: requestNote(this.random), ...asked }
    this.requests.push(request)
    return request
  }

  /** Somebody asks to be let in for a visit, and is a while before it. */
  askFor(session: Session, { by, latency = usualLatency(this.random), hours }: Before): AccessRequest {
    this.take(session)
    const at = session.start - MINUTE - this.random() * 10 * MINUTE
    const { user: requester, machine, end } = session
    return this.ask({ requester, machine, hours: hours ?? hoursUpTo(end, at, 0), asked: at - latency, decided: { by, at, isApproved: true } })
  }

  /** Whether somebody may decide once more on the day, not to stand out by that alone; counts it if so. */
  mayDecide(by: number, time: number): boolean {
    const name = `${by} ${Math.floor(time / DAY)}`
    const count = this.#ground.decided.get(name) ?? 0
    if (count >= MOST_A_DAY) return false
    this.#ground.decided.set(name, count + 1)
    return true
  }

  /** Visits for decisions of one person, spread over many people and days. */
  spread(by: number, count: number): Session[] {
    const perPerson = new Map<number, number>()
    const found: Session[] = []
    for (const session of this.visits()) {
      if (found.length >= count) break
      const before = perPerson.get(session.user) ?? 0
      if (session.user === by || before >= 3 || !this.mayDecide(by, session.start)) continue
      perPerson.set(session.user, before + 1)
      found.push(session)
    }
    return found
  }

  pick<T>(all: readonly T[]): T {
    return all[below(this.random, all.length)] as T
  }
}
