import type { Category } from '../../../../domain'
import type { SourceEvent } from '../../file-source'

/** An event while its line is being read. */
export type Draft = SourceEvent

/** What every line says before its message is understood, with a place for all that a line may say. */
export function blankDraft(attributes: Draft['attributes']): Draft {
  return {
    time: 0,
    sequence: 0,
    timePrecision: 's',
    zoneAssumed: undefined,
    category: 'other',
    action: 'other',
    actionRaw: '',
    outcome: 'unknown',
    outcomeBasis: 'assumed',
    reason: undefined,
    severity: 'info',
    severityBasis: 'derived',
    actor: undefined,
    onBehalf: undefined,
    target: undefined,
    machine: undefined,
    session: undefined,
    ip: undefined,
    command: undefined,
    authMethod: undefined,
    repeat: 1,
    companion: undefined,
    links: undefined,
    attributes,
  }
}

export function classify(draft: Draft, category: Category, action: string): void {
  draft.category = category
  draft.action = action
}

export function succeed(draft: Draft): void {
  draft.outcome = 'success'
  draft.outcomeBasis = 'reported'
}

/** A refused or failed attempt, as the line itself says; those are at least warnings. */
export function fail(draft: Draft, reason = ''): void {
  draft.outcome = 'failure'
  draft.outcomeBasis = 'reported'
  draft.severity = 'warning'
  if (reason !== '') draft.reason = reason
}

/** Names are hostile text; an empty one is left out. */
export function actBy(draft: Draft, name: string): void {
  draft.actor = name === '' ? { kind: 'user' } : { name, kind: 'user' }
}

export function aimAt(draft: Draft, kind: string, name: string): void {
  draft.target = name === '' ? { kind } : { kind, name }
}

export function note(draft: Draft, name: string, value: string): void {
  if (value !== '') draft.attributes[name] = value
}

const VERB_WORDS = 3
const VERB_LENGTH = 60

const LEAD = /^(?:pam_\w+\([^)]*\)|error|fatal|warning|debug\d): /

/** The source's own verb, where no reader knows better: its first words, up to one that is no plain word. */
export function firstWords(message: string): string {
  const head = message.trimStart().slice(0, VERB_LENGTH).replace(LEAD, '')
  const words = head.split(' ', VERB_WORDS)
  const strange = words.findIndex((word) => !/^[A-Za-z_'-]+$/.test(word))
  const plain = strange < 0 ? words : words.slice(0, Math.max(1, strange))
  const verb = plain.join(' ').replace(/[:;,]$/, '')
  return verb === '' ? 'other' : verb
}
