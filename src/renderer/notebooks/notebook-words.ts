import type { CellKind, ClaimSeverity, NotebookState, NotebookTemplate, TlpLabel } from '../../contract'
import { COVERAGE_WORDS, type CoverageState, type Instant } from '../../domain'
import { formatPlural, formatRough } from '../shared'
import type { SaveState } from './save-queue'

export const STATUS_WORDS: Record<NotebookState, string> = { open: 'open', 'in-review': 'in review', closed: 'closed' }

/** What may be done with it, as the definitions of FIRST say, shortened. */
export const TLP_MEANING: Record<TlpLabel, string> = {
  'TLP:RED': 'those it is given to by name, nobody else',
  'TLP:AMBER+STRICT': 'the organisation, where it is needed',
  'TLP:AMBER': 'the organisation and its clients',
  'TLP:GREEN': 'the community, not in public',
  'TLP:CLEAR': 'without limit',
}

export const TEMPLATE_WORDS: Record<NotebookTemplate, { name: string; about: string }> = {
  blank: { name: 'Blank', about: 'Nothing in it yet.' },
  'failed-sign-ins': { name: 'Failed sign-ins', about: 'Who failed, from where, whether one of them got in.' },
  'approvals-quarter': { name: 'Approvals of a quarter', about: 'Requests, decisions and what is unusual among them.' },
  'account-window': { name: 'One account in a window', about: 'Everything that an account did in the incident window.' },
  'server-reach': { name: 'Who reached which servers', about: 'Access by user and machine, and by whose grant.' },
}

export const KIND_WORDS: Record<CellKind, { label: string; name: string; about: string }> = {
  text: { label: 'text', name: 'Text', about: 'Markdown; @ links an event or a session' },
  query: { label: 'query', name: 'Query', about: 'Rows of a query, live or frozen' },
  chart: { label: 'chart', name: 'Chart', about: 'Counts over time or by a field' },
  events: { label: 'events', name: 'Events', about: 'Chosen events, cited' },
  clip: { label: 'clip', name: 'Replay clip', about: 'A stretch of a recording' },
  finding: { label: 'finding', name: 'Finding', about: 'A claim that cites evidence' },
  negative: { label: 'negative', name: 'Negative finding', about: 'Searched and not there' },
}

export const CLAIM_WORDS: Record<ClaimSeverity, string> = { low: 'low', medium: 'medium', high: 'high', critical: 'critical' }

/** `saved 2 s ago`, `saving`, `Not saved: the disk is full` */
export function saveWords(state: SaveState, changedAt: Instant, now: Instant): string {
  if (state.kind === 'saving') return 'saving'
  if (state.kind === 'failed') return `Not saved: ${lowerFirst(state.message).replace(/\.$/, '')}`
  return `saved ${formatRough(Math.max(0, now - (state.at ?? changedAt)))} ago`
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

export type Verdict = { tone: 'holds' | 'open' | 'against'; words: string }

/** What a search that is meant to find nothing is worth. */
export function negativeVerdict({ rows, coverage }: { rows: number; coverage: CoverageState }): Verdict {
  if (rows > 0) return { tone: 'against', words: `${formatPlural(rows, 'event')} ${rows === 1 ? 'matches' : 'match'}: this is not a negative finding.` }
  if (coverage === 'complete') return { tone: 'holds', words: 'Searched in a complete range: nothing.' }
  return {
    tone: 'open',
    words: `Nothing that is held matches, but the range is ${COVERAGE_WORDS[coverage]}: whether it happened is not known.`,
  }
}

/** `sha256 91d0…` */
export function shortHash(hash: string): string {
  return hash === '' ? '' : `${hash.slice(0, 4)}…`
}
