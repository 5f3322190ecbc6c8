import type { EventDetail } from '../../contract'
import type { AuditEvent, Basis } from '../../domain'
import type { FieldName } from '../../language'
import type { Term } from './value'

/** One line of the detail pane: a label and the values that make it up. */
export type Fact = { label: string; values: { text: string; term: Term | null; mono?: true; quiet?: true; link?: true }[]; /** Of which it may be known where it is. */ address?: string }

const BASIS_WORDS: Record<Basis, string> = {
  reported: 'as the source reports it',
  derived: 'derived from other fields',
  assumed: 'assumed, nothing says so',
}

export function basisWords(basis: Basis): string {
  return BASIS_WORDS[basis]
}

/** Why a record is held and not counted. */
export function companionWords({ linked }: Pick<EventDetail, 'linked'>): string {
  return linked.some(({ relation }) => relation === 'same')
    ? "the same command, counted in the machine's log"
    : 'a second line about an attempt that another record counts'
}

type Part = { text: string | undefined; field?: FieldName; mono?: true; quiet?: true; link?: true }

/** What the record says, in the order an investigator asks; what it does not say is left out. */
export function detailFacts({ event, origin }: EventDetail): Fact[] {
  const facts = [
    ...whoFacts(event),
    fromFact(event),
    fact('User agent', [{ text: event.userAgent, quiet: true }]),
    fact('Session', [{ text: event.session, field: 'session', mono: true, link: true }]),
    fact('Approval', [{ text: event.approval, field: 'approval', mono: true, link: true }]),
    fact('Tenant', [{ text: event.tenant, field: 'tenant' }]),
    fact('Project', [{ text: event.project, field: 'project' }]),
    fact('Method', [{ text: event.authMethod, mono: true }, { text: event.mfa, quiet: true }]),
    ...whatFacts(event),
    fact('Source', [
      { text: origin.connection, field: 'connection' },
      { text: origin.kind, field: 'source', quiet: true },
      { text: origin.stream, field: 'stream', quiet: true },
    ]),
  ]
  return facts.filter((candidate) => candidate !== null)
}

function fromFact({ ip, client }: AuditEvent): Fact | null {
  const from = fact('From', [
    { text: ip, field: 'ip', mono: true },
    { text: client, field: 'client', quiet: true },
  ])
  return from && ip !== undefined ? { ...from, address: ip } : from
}

function whoFacts({ actor, onBehalf, target, machine }: AuditEvent): (Fact | null)[] {
  return [
    fact('Actor', [
      { text: actor?.name ?? actor?.email ?? actor?.id, field: 'user', link: true },
      { text: actor?.name ? actor.email : undefined, field: 'user', quiet: true },
      { text: actor?.kind, quiet: true },
    ]),
    fact('Acting as', [{ text: onBehalf }]),
    fact('Target', [{ text: target?.kind, quiet: true }, { text: target?.name ?? target?.id, field: 'target', link: true }]),
    fact('Machine', [{ text: machine?.name ?? machine?.id, field: 'machine', link: true }]),
  ]
}

function whatFacts(event: AuditEvent): (Fact | null)[] {
  return [
    fact('Command', [{ text: event.command, field: 'command', mono: true }]),
    fact('Exit code', [{ text: event.exitCode?.toString(), field: 'exit', mono: true }]),
    fact('File', [{ text: event.file?.name, mono: true }, { text: event.file?.direction, quiet: true }]),
    fact('Action', [
      { text: event.action, field: 'action', mono: true },
      { text: event.actionRaw === event.action ? undefined : event.actionRaw, field: 'action', mono: true, quiet: true },
    ]),
    fact('Category', [{ text: event.category, field: 'category' }]),
    fact('Reason', [{ text: event.reason, field: 'reason' }]),
    fact('Decision', [{ text: event.decision }, { text: event.approver, quiet: true }]),
    fact('Justification', [{ text: event.justification }]),
    fact('Scope', [{ text: event.scope }]),
  ]
}

function fact(label: string, parts: Part[]): Fact | null {
  const values = parts.flatMap(({ text, field, ...look }) => {
    return text === undefined || text === '' ? [] : [{ text, term: field ? { field, value: text } : null, ...look }]
  })
  return values.length > 0 ? { label, values } : null
}

/** The part of a key that tells events apart at a glance. */
export function shortKey(key: string): string {
  const [id = '', last = id] = key.split(':').slice(-2)
  // Records of files are named by their hash and a running number.
  const long = id.length >= 16 ? id : last
  return long.length > 14 ? `${long.slice(0, 12)}…` : long
}
