import type { Instant } from '../../../domain'
import type { EventRow } from '../event-row'

/** Who signed in, and whether the user came from there before. */
export type SignIn = {
  /** `known`: that very source in the last 30 days. `new`: nothing of its network in the last 90, of a user who signs in often. */
  cameFrom: 'known' | 'new' | 'other'
  /** All that the user is called: an attempt that failed tells only what was typed. */
  names: readonly string[]
  /** Whether the user signed in from there in the last 30 days. */
  knows: (source: string) => boolean
}

/** An event that some rule matched, and which rules did. */
export type Input = {
  /** Number of its row in the view. */
  at: number
  time: Instant
  sequence: number
  weight: number
  /** Ids of the rules. */
  rules: string[]
  /** Of correlations among them: the values of the key they held for. */
  levels: Map<string, readonly string[]> | null
  /** Of a sign-in that worked. */
  signIn: SignIn | null
}

/** Tries without those of the user who signed in now, from sources that are known of him. */
export function unforgiven<T extends { user: string; ip: string }>(tries: readonly T[], { names, knows }: SignIn): T[] {
  return tries.filter(({ user, ip }) => !names.includes(user) || !knows(ip))
}

/** Puts the row where the input is. */
export function rowOf(input: Input, row: EventRow): EventRow {
  if (row.at !== input.at) row.to(input.at)
  return row
}
