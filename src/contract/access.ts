import type { Instant } from '../domain'

export const ACCESS_ORDERS = ['last', 'first', 'person', 'machine', 'accesses', 'commands', 'sudo', 'ungranted'] as const
export type AccessOrder = (typeof ACCESS_ORDERS)[number]

/** An approved request, as long as it stood. */
export type AccessGrant = {
  request: string
  /** Null where nothing says who approved it. */
  approver: string | null
  /** Null where the request is named and not held. */
  from: Instant | null
  /** Up to, not including; null has no end. */
  to: Instant | null
  scope: string | null
  justification: string | null
  /** Key of its record; null where that is not held. */
  key: string | null
  /** The session names the request; otherwise the two are matched by person, machine and time. */
  isNamed: boolean
}

/** One person on one machine: every access that reaches into the range asked for. */
export type AccessRow = {
  /** Null where the accesses do not say who it was. */
  person: string | null
  machine: string
  /** Begin of the first and end of the last of them. */
  first: Instant
  last: Instant
  /** Sessions, sign-ins, and stretches of work that no session is known of. */
  accesses: number
  sessions: number
  commands: number
  sudo: number
  files: number
  isPrivileged: boolean
  isProduction: boolean
  /** No earlier access is held; null without a range, since of all that is held something is always first. */
  isFirst: boolean | null
  /** Begin of the first access held, and of anything held that names the machine. */
  firstHeld: Instant
  machineSince: Instant
  /** Accesses that began with a grant of the person on the machine. */
  granted: number
  /** Those that began without, though requests for the machine are held; of the rest nothing can be told. */
  ungranted: number
  /** Who approved, the most frequent first, at most ten; null where nothing says who. */
  approvers: { name: string | null; accesses: number }[]
  /** Someone approved a grant of their own. */
  isOwnApprover: boolean
}

export type AccessList = {
  rows: AccessRow[]
  total: number
  /** Of all that match. */
  sums: { people: number; machines: number; accesses: number; privileged: number; ungranted: number; unknown: number }
  people: string[]
  machines: string[]
  /** Time of the oldest event held; null where none is. */
  heldSince: Instant | null
  /** Sessions of unknown machine or time, which are in no row. */
  unplaced: number
}

/** From when to when somebody was on a machine, and on whose word. */
export type AccessEntry = {
  from: Instant
  to: Instant
  kind: 'session' | 'sign-in' | 'work'
  /** Id of the session's page. */
  session: string | null
  connection: string
  client: string | null
  ip: string | null
  commands: number
  sudo: number
  files: number
  failures: number
  isPrivileged: boolean
  /** Key of its first event; null where a recording alone tells of it. */
  key: string | null
  /** `none`: requests for the machine are held, and none of the person stood; `unknown`: no request for it is held. */
  grant: AccessGrant | 'none' | 'unknown'
}

export type AccessDetail = {
  row: AccessRow
  /** Newest first. */
  entries: AccessEntry[]
  total: number
  /** The query that shows the events of the person on the machine; the time is that of the entry or of the row. */
  query: string
}

/** Which held machines a definition of production means. */
export type ProductionPreview = {
  matching: number
  machines: number
  /** The first of those that match, by name. */
  names: string[]
}
