import type { ApprovalRule, FindingLevel } from '../../../contract'
import type { Instant } from '../../../domain'
import type { Request } from './model'

/** Something unusual, before it is told. */
export type Pattern = {
  rule: ApprovalRule
  level: FindingLevel
  /** What tells it from others of the rule; stays the same when it is found again. */
  key: string
  /** When it began to hold. */
  crossed: Instant
  title: string
  words: string
  figures: [name: string, value: string][]
  method: string
  baseline: string | null
  /** Names. */
  approvers: string[]
  requesters: string[]
  /** By the time they were made. */
  requests: readonly Request[]
  /** The one whose line shows it best. */
  chain: Request | null
  /** Local hours of decisions that it is about. */
  hours: number[]
}

export type PatternText = Pick<Pattern, 'title' | 'words' | 'figures' | 'method'> & { baseline?: string | null }

/** Names of those who decided or asked, each once. */
export function namesOf(requests: readonly Request[]): Pick<Pattern, 'approvers' | 'requesters'> {
  const distinct = (names: (string | undefined)[]) => [...new Set(names.filter((name) => name !== undefined))]
  return { approvers: distinct(requests.map(({ decision }) => decision?.by?.name)), requesters: distinct(requests.map(({ requester }) => requester?.name)) }
}

export function byAsked<T extends Request>(requests: readonly T[]): T[] {
  return requests.toSorted((a, b) => a.asked - b.asked || (a.key < b.key ? -1 : 1))
}
