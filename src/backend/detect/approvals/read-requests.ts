import type { ApprovalState } from '../../../contract'
import { parseInstant, type AuditEvent, type Instant } from '../../../domain'
import type { Filter, ReadableStore, RowCursor, StoreView, TextColumn } from '../../store'
import type { Decision, Grant, Request } from './model'
import type { People } from './people'
import type { Places } from './places'

const HOUR = 3_600_000
/** Rows between two breaths. */
const STEP = 64

const REQUESTS: Filter = {
  kind: 'and',
  parts: [
    { kind: 'text', columns: ['category'], match: { op: 'equals', value: 'approval' } },
    { kind: 'text', columns: ['action'], match: { op: 'regex', pattern: /^approval\.(?:request|approve|reject|revoke|expire)$/ } },
    { kind: 'text', columns: ['approval'], match: { op: 'wildcard', pattern: '*' } },
  ],
}
const ALL: StoreView = { filter: REQUESTS, range: null, order: 'asc', companions: false }
const CHANGED: StoreView = { ...ALL, filter: { kind: 'and', parts: [REQUESTS, { kind: 'drift', what: 'changed' }] } }

/** One state of a record, however it is held. */
type State = { text(column: TextColumn): string | undefined; attribute(name: string): string | undefined }

/** A request before names are known: who decided is a word that later rows may explain. */
type Draft = Omit<Request, 'decision' | 'earlier' | 'preparer'> & { preparer: string | undefined; decisions: DraftDecision[] }
type DraftDecision = Omit<Decision, 'by'> & { by: string | undefined }

export type Names = { people: People; places: Places }

/** All requests that are held, by the time they were made. */
export function* readRequests(store: ReadableStore, names: Names): Generator<void, Request[]> {
  const cursor = store.cursor(ALL)
  const drafts: Draft[] = []
  for (let at = 0; at < cursor.length; at++) {
    if (at % STEP === 0) yield
    cursor.to(at)
    drafts.push(draftOf(cursor, names))
  }
  yield* addEarlier(store, drafts)
  const requests: Request[] = []
  for (const [i, { preparer, decisions, ...draft }] of drafts.entries()) {
    if (i % 1024 === 0) yield
    const named = decisions.map(({ by, ...decision }): Decision => ({ ...decision, by: names.people.named(by) }))
    requests.push({ ...draft, preparer: names.people.named(preparer), decision: named.at(-1) ?? null, earlier: named.slice(0, -1) })
  }
  return requests
}

/** Whether any request is held at all. */
export function hasRequests(store: ReadableStore): boolean {
  return store.length(ALL) > 0
}

function draftOf(cursor: RowCursor, { people, places }: Names): Draft {
  const text = (column: TextColumn) => cursor.text(column) ?? null
  const connection = cursor.text('connection') ?? ''
  const machine = { id: cursor.text('machineId'), name: cursor.text('machineName') }
  const place = places.of(machine)
  const role = cursor.attribute('role')
  const hours = hoursOf(cursor.attribute('duration_hours'))
  const decision = decisionOf(cursor)
  return {
    key: cursor.key(),
    id: cursor.text('approval') ?? '',
    connection,
    org: `${connection}\n${cursor.text('tenant') ?? ''}`,
    type: cursor.attribute('request_type') ?? 'access',
    requester: people.of({ id: cursor.text('actorId'), name: cursor.text('actorName'), email: cursor.text('actorEmail') }),
    preparer: cursor.attribute('prepared_by'),
    machine: machine.name ?? machine.id ?? null,
    place,
    hosts: place === null ? [] : [place],
    roles: role === undefined ? [] : [role.toLowerCase()],
    hours,
    scope: text('scope'),
    justification: text('justification'),
    asked: cursor.time,
    ip: text('ip'),
    state: stateOf(cursor),
    decisions: decision ? [decision] : [],
    grant: decision?.outcome === 'approved' ? grantOf(cursor, { from: decision.at ?? cursor.time, hours }) : null,
  }
}

function stateOf(state: State): ApprovalState {
  switch (state.text('action')) {
    case 'approval.approve':
      return 'approved'
    case 'approval.reject':
      return 'rejected'
    case 'approval.revoke':
      return 'revoked'
    case 'approval.expire':
      return state.text('decision') === 'approved' ? 'approved' : 'expired'
    default:
      return 'pending'
  }
}

function decisionOf(state: State): DraftDecision | null {
  const now = stateOf(state)
  if (now === 'pending' || now === 'expired') return null
  return {
    by: state.text('approver'),
    outcome: now === 'rejected' ? 'rejected' : 'approved',
    at: timeOf(state.attribute('decided_at')),
    ip: state.attribute('decided_ip') ?? state.attribute('approver_ip') ?? null,
    comment: state.attribute('reject_comment') ?? null,
  }
}

function grantOf(state: State, { from, hours }: { from: Instant; hours: number | null }): Grant {
  const told = timeOf(state.attribute('expires_at'))
  const to = told ?? (hours !== null && Number.isFinite(hours) ? from + hours * HOUR : null)
  const isRevoked = stateOf(state) === 'revoked'
  const revokedAt = isRevoked ? (timeOf(state.attribute('revoked_at')) ?? timeOf(state.attribute('updated_at'))) : null
  const end = Math.min(to ?? Number.POSITIVE_INFINITY, revokedAt ?? Number.POSITIVE_INFINITY)
  return { from, to, end, revoked: revokedAt === null ? null : { by: state.attribute('revoked_by') ?? null, at: revokedAt } }
}

/** What was decided before the decision that stands now, as earlier states tell it. */
function* addEarlier(store: ReadableStore, drafts: readonly Draft[]): Generator<void, void> {
  const changed = store.cursor(CHANGED)
  if (changed.length === 0) return
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]))
  for (let at = 0; at < changed.length; at++) {
    yield
    changed.to(at)
    const draft = byKey.get(changed.key())
    if (!draft) continue
    // Newest first.
    for (const { event } of store.revisions(draft.key)) {
      const decision = decisionOf(stateIn(event))
      const [next] = draft.decisions
      if (decision && !(next && isSame(decision, next))) draft.decisions.unshift(decision)
    }
  }
}

/** The same decision may be told with more later. */
function isSame(a: DraftDecision, b: DraftDecision): boolean {
  return a.outcome === b.outcome && (a.by === b.by || a.by === undefined || b.by === undefined) && (a.at === b.at || a.at === null || b.at === null)
}

function stateIn(event: AuditEvent): State {
  const texts: Partial<Record<TextColumn, string | undefined>> = { action: event.action, decision: event.decision, approver: event.approver }
  return { text: (column) => texts[column], attribute: (name) => event.attributes[name] }
}

/** 0 is without end. */
function hoursOf(written: string | undefined): number | null {
  const hours = Number(written)
  if (written === undefined || written.trim() === '' || !Number.isFinite(hours) || hours < 0) return null
  return hours === 0 ? Number.POSITIVE_INFINITY : hours
}

/** Null where there is none, which some servers write as the year 1. */
function timeOf(written: string | undefined): Instant | null {
  const time = written === undefined ? null : parseInstant(written)
  return time !== null && time > 0 ? time : null
}
