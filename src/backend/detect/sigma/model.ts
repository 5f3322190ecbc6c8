import { FINDING_LEVELS, type FindingLevel } from '../../../contract'
import type { Bind } from './items'

/** Sigma's are those of findings. */
export const LEVELS = FINDING_LEVELS
export type Level = FindingLevel

/** What every rule says of itself. */
export type RuleHead = {
  /** Its id, else its name, else its title. */
  id: string
  name: string | null
  title: string
  /** Null where the rule gives none. */
  level: Level | null
  description: string
  author: string
  /** As it is named; empty where it is not. */
  licence: string
  references: string[]
  tags: string[]
  /** File or pack it stands in. */
  place: string
}

export type DetectionRule = {
  kind: 'detection'
  head: RuleHead
  bind: Bind
  /** Makes a test of whether an event is of the kind the rule is about; what it says is asked of no more than category, source and stream. */
  isAbout: LogSource
  /** Is asked of each simple command of a line by itself. */
  ofProcesses: boolean
  /** Fields it looks at, in its order, to say why it found something. */
  fields: string[]
}

export type LogSource = (event: { category: string; source: string; stream: string }) => boolean

export const CORRELATION_TYPES = ['event_count', 'value_count', 'value_sum', 'temporal', 'temporal_ordered'] as const
export type CorrelationType = (typeof CORRELATION_TYPES)[number]

export const OPERATORS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const
export type Operator = (typeof OPERATORS)[number]

export type CorrelationRule = {
  kind: 'correlation'
  head: RuleHead
  type: CorrelationType
  /** Ids of the rules it joins, in its order. */
  rules: string[]
  groupBy: string[]
  timespanMs: number
  /** As it is written: `10m`. */
  timespan: string
  /** All of them must hold. */
  condition: [operator: Operator, value: number][]
  /** Of `value_count` and `value_sum`. */
  fields: string[]
  /** By name, then by the id of the rule: the field that is meant. */
  aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** The rules it joins tell what they find too. */
  generate: boolean
}

/** A rule that is not active, and why. */
export type Refusal = { rule: string; place: string; reason: string }
