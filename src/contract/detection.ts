import type { Instant } from '../domain'
import type { TimelineRow, View } from './methods'

export const FINDING_LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type FindingLevel = (typeof FINDING_LEVELS)[number]

/** What a notice of the system says of new findings; words of a record do not leave the window. */
export function foundWords({ count, level }: { count: number; level: FindingLevel }): string {
  if (count === 1) return `1 new finding, level ${level}`
  return `${count} new findings, the gravest of level ${level}`
}

/** Takes findings of a rule out of the lists and the counts, for a reason that is kept. */
export type Suppression = {
  rule: string
  /** Findings of this key alone; null is the whole rule. */
  key: string | null
  reason: string
  since: Instant
  /** Up to, not including, this moment; null has no end. */
  until: Instant | null
}

/** Something a rule found: an event, or an episode of events that share a key. */
export type FindingRow = {
  /** The same whenever the same is found again. */
  id: string
  rule: string
  title: string
  /** As it is tuned. */
  level: FindingLevel
  /** What the events share; of a single event its own key. */
  key: string
  /** The key in words: an address, an account, or who acted where. */
  who: string
  isEvent: boolean
  /** First event, the one at which the rule began to hold, and the last. */
  start: Instant
  crossed: Instant
  end: Instant
  /** Largest value of a window. */
  peak: number
  events: number
  why: string
  /** It starts so near to the first event held that what came before could belong to it. */
  mayBeginEarlier: boolean
  /** What suppresses it; null where nothing does. */
  suppressed: Pick<Suppression, 'key' | 'reason'> | null
}

export type DetectionRule = {
  id: string
  title: string
  level: FindingLevel
  /** The level that the rule gives itself. */
  ownLevel: FindingLevel
  description: string
  /** Names and values, in words. */
  parameters: readonly (readonly [name: string, value: string])[]
  /** Those that are not suppressed. */
  findings: number
  suppressed: number
  /** Why the rule is not active; null where it is. */
  inactive: string | null
  /** The file that a person added the rule in, and its author, empty where none is named; absent of an own rule. */
  added?: { file: string; author: string }
}

/** A file of rules that a person added: how many of its rules were read, and how many are not active. */
export type RuleFileRow = { name: string; rules: number; inactive: number }

export type RuleFiles = {
  files: RuleFileRow[]
  /** Added rules of a lower level do not run. */
  least: FindingLevel
  /** The rules are being read anew; `files` is as it was before. */
  isReading: boolean
}

export type RuleFileMethods = {
  'rule.files': RuleFiles
  /** Each takes the place of a file of that name; all of them or none. */
  'rule.add': Record<string, never>
  'rule.remove': Record<string, never>
  'rule.setLeast': Record<string, never>
}

/** How far all that is held was looked at. */
export type DetectionRun = {
  /** `waiting`: what is held changed, and it begins again soon. */
  state: 'running' | 'waiting' | 'done' | 'failed'
  /** Events looked at, and how many there are. */
  done: number
  total: number
  /** When the findings given were found; null while none were looked for to the end. */
  asOf: Instant | null
  /** Something changed since. */
  isStale: boolean
}

export type DetectionRules = {
  rules: DetectionRule[]
  /** Findings by level, those suppressed left out. */
  counts: Record<FindingLevel, number>
  suppressions: (Suppression & { title: string; who: string | null; /** Findings that it takes out now. */ hides: number; isOver: boolean })[]
  run: DetectionRun
}

export type FoundFindings = {
  rows: FindingRow[]
  total: number
  /** Findings that match as well and are suppressed. */
  suppressed: number
  run: DetectionRun
}

export type FindingDetail = {
  finding: FindingRow
  rule: DetectionRule
  /** Its first and last events, as far as they are still held. */
  sample: TimelineRow[]
  /** The view that shows its events, and how many rows that view has. */
  view: View
  rows: number
}
