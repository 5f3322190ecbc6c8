import { createHash } from 'node:crypto'
import type { Instant } from '../../domain'
import { LEVELS, type Level } from './sigma'

/** Something a rule found: an event, or an episode of events of one key. */
export type Finding = {
  /** The same whenever the same is found again. */
  id: string
  rule: string
  level: Level
  title: string
  /** The values that the events of the episode share; of a single event its own key. */
  key: string
  /** First event in the window when the episode opened, the event at which it did, and the last one at which it held. */
  start: Instant
  crossed: Instant
  end: Instant
  /** Largest value of a window. */
  peak: number
  events: number
  /** Keys of the first events and the last ones. */
  sample: string[]
  why: string
  /** It starts so near to the first event looked at that what came before could belong to it. */
  mayBeginEarlier?: true
}

export function findingId(rule: string, key: string, crossed: Instant): string {
  return createHash('sha256').update(JSON.stringify([rule, key, crossed])).digest('hex')
}

export function levelRank(level: Level): number {
  return LEVELS.indexOf(level)
}

/** By the time at which they were known, then by rule and key. */
export function inTimeOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.crossed - b.crossed || compare(a.rule, b.rule) || compare(a.key, b.key))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
