import type { Instant, TimeRange } from '../../../domain'
import { isDecided, latencyOf, type Decided, type Ledger, type Request } from './model'
import { localTimes, type LocalTime } from './local-time'
import type { Uses } from './uses'

const DAY = 86_400_000

/** Fewest decisions that statistics need. */
export const LEAST = 20
/** Decisions before the window that it is compared with. */
const BASELINE_DAYS = 90
/** Whoever decides more than so many, and more than such a share of them faster than that, is a robot. */
const ROBOT = { decisions: 200, share: 0.95, ms: 5000 }

export type Robot = { name: string; n: number; reason: string }

/** What one look at requests is about. */
export type Population = {
  range: TimeRange
  now: Instant
  /** Requests of the range, by the time they were made. */
  window: readonly Request[]
  /** Decisions of people on them; those on requests of the 90 days before; and all that are held up to the end of the range. */
  decided: readonly Decided[]
  before: readonly Decided[]
  history: readonly Decided[]
  /** The same by organisation, and in it by the kind of request. */
  orgs: ReadonlyMap<string, Org>
  /** By key of a person. */
  robots: ReadonlyMap<string, Robot>
  localTime: (at: Instant) => LocalTime
  isProduction: (machine: string) => boolean
  uses: Uses
  ledger: Ledger
}

export type Org = {
  /** Connection and tenant. */
  id: string
  connection: string
  tenant: string
  decided: Decided[]
  before: Decided[]
  history: Decided[]
  /** By the key of who decided: of the range, and all. */
  decidedBy: Map<string, Decided[]>
  historyBy: Map<string, Decided[]>
}

export type Look = {
  range: TimeRange
  now: Instant
  zone: string
  isProduction: (machine: string) => boolean
}

export function* populationOf(ledger: Ledger, uses: Uses, { range, now, zone, isProduction }: Look): Generator<void, Population> {
  const history: Decided[] = []
  const window: Request[] = []
  for (const [at, request] of ledger.requests.entries()) {
    if (at % 2048 === 0) yield
    if (request.asked >= range.to) break
    if (request.asked >= range.from) window.push(request)
    if (isDecided(request)) history.push(request)
  }
  yield
  const robots = yield* robotsOf(history)
  yield
  const people = robots.size === 0 ? history : history.filter(({ decision }) => !robots.has(decision.by.key))
  const localTime = localTimes(zone)
  const orgs = new Map<string, Org>()
  const decided: Decided[] = []
  const before: Decided[] = []
  for (const [at, one] of people.entries()) {
    if (at % 256 === 0) yield
    // Asked for now, in small portions, so that it is known later.
    if (one.decision.at !== null) localTime(one.decision.at)
    localTime(one.asked)
    const org = orgOf(orgs, one)
    org.history.push(one)
    push(org.historyBy, approverOf(one), one)
    if (one.asked >= range.from) {
      org.decided.push(one)
      push(org.decidedBy, approverOf(one), one)
      decided.push(one)
    } else if (one.asked >= range.from - BASELINE_DAYS * DAY) {
      org.before.push(one)
      before.push(one)
    }
  }
  return { range, now, window, decided, before, history: people, orgs, robots, localTime, isProduction, uses, ledger }
}

function orgOf(orgs: Map<string, Org>, { org: id, connection }: Request): Org {
  const known = orgs.get(id)
  if (known) return known
  const org: Org = { id, connection, tenant: id.slice(connection.length + 1), decided: [], before: [], history: [], decidedBy: new Map(), historyBy: new Map() }
  orgs.set(id, org)
  return org
}

function* robotsOf(decided: readonly Decided[]): Generator<void, Map<string, Robot>> {
  const counts = new Map<string, { name: string; n: number; fast: number }>()
  for (const [at, one] of decided.entries()) {
    if (at % 1024 === 0) yield
    const { key, name } = one.decision.by
    const count = counts.get(key) ?? { name, n: 0, fast: 0 }
    counts.set(key, count)
    count.n++
    const latency = latencyOf(one)
    if (latency !== null && latency < ROBOT.ms) count.fast++
  }
  const robots = new Map<string, Robot>()
  for (const [key, { name, n, fast }] of counts) {
    if (n <= ROBOT.decisions || fast <= ROBOT.share * n) continue
    robots.set(key, { name, n, reason: `${fast} of ${n} decisions within 5 s of the request` })
  }
  return robots
}

/** What the window is compared with: decisions before it, or where these are too few those of the window itself. */
export function comparison({ decided, before }: Pick<Org, 'decided' | 'before'>): { all: readonly Decided[]; isBefore: boolean } {
  return before.length >= LEAST ? { all: before, isBefore: true } : { all: decided, isBefore: false }
}

export function grouped<T>(all: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) push(groups, keyOf(one), one)
  return groups
}

/** The same of very many, a little at a time. */
export function* groupedSlowly<T>(all: readonly T[], keyOf: (one: T) => string | null): Generator<void, Map<string, T[]>> {
  const groups = new Map<string, T[]>()
  for (const [at, one] of all.entries()) {
    if (at % 1024 === 0) yield
    const key = keyOf(one)
    if (key !== null) push(groups, key, one)
  }
  return groups
}

function push<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key)
  if (group) group.push(one)
  else groups.set(key, [one])
}

export const approverOf = ({ decision }: Decided) => decision.by.key
export const requesterOf = ({ requester }: Decided) => requester.key
/** When it was decided, else when it was asked for. */
export const momentOf = ({ decision, asked }: Request) => decision?.at ?? asked
