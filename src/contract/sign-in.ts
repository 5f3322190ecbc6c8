import type { Instant, TimeRange } from '../domain'

/** Sign-ins by outcome, each record counted as often as it stands for. */
export type SignInCounts = { failure: number; success: number; unknown: number }

export type SignInField = 'user' | 'ip' | 'method' | 'machine'

export type SignInValue = SignInCounts & {
  /** As it was first written; spellings that differ in case alone are one. Null for sign-ins that name none. */
  value: string | null
  /** Different users and addresses among its failed sign-ins. */
  users: number
  addresses: number
  /** Of a method: the source's own verbs that mean it and no other; null where they do not tell it apart. */
  verbs: readonly string[] | null
}

export type SignInTally = {
  field: SignInField
  /** Different values, and those of them with a failed sign-in. */
  distinct: number
  failing: number
  /** Most failed first, then most succeeded; that of sign-ins that name none is the last. */
  values: readonly SignInValue[]
}

/** `reported`: failed sign-ins are in it; `partly`: some of them; `successes`: none, whatever happened; `unread`: it cannot be read. */
export type SignInReport = 'reported' | 'partly' | 'successes' | 'unread' | 'unknown'

/** Lists of one connection that tell of sign-ins in the same way. */
export type SignInList = {
  connection: string
  kind: string
  label: string
  /** Names in the ledger. */
  streams: readonly string[]
  counts: SignInCounts
  report: SignInReport
  /** Why, in words. */
  why: string
}

/** A success from an address block that the user was not seen at in the days before. */
export type FirstSeenSource = {
  key: string
  time: Instant
  user: string
  address: string
  /** Its block: /24 of IPv4, /48 of IPv6, or the host's name. */
  block: string
  machine: string | null
  /** Sign-ins of the user before it that are held, and the first of them. */
  earlier: number
  since: Instant
}

export type FirstSeenSources = { total: number; rows: readonly FirstSeenSource[] }

/** Sign-ins of a range in counts that charts draw. Companions are in none of them. */
export type SignInSummary = {
  /** What was looked at; null where nothing is held. */
  range: TimeRange | null
  /** First to last sign-in held, of any range. */
  held: TimeRange | null
  counts: SignInCounts
  /** Bucket `i` begins at `from + i * step`. */
  buckets: { from: Instant; step: number; failure: readonly number[]; success: readonly number[]; unknown: readonly number[] }
  tallies: readonly SignInTally[]
  /** Failed ones by hour of the week in the asked zone, from Monday 00:00 on. */
  week: readonly WeekHour[]
  firstSeen: {
    /** Of users with so many sign-ins over so many days before that a new source says something. */
    known: FirstSeenSources
    /** Of users with too few sign-ins held before it. */
    early: FirstSeenSources
    /** Users whose first sign-in held lies in the range. */
    begun: number
    least: { logins: number; days: number }
    /** How long a source is remembered. */
    days: number
  }
  /** Sign-ins that name a second factor. */
  secondFactors: number
  lists: readonly SignInList[]
}

/** `hours`: the hours of the range in which they were; null where those are too many to name. */
export type WeekHour = { failure: number; hours: readonly Instant[] | null }
