import type { Instant } from './time'

export const CATEGORIES = [
  'authentication',
  'account',
  'privilege',
  'token',
  'session',
  'command',
  'sudo',
  'file',
  'approval',
  'resource',
  'config',
  'network',
  'search',
  'state',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

export const OUTCOMES = ['success', 'failure', 'unknown'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** `reported`: the server says so; `derived`: follows from other fields by a stated rule; `assumed`: neither. */
export const BASES = ['reported', 'derived', 'assumed'] as const
export type Basis = (typeof BASES)[number]

export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export type Actor = {
  id?: string
  name?: string
  email?: string
  kind?: 'user' | 'service' | 'token' | 'agent' | 'system'
}

/** A target or a machine. */
export type Thing = { kind?: string; id?: string; name?: string }

export type FileFact = { name?: string; size?: number; direction?: string }

export type Change = { field: string; old?: string; new?: string; oldFull?: string; newFull?: string }

/** `same`: one fact in two streams; `companion`: a second line about the same attempt; `revision`: an earlier state. */
export type Link = { key: string; relation: 'same' | 'companion' | 'revision' }

/** The canonical record. Absent fields are left out, never empty. */
export type AuditEvent = {
  /** Stable for ever: `kind:instance:stream:id`. */
  key: string
  time: Instant
  /** Order among records of one instant, in the source's own order. */
  sequence: number
  timePrecision: 's' | 'ms' | 'us'
  /** The record named no zone and one was taken for it. */
  zoneAssumed?: boolean
  category: Category
  /** Normalised verb: `login`, `role_change` ... */
  action: string
  /** The source's own verb, verbatim. */
  actionRaw: string
  outcome: Outcome
  outcomeBasis: Basis
  reason?: string
  severity: Severity
  severityBasis: Basis
  actor?: Actor
  /** The operating-system user acted for. */
  onBehalf?: string
  target?: Thing
  machine?: Thing
  session?: string
  approval?: string
  /** Where it came from: an address, or the host name where the source gives only that. */
  ip?: string
  userAgent?: string
  client?: string
  tenant?: string
  project?: string
  command?: string
  exitCode?: number
  /** Reference, fetched on demand. */
  output?: string
  durationMs?: number
  authMethod?: string
  mfa?: string
  file?: FileFact
  decision?: string
  approver?: string
  justification?: string
  scope?: string
  changes?: Change[]
  /** Weight: one record that stands for several. */
  repeat: number
  /** A second line about an attempt that another record counts: stored, not counted, hidden by default. */
  companion?: boolean
  links?: Link[]
  /** Every field of the source with no place above, flattened with dots. */
  attributes: Record<string, string>
}

/** Where an event is held: the connection's name and kind and the stream inside it. */
export type Origin = { connection: string; kind: string; stream: string }
