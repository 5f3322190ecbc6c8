/** How the server speaks: as its documentation says, or as source seen in public behaves. */
export const DIALECTS = ['documented', 'server'] as const
export type Dialect = (typeof DIALECTS)[number]

/** What can be made to go wrong, in any mixture. What each does stands beside its code in `faults`. */
export const FAULTS = [
  'shifting-offsets',
  'equal-timestamps',
  'late-rows',
  'clamped-limit',
  'ignored-window',
  '401-mid-walk',
  '403-machines',
  '429-seconds',
  '429-date',
  '502-text',
  'html-404',
  'truncated-json',
  'slow',
  'duplicate-ids',
  'moving-totals',
  'record-changes',
  'record-vanishes',
  'huge-record',
  'redirect',
] as const
export type Fault = (typeof FAULTS)[number]

export type SampleOptions = {
  /** Default: any free port. */
  port?: number
  /** Default 1. The same seed, now and origin give the same data. */
  seed?: number
  /** Records before `origin`, default 200,000: audit rows, sessions, and commands that only a machine's log shows. */
  events?: number
  /** Server clock at the start, in UTC milliseconds; it ticks on with real time. Default: the real time. */
  now?: number
  /** UTC milliseconds before which `events` records lie; life goes on after it. Default, and latest: `now`. */
  origin?: number
  /** Default `documented`. */
  dialect?: Dialect
  faults?: readonly Fault[]
  /** How many machines there are, default all; people work on these alone. */
  machines?: number
}

export type Plan = Required<Omit<SampleOptions, 'port' | 'faults'>> & { faults: ReadonlySet<Fault> }

export type Role = 'super_admin' | 'company_admin' | 'user'

export type SampleRecord = {
  stream: 'audit' | 'sessions' | 'logs' | 'approvals' | 'signins'
  /** The `agent_id` whose list holds it; absent in the audit and of requests for access. */
  machine?: string
  id: string
  /** UTC milliseconds, as the record prints it. */
  time: number
  /** Exact JSON of the record as the server sends it. */
  bytes: string
}

/** The options with their defaults filled in. */
export function planOf(options: SampleOptions): Plan {
  const now = Math.floor(options.now ?? Date.now())
  return {
    seed: options.seed ?? 1,
    events: options.events ?? 200_000,
    now,
    origin: Math.min(Math.floor(options.origin ?? now), now),
    dialect: options.dialect ?? 'documented',
    faults: new Set(options.faults),
    machines: options.machines ?? Infinity,
  }
}
