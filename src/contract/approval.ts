import type { CoverageRange, Instant, Milliseconds, TimeRange } from '../domain'
import type { FindingLevel, Suppression } from './detection'
import type { View } from './methods'

/** Rules about requests and decisions. */
export const APPROVAL_RULES = [
  'approval.self',
  'approval.reciprocal',
  'approval.same_source',
  'approval.fresh_approver',
  'approval.rubber_stamp.decision',
  'approval.rubber_stamp.approver',
  'approval.batch',
  'approval.off_hours',
  'approval.concentration',
  'approval.pair',
  'approval.volume',
  'approval.scope_growth',
  'approval.scope_mismatch',
  'approval.justification',
  'approval.reject_then_approve',
] as const
export type ApprovalRule = (typeof APPROVAL_RULES)[number]

/** Requests and decisions of a range: counts, distributions and patterns. A request belongs to the range by the time it was made. */
export type ApprovalSummary = {
  /** What was looked at; null where no request is held. */
  range: TimeRange | null
  /** IANA zone of the hours: of the workspace, taken for that of every approver. */
  zone: string
  counts: ApprovalCounts
  /** People who decided, those with most decisions first; robots are apart. */
  approvers: ApproverFacts[]
  matrix: ApprovalMatrix
  hours: ApprovalHours
  /** The gravest first, then the latest; at most 500 of all. */
  patterns: ApprovalPattern[]
  /** How many there are in all. */
  patternCount: number
  robots: { decisions: number; who: { approver: string; n: number; median: Milliseconds | null; /** Why it counts as one. */ reason: string }[] }
  /** Approvers with fewer decisions than statistics need: facts are shown of them, and no statistics. */
  fewDecisions: { approvers: number; /** Fewest decisions that statistics need. */ least: number }
  /** Rules of which nothing could be said, wholly or in part, and why, in words. */
  notComputed: { rule: ApprovalRule; title: string; why: string }[]
  /** Ledger of the lists of requests over the range. Empty where no connection has such a list. */
  coverage: CoverageRange[]
  /** Who the connections with such lists are signed in as; null where the server does not say. */
  visibleTo: { connection: string; role: string | null; status: 'ok' | 'partial' | 'throttled' | 'not-visible' | 'not-offered' | 'failed' | null; at: Instant | null }[]
  /** Whether sessions are held at all: without them nothing can be said of the use of grants. */
  hasSessions: boolean
}

export type ApprovalCounts = {
  requests: number
  /** Approved at some time, revoked and run out since included. */
  approved: number
  rejected: number
  /** Approved and taken back. */
  revoked: number
  /** Never decided, and not to be any more. */
  expired: number
  pending: number
  /** Median time from a request to its decision, of people; null where no decision has a time. */
  medianMs: Milliseconds | null
  /** Grants that have ended, or began a week ago and are open, under which no session is held. */
  neverUsed: number
  /** Sessions on machines that are worked on by request, which no grant covers. */
  unapproved: number
}

export type ApproverFacts = {
  approver: string
  /** Decisions, and those of them that say when: only these have a latency. */
  n: number
  timed: number
  /** Null where no decision has a time. */
  quantiles: { p5: Milliseconds; p25: Milliseconds; p50: Milliseconds; p75: Milliseconds; p95: Milliseconds } | null
  /** At most two hundred latencies, spread evenly over the sorted ones, ascending. */
  sample: Milliseconds[]
  /** Share of the timed ones under 30 s, 0 to 1; null where none is timed. */
  fast: number | null
  approvals: number
  rejections: number
  requesters: number
  /** Fewer decisions than statistics need. */
  tooFew: boolean
  /** Worst level of a pattern that names this approver; null where none does. */
  level: FindingLevel | null
}

/** Decisions by approver (columns) and requester (rows), the busiest of each; the last of either may be `others`. */
export type ApprovalMatrix = {
  /** `name` is null for all others together; `n` counts their decisions. */
  approvers: { name: string | null; n: number }[]
  requesters: { name: string | null; n: number }[]
  /** `counts[requester][approver]`. */
  counts: number[][]
  /** Cells that a pattern is about, by index. */
  flagged: { requester: number; approver: number; /** Id of the gravest pattern. */ pattern: string; level: FindingLevel }[]
}

export type ApprovalHours = {
  /** Decisions of people by local hour, 24 counts. */
  counts: number[]
  /** Hours of which decisions stand in a pattern, with how many. */
  flagged: { hour: number; n: number; pattern: string; level: FindingLevel }[]
  /** Decisions without a time. */
  untimed: number
  /** Local hours taken for those of work: from, up to. */
  workFrom: number
  workTo: number
}

