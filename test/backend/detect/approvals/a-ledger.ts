import { analyse, type Analysis, type Asked } from '../../../../src/backend/detect/approvals/analyse'
import type { Decision, Ledger, Person, Request, Visit } from '../../../../src/backend/detect/approvals/model'
import type { Pattern } from '../../../../src/backend/detect/approvals/pattern'
import { usesOf } from '../../../../src/backend/detect/approvals/uses'
import type { ApprovalRule } from '../../../../src/contract'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Monday, ten in the morning. */
export const MONDAY = Date.UTC(2026, 0, 5, 10)

export const person = (name: string): Person => ({ key: name.toLowerCase(), name })

type Told = Partial<Omit<Request, 'requester' | 'decision'>> & {
  who: string
  asked: number
  /** Who decided, `no` where it was a no; nobody where it is left out. */
  by?: string
  latency?: number | null
  no?: boolean
  by_ip?: string
}

let made = 0

/** A request for a machine with a decision after five minutes. */
export function request({ who, asked, by, latency = 5 * MINUTE, no = false, by_ip, ...more }: Told): Request {
  const id = `r${made++}`
  const at = latency === null ? null : asked + latency
  const decision: Decision | null = by === undefined ? null : { by: person(by), outcome: no ? 'rejected' : 'approved', at, ip: by_ip ?? null, comment: null }
  const { hours = 4, machine = 'db-01' } = more
  return {
    key: `key ${id}`,
    id,
    connection: 'acme',
    org: 'acme\nfern',
    type: 'access',
    requester: person(who),
    preparer: null,
    machine,
    place: machine,
    hosts: machine === null ? [] : [machine],
    roles: [],
    hours,
    scope: `${machine}, ${hours} h`,
    justification: `INC-${id}: something to look into`,
    asked,
    ip: null,
    state: decision === null ? 'pending' : no ? 'rejected' : 'approved',
    decision,
    earlier: [],
    grant: decision === null || no ? null : grantOf(at ?? asked, hours),
    ...more,
  }
}

function grantOf(from: number, hours: number | null): Request['grant'] {
  const to = hours === null || !Number.isFinite(hours) ? null : from + hours * HOUR
  return { from, to, end: to ?? Number.POSITIVE_INFINITY, revoked: null }
}

/** A session of twenty minutes with one command, of `who@machine`. */
export function visit(whoAt: string, from: number, more: Partial<Visit> = {}): Visit {
  const [who = '', machine = ''] = whoAt.split('@')
  const to = more.to === undefined ? from + 20 * MINUTE : more.to
  return {
    connection: 'acme',
    session: `s${made++}`,
    user: person(who),
    isService: false,
    machine,
    place: machine,
    approval: null,
    from,
    to,
    last: to ?? from,
    commands: [from + MINUTE],
    ...more,
  }
}

export function drained<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

export function ledgerOf(requests: readonly Request[], more: Partial<Ledger> = {}): Ledger {
  const sorted = requests.toSorted((a, b) => a.asked - b.asked)
  const visits = (more.visits ?? []).toSorted((a, b) => a.from - b.from)
  return { requests: sorted, roleChanges: [], visitsFrom: visits[0]?.from ?? null, ...more, visits }
}

export function look(ledger: Ledger, asked: Partial<Asked> & { now?: number } = {}): Analysis {
  const now = asked.now ?? Date.UTC(2027, 0, 1)
  const uses = drained(usesOf(ledger, now))
  const extent = { from: ledger.requests[0]?.asked ?? 0, to: (ledger.requests.at(-1)?.asked ?? 0) + 1 }
  return drained(analyse({ ledger, uses, now, extent }, { range: extent, zone: 'UTC', production: '', ...asked }))
}

export function found(rule: ApprovalRule, ledger: Ledger, asked: Parameters<typeof look>[1] = {}): Pattern[] {
  return look(ledger, asked).patterns.filter((pattern) => pattern.rule === rule)
}

/** As many numbers from 0 up to 1 as are asked for, the same each time. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
