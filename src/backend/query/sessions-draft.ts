import { createHash } from 'node:crypto'
import type { SessionMark, SessionRow } from '../../contract'
import { actorLabel, type AuditEvent, type Instant } from '../../domain'
import type { HeldEvent } from '../store'

/** Marks kept of one session: more could not be told apart on a lane. */
const MOST_MARKS = 120

/** A session while its events are read. */
export type SessionDraft = Omit<SessionRow, 'recordings' | 'from' | 'last'> & {
  from: Instant
  last: Instant
  /** Host and process of a sign-in; null where the source gives a session id. */
  process: { host: string; pid: string } | null
  /** A log of files numbers sessions anew after a restart, so that the host and the start belong to the name. */
  numbered: { host: string } | null
}

export type DraftPlace = Pick<SessionDraft, 'connection' | 'session' | 'process' | 'numbered'>

/** What a session has of which no event tells. */
export const NO_EVENTS: Pick<SessionRow, 'events' | 'commands' | 'failures' | 'sudo' | 'files' | 'approval'> = {
  events: 0,
  commands: 0,
  failures: 0,
  sudo: 0,
  files: 0,
  approval: null,
}

export function newDraft(place: DraftPlace, time: Instant): SessionDraft {
  const host = place.process ? [place.process.host, place.process.pid, time] : place.numbered ? [place.numbered.host, time] : []
  return {
    ...place,
    id: sessionId('session', [place.connection, place.session, ...host]),
    kind: place.process || place.numbered ? 'login' : 'terminal',
    user: null,
    machine: null,
    client: null,
    ip: null,
    from: time,
    to: null,
    last: time,
    state: 'unknown',
    ...NO_EVENTS,
    marks: [],
  }
}

/** Stable as long as connection, session and, where they belong to its name, host and beginning are the same. */
export function sessionId(what: 'session' | 'recording', parts: (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify([what, ...parts])).digest('base64url').slice(0, 22)
}

/** Takes in one event more; they come in time order. */
export function addEvent(draft: SessionDraft, { event }: HeldEvent): void {
  draft.user ??= actorLabel(event.actor)
  draft.machine ??= event.machine?.name ?? event.machine?.id ?? null
  draft.client ??= event.client ?? null
  draft.ip ??= event.ip ?? null
  draft.approval ??= event.approval ?? null
  draft.last = Math.max(draft.last, event.time)
  draft.events++
  if (event.outcome === 'failure') draft.failures += event.repeat
  if (event.approval !== undefined) draft.kind = 'work'
  addMark(draft, event)
  readLife(draft, event)
}

const SUDO = /^\s*(?:sudo|doas)\s/

function addMark(draft: SessionDraft, event: AuditEvent): void {
  const kind = markKind(event)
  if (kind === null) return
  if (kind === 'file') draft.files++
  if (kind === 'sudo') draft.sudo++
  if (event.category === 'command') draft.commands++
  if (draft.marks.length < MOST_MARKS) draft.marks.push({ at: event.time, kind, failed: event.outcome === 'failure' })
}

/** Marks of these events, all of them. */
export function marksOf(events: readonly AuditEvent[]): SessionMark[] {
  return events.flatMap((event) => {
    const kind = markKind(event)
    return kind === null ? [] : [{ at: event.time, kind, failed: event.outcome === 'failure' }]
  })
}

/** What an event is on the lane of its session; null where it is nothing of its own. */
function markKind({ category, command }: Pick<AuditEvent, 'category' | 'command'>): SessionMark['kind'] | null {
  if (category === 'file') return 'file'
  if (category === 'approval') return 'grant'
  if (category === 'sudo' || (category === 'command' && SUDO.test(command ?? ''))) return 'sudo'
  return category === 'command' ? 'command' : null
}

const ENDED = /^(?:closed|ended|expired|revoked|completed|terminated|finished|disconnected)$/i
const OPEN = /^(?:active|open|opened|running|started|connected|in_progress)$/i
const ENDS = new Set(['session_close', 'session_end'])

/** What a session's own record, or a line of its beginning or end, says of when it was. */
function readLife(draft: SessionDraft, event: AuditEvent): void {
  if (event.category !== 'session') return
  if (event.action === 'session') {
    draft.from = Math.min(draft.from, event.time)
    if (event.durationMs !== undefined) endAt(draft, event.time + event.durationMs)
    else if (ENDED.test(event.actionRaw)) draft.state = 'ended'
    else if (OPEN.test(event.actionRaw) && draft.state === 'unknown') draft.state = 'open'
  } else if (ENDS.has(event.action)) {
    endAt(draft, event.time)
  }
}

function endAt(draft: SessionDraft, at: Instant): void {
  draft.state = 'ended'
  draft.to = at
  draft.last = Math.max(draft.last, at)
}
