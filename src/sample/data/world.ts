import type { Plan } from '../options'
import { addFact, byTime, type Facts, isAudit, KINDS, LOG, NOBODY } from './facts'
import { TENANTS } from './names'
import { chronicle, liveUntil, type Chronicle } from './generate'
import { emptyShelf, putOn, takeOff, type Shelf } from './shelf'

/** A row of the audit about a request to this server. */
export type RequestRow = {
  username: string
  tenant: string
  userId: string
  action: string
  resourceType: string
  method: string
  endpoint: string
  body?: Record<string, unknown>
  status: number
  source: string
  agent: string
  address: string
}

type View = { shelf: Shelf; holds: (number: number) => boolean }

/** What the server holds at this moment of its clock. */
export type World = Chronicle & {
  audit: Shelf
  /** By number of machine. */
  logs: Shelf[]
  sessions: Shelf[]
  /** Filtered copies of the audit, by filter. */
  views: Map<string, View>
  /** Facts of the time to come, by time. */
  pending: number[]
  /** Rows whose fact has the kind `request`: `text` is the place here. */
  requests: RequestRow[]
  /** Whether a fact stands twice in its list. */
  twice: (number: number) => boolean
}

/** How a fault changes what is held before the first request. */
export type Prepare = {
  /** Moves times. */
  move?: (told: Chronicle, order: Uint32Array) => void
  twice?: (number: number) => boolean
}

const REQUEST = KINDS.indexOf('request')
const LOGIN_FAILED = KINDS.indexOf('login_failed')
const MAX_VIEWS = 24
const PULSE = 20_000
const PULSES = 30

export function openWorld(plan: Plan, { move, twice = () => false }: Prepare): World {
  const told = chronicle(plan)
  liveUntil(told, plan.now + 3_600_000)
  const { facts, organisation } = told
  if (move) move(told, byTime(facts, all(facts)))
  writePulses(told)
  const world: World = {
    ...told,
    audit: emptyShelf(),
    logs: organisation.machines.map(emptyShelf),
    sessions: organisation.machines.map(emptyShelf),
    views: new Map(),
    pending: Array.from(byTime(facts, all(facts))),
    requests: [],
    twice,
  }
  let due = 0
  for (; due < world.pending.length && timeOf(facts, world.pending[due]) <= plan.now; due++) {
    reveal(world, world.pending[due] as number)
  }
  world.pending = world.pending.slice(due)
  return world
}

function all(facts: Facts): Uint32Array {
  const numbers = new Uint32Array(facts.size)
  for (let number = 0; number < numbers.length; number++) numbers[number] = number
  return numbers
}

function timeOf(facts: Facts, number: number | undefined): number {
  return facts.time[number as number] as number
}

/** However small the organisation, something new can be seen every 20 seconds of the first ten minutes. */
function writePulses({ plan, facts, organisation, routines }: Chronicle): void {
  if (plan.events / 90 / 86_400 > 1000 / PULSE) return
  for (let pulse = 0; pulse < PULSES; pulse++) {
    const user = pulse % 3 === 0 ? (routines[0]?.user ?? 0) : 12 + ((pulse * 7) % (organisation.people.length - 12))
    const time = plan.origin + pulse * PULSE + 5000 + ((plan.seed * 977 + pulse * 3571) % 10_000)
    addFact(facts, { time, user, kind: pulse % 4 === 1 ? 'login' : 'token_refresh' }, 'pulse')
  }
}

/** Lets what has happened by the given time stand in the lists. */
export function advance(world: World, time: number): void {
  const first = liveUntil(world, time + 3_600_000)
  if (first < world.facts.size) {
    for (let number = first; number < world.facts.size; number++) world.pending.push(number)
    world.pending = Array.from(byTime(world.facts, Uint32Array.from(world.pending)))
  }
  let due = 0
  while (due < world.pending.length && timeOf(world.facts, world.pending[due]) <= time) due++
  for (const number of world.pending.splice(0, due)) reveal(world, number)
}

/** Puts a fact into the lists it belongs to. */
export function reveal(world: World, number: number): void {
  for (const shelf of shelvesOf(world, number)) {
    putOn(world.facts, shelf, number)
    if (world.twice(number)) putOn(world.facts, shelf, number)
  }
}

export function remove(world: World, number: number): void {
  for (const shelf of shelvesOf(world, number)) takeOff(world.facts, shelf, number)
}

function shelvesOf({ facts, audit, logs, sessions, views }: World, number: number): Shelf[] {
  if (isAudit(facts, number)) {
    return [audit, ...[...views.values()].flatMap(({ shelf, holds }) => (holds(number) ? [shelf] : []))]
  }
  const shelf = (facts.kind[number] === LOG ? logs : sessions)[facts.machine[number] as number]
  return shelf ? [shelf] : []
}

/** The audit rows that fit, kept for the next time that somebody asks for the same. */
export function auditView(world: World, name: string, holds: (number: number) => boolean): Shelf {
  const known = world.views.get(name)
  if (known) return known.shelf
  const shelf = emptyShelf()
  for (let at = 0; at < world.audit.size; at++) {
    const number = world.audit.items[at] as number
    if (holds(number)) putOn(world.facts, shelf, number)
  }
  if (world.views.size >= MAX_VIEWS) world.views.delete(world.views.keys().next().value as string)
  world.views.set(name, { shelf, holds })
  return shelf
}

/** Number of the tenant that a row of the audit names; -1 where nobody known did it, or where a sign-in failed. */
export function tenantOf({ facts, organisation, requests }: World, number: number): number {
  if (facts.kind[number] === REQUEST) {
    const { tenant } = requests[facts.text[number] as number] as RequestRow
    return TENANTS.findIndex(({ id }) => id === tenant)
  }
  const user = facts.user[number] as number
  if (user === NOBODY || (facts.dialect === 'server' && facts.kind[number] === LOGIN_FAILED)) return -1
  return organisation.people[user]?.tenant ?? -1
}

/** Writes a row about a request, at once. */
export function noteRequest(world: World, time: number, row: RequestRow): void {
  const text = world.requests.push(row) - 1
  const user = world.organisation.byName.get(row.username) ?? NOBODY
  reveal(world, addFact(world.facts, { time, kind: 'request', user, text }, 'request'))
}
