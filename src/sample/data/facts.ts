import type { Dialect } from '../options'

/** Up to `request` these are rows of the audit list; documented dialect's names. */
export const KINDS = [
  'login',
  'login_failed',
  'logout',
  'signup',
  'token_refresh',
  'machine_access',
  'command_executed',
  'user_created',
  'user_updated',
  'user_deleted',
  'machine_registered',
  'machine_deleted',
  'request',
  'log',
  'session',
] as const
export type Kind = (typeof KINDS)[number]

export const NOBODY = 0xffff
export const NOWHERE = 0xff
export const LOG = KINDS.indexOf('log')
export const SESSION = KINDS.indexOf('session')

/** Serial numbers decide ids and details. What no other part of the data may shift has a space of its own. */
export const SERIALS = { base: 0, story: 0x10000000, pulse: 0x20000000, late: 0x30000000, request: 0x40000000 } as const
export type SerialSpace = keyof typeof SERIALS

export type Fact = {
  /** UTC milliseconds. */
  time: number
  kind: Kind
  /** Number of a person, or NOBODY. */
  user: number
  machine?: number
  /** Number in `addresses`; 0: one of the person's own. */
  address?: number
  /** Number in `texts`; 0: made up from the serial number. */
  text?: number
  /** Number in `sessions` plus 1; 0: none. */
  session?: number
  /** The person it was done to. */
  other?: number
  failed?: boolean
}

/** Every record of the organisation in columns, in the order in which they were made up. */
export type Facts = {
  dialect: Dialect
  size: number
  time: Float64Array
  kind: Uint8Array
  user: Uint16Array
  machine: Uint8Array
  address: Uint16Array
  text: Uint32Array
  session: Uint32Array
  other: Uint16Array
  failed: Uint8Array
  serial: Uint32Array
  /** Of a command in the audit its copy in the machine's log, and the other way round, plus 1; 0: none. */
  copy: Uint32Array
  texts: string[]
  addresses: string[]
  /** `first` is the number of the first fact of a session; the others follow it. */
  sessions: { user: number; machine: number; start: number; end: number; commands: number; serial: number; first: number }[]
  next: Record<SerialSpace, number>
}

export function emptyFacts(dialect: Dialect, capacity: number): Facts {
  return {
    dialect,
    size: 0,
    ...columns(Math.max(capacity, 1024)),
    texts: [''],
    addresses: [''],
    sessions: [],
    next: { ...SERIALS },
  }
}

function columns(capacity: number) {
  return {
    time: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    user: new Uint16Array(capacity),
    machine: new Uint8Array(capacity),
    address: new Uint16Array(capacity),
    text: new Uint32Array(capacity),
    session: new Uint32Array(capacity),
    other: new Uint16Array(capacity),
    failed: new Uint8Array(capacity),
    serial: new Uint32Array(capacity),
    copy: new Uint32Array(capacity),
  }
}

function grow(facts: Facts): void {
  const wider = columns(Math.ceil(facts.time.length * 1.5))
  for (const name of Object.keys(wider) as (keyof typeof wider)[]) wider[name].set(facts[name])
  Object.assign(facts, wider)
}

/** Adds a record and gives its number. The documented dialect knows whole seconds only. */
export function addFact(facts: Facts, fact: Fact, space: SerialSpace): number {
  if (facts.size === facts.time.length) grow(facts)
  const number = facts.size++
  facts.time[number] = facts.dialect === 'documented' ? Math.floor(fact.time / 1000) * 1000 : Math.floor(fact.time)
  facts.kind[number] = KINDS.indexOf(fact.kind)
  facts.user[number] = fact.user
  facts.machine[number] = fact.machine ?? NOWHERE
  facts.address[number] = fact.address ?? 0
  facts.text[number] = fact.text ?? 0
  facts.session[number] = fact.session ?? 0
  facts.other[number] = fact.other ?? NOBODY
  facts.failed[number] = fact.failed ? 1 : 0
  facts.serial[number] = facts.next[space]++
  return number
}

/** The number of an address, which is remembered once. */
export function addressNumber(facts: Facts, address: string): number {
  const known = facts.addresses.indexOf(address)
  return known >= 0 ? known : facts.addresses.push(address) - 1
}

export function isAudit(facts: Facts, number: number): boolean {
  return (facts.kind[number] as number) < LOG
}

const MINUTE = 60_000

/** Numbers of the given records by time, then by number. Counting by minute: a million in a few dozen milliseconds. */
export function byTime(facts: Facts, numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const { time } = facts
  let first = Infinity
  let last = -Infinity
  for (const number of numbers) {
    first = Math.min(first, time[number] as number)
    last = Math.max(last, time[number] as number)
  }
  const starts = new Uint32Array(numbers.length === 0 ? 1 : Math.floor((last - first) / MINUTE) + 2)
  const minute = (number: number) => Math.floor(((time[number] as number) - first) / MINUTE)
  for (const number of numbers) starts[minute(number) + 1]!++
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1] as number
  const sorted = new Uint32Array(numbers.length)
  const free = starts.slice()
  for (const number of numbers) sorted[free[minute(number)]!++] = number
  for (let at = 0; at + 1 < starts.length; at++) {
    const bucket = sorted.subarray(starts[at], starts[at + 1])
    if (bucket.length > 1) bucket.sort((a, b) => (time[a] as number) - (time[b] as number) || a - b)
  }
  return sorted
}