/** Something unusual about requests or decisions, with its reasons and its events. */
export type ApprovalPattern = {
  /** Stable: the id of the finding, the same whenever the same is found again. */
  id: string
  rule: ApprovalRule
  level: FindingLevel
  title: string
  /** What was seen, in one neutral sentence or two. Names in it are as the server wrote them. */
  words: string
  /** `n 20`, `observed 18`, `expected 3.1`, `p 2.6e-11` ... as they are to be shown. */
  figures: [name: string, value: string][]
  /** How it was worked out, with its parameters: `binomial, 1 of 213 pairs at 1 % false discovery`. */
  method: string
  /** What was compared with; null where nothing was. */
  baseline: string | null
  /** First and last of its moments. */
  from: Instant
  to: Instant
  approvers: string[]
  requesters: string[]
  /** Keys of the events of its requests, at most 500, in time order. */
  events: string[]
  /** Ids of its requests, as the server names them, in the order of `events`. */
  requests: string[]
  /** How many requests it is about in all. */
  count: number
  /** A view of the timeline that shows these events and no others; where there are too many to name them all, `isExact` is false. */
  view: View
  isExact: boolean
  /** The line of the gravest of its requests, where the use of a grant is the point (scope, self-approval); null elsewhere. */
  chain: ApprovalChain | null
  /** The key to suppress it by, with `rule`. */
  key: string
  /** What suppresses it; null where nothing does. */
  suppressed: Pick<Suppression, 'key' | 'reason'> | null
}

export type ApprovalPatterns = {
  rows: ApprovalPattern[]
  /** Patterns that match in all. */
  total: number
}

export const APPROVAL_STATES = ['pending', 'approved', 'rejected', 'revoked', 'expired'] as const
/** `expired`: nobody decided in time. A grant that ran out is `approved` with an end in the past. */
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** `outside`: at least one session that this person had by the grant's leave left its scope or its time. */
export const GRANT_OUTCOMES = ['used', 'outside', 'never-used', 'not-used-yet', 'unknown', 'none'] as const
/** `unknown`: no sessions are held of that time. `none`: nothing was granted. */
export type GrantOutcome = (typeof GRANT_OUTCOMES)[number]

/** Request, decision, grant, session and what came of it on one line. */
export type ApprovalChain = {
  /** Event key of the request: opens in the timeline, and names the row. */
  key: string
  /** The server's own id of it. */
  request: string
  connection: string
  /** Kind of request, as `access`. */
  type: string
  requester: string | null
  machine: string | null
  /** As it was asked for: `db-02, 4 h`. */
  scope: string | null
  justification: string | null
  asked: Instant
  state: ApprovalState
  decision: {
    approver: string | null
    outcome: 'approved' | 'rejected'
    /** Null where the server does not say when. */
    at: Instant | null
    latency: Milliseconds | null
    isSelf: boolean
    isRobot: boolean
    comment: string | null
  } | null
  /** Null where nothing was granted. `to` is null where the grant has no end. */
  grant: { from: Instant; to: Instant | null; revoked: { by: string | null; at: Instant } | null } | null
  /** Sessions under the grant, at most twenty, the earliest first. `id` opens with `session.detail`. */
  sessions: ApprovalSession[]
  /** Sessions in all, and the commands of all of them. */
  sessionCount: number
  commands: number
  outcome: GrantOutcome
  /** What is outside of it, in words; empty where nothing is. */
  outside: string[]
  /** Patterns that it stands in, the gravest first. */
  patterns: { id: string; rule: ApprovalRule; title: string; level: FindingLevel }[]
  /** Worst of these; null where it stands in none. */
  level: FindingLevel | null
}

export type ApprovalSession = {
  id: string
  session: string
  user: string | null
  machine: string | null
  from: Instant
  /** End, or the last that is known of it. */
  to: Instant | null
  commands: number
  isRecorded: boolean
  /** Whether it left the grant: another machine, or after its end. */
  isOutside: boolean
}

export type ApprovalRequests = {
  rows: ApprovalChain[]
  /** Rows that match in all. */
  total: number
}

/** A session on a machine that people are let in to by request, with no grant that covers it. */
export type UnapprovedSession = ApprovalSession & {
  connection: string
  /** Why it is here, in words: no request of this person for the machine is held, the request was rejected ... */
  why: string
  /** The nearest request of the same person for the machine; null where there is none. */
  nearest: { key: string; request: string; state: ApprovalState; asked: Instant } | null
  /** Worked on the same machine by a grant earlier: how many requests of anybody name it. */
  requestsForMachine: number
}

export type UnapprovedSessions = {
  rows: UnapprovedSession[]
  total: number
  /** What makes a machine one that is worked on by request, in words. */
  basis: string
}
