import type { FindingLevel, Suppression } from '../../contract'
import type { Instant } from '../../domain'
import { isLevel } from './sigma'

// Both are kept in the workspace's settings as JSON, under names of their own.

export const SUPPRESSIONS = 'detection.suppressions'
export const LEVELS_SETTING = 'detection.levels'
/** From which level on rules that people added run. */
export const LEAST_SETTING = 'detection.least'

/** How many are kept at most. */
export const MOST_SUPPRESSIONS = 2000

type Settings = Readonly<Record<string, string>>
type Target = Pick<Suppression, 'rule' | 'key'>

/** The latest first; what cannot be read is left out. */
export function readSuppressions(settings: Settings): Suppression[] {
  const value = parsed(settings[SUPPRESSIONS])
  return Array.isArray(value) ? value.filter(isSuppression) : []
}

/** With this one in place of one that is for the same. */
export function withSuppression(all: readonly Suppression[], added: Suppression): Suppression[] {
  return [added, ...withoutSuppression(all, added)]
}

export function withoutSuppression(all: readonly Suppression[], target: Target): Suppression[] {
  return all.filter((one) => !isSame(one, target))
}

export function isSame(a: Target, b: Target): boolean {
  return a.rule === b.rule && a.key === b.key
}

export function isOver({ until }: Suppression, now: Instant): boolean {
  return until !== null && until <= now
}

/** Levels that rules were given, by rule. */
export function readLevels(settings: Settings): Map<string, FindingLevel> {
  const value = parsed(settings[LEVELS_SETTING])
  const entries: unknown[] = Array.isArray(value) ? value : []
  return new Map(entries.filter(isTuned))
}

/** Below it the public rules tell mostly what people do all day. */
export function readLeast(settings: Settings): FindingLevel {
  const word = settings[LEAST_SETTING]
  return word !== undefined && isLevel(word) ? word : 'medium'
}

/** From which level on people want to hear of new findings; null is never. */
export function readNotifyLevel({ notifyLevel: word }: Settings): FindingLevel | null {
  return word !== undefined && isLevel(word) ? word : null
}

function isTuned(entry: unknown): entry is [string, FindingLevel] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string' && isLevel(entry[1])
}

function isSuppression(value: unknown): value is Suppression {
  if (typeof value !== 'object' || value === null) return false
  const { rule, key, reason, since, until } = { rule: null, key: undefined, reason: null, since: null, until: undefined, ...value }
  return (
    typeof rule === 'string' &&
    (key === null || typeof key === 'string') &&
    typeof reason === 'string' &&
    typeof since === 'number' &&
    (until === null || typeof until === 'number')
  )
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
