import type { ApprovalState } from '../../../contract'
import type { Instant, Milliseconds } from '../../../domain'

/** Who asked or decided. `key` is the same however the person is written. */
export type Person = { key: string; name: string }

export type Decision = {
  by: Person | null
  outcome: 'approved' | 'rejected'
  /** Null where the server does not say. */
  at: Instant | null
  ip: string | null
  comment: string | null
}

/** Access that was given, up to before `end`, however it ended; `to` is the end it was given with. */
export type Grant = {
  from: Instant
  to: Instant | null
  end: Instant
  revoked: { by: string | null; at: Instant } | null
}

/** A request with all that became of it so far. */
export type Request = {
  /** Of its event. */
  key: string
  id: string
  connection: string
  /** Connection and tenant: people decide within it. */
  org: string
  type: string
  requester: Person | null
  /** Whoever prepared it, where a source has such a part. */
  preparer: Person | null
  machine: string | null
  /** Of the machine, the same however it is written; null without one. */
  place: string | null
  hosts: readonly string[]
  roles: readonly string[]
  /** Hours asked for; Infinity is no end, null unknown. */
  hours: number | null
  scope: string | null
  justification: string | null
  asked: Instant
  ip: string | null
  state: ApprovalState
  decision: Decision | null
  /** Decisions before the last one, as far as they were seen. */
  earlier: readonly Decision[]
  grant: Grant | null
}

/** A session as far as grants are concerned. */
export type Visit = {
  connection: string
  session: string
  user: Person
  isService: boolean
  machine: string | null
  place: string
  /** Id of the request that it names. */
  approval: string | null
  from: Instant
  /** End; null while it is open or nothing says. */
  to: Instant | null
  last: Instant
  /** Times of its commands, ascending. */
  commands: Instant[]
}

/** Somebody got a role from somebody. */
export type RoleChange = { key: string; at: Instant; to: Person; by: Person | null; role: string }

/** All that the analysis reads, requests by the time they were made. */
export type Ledger = {
  requests: readonly Request[]
  visits: readonly Visit[]
  roleChanges: readonly RoleChange[]
  /** First and last time of visits, where there are any. */
  visitsFrom: Instant | null
}

export function latencyOf({ asked, decision }: Request): Milliseconds | null {
  if (!decision || decision.at === null || decision.at < asked) return null
  return decision.at - asked
}

export function isSelf({ requester, preparer, decision }: Request): boolean {
  const by = decision?.by?.key
  return by !== undefined && (by === requester?.key || by === preparer?.key)
}

/** A request that a person decided. */
export type Decided = Request & { requester: Person; decision: Decision & { by: Person } }

export function isDecided(request: Request): request is Decided {
  return request.requester !== null && request.decision?.by != null
}
