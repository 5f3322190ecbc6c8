import type { AccessEntry, SessionRow } from '../../contract'
import type { Instant, Milliseconds } from '../../domain'
import type { Pair, ReachEvent } from './access-events'
import type { Grants } from './access-grants'

/** Clocks of a session's record and of what is done in it may differ by so much. */
const SLACK: Milliseconds = 60_000
/** Two logs of one machine tell of the same sign-in within this. */
const SAME_SIGN_IN: Milliseconds = 10_000
/** Work with longer pauses that no session is known of counts as another access. */
const PAUSE: Milliseconds = 30 * 60_000
/** Sessions at the same time that are looked at for one event. */
const MOST_AT_ONCE = 50

/** One access: a session, a sign-in, or work that no session is known of. */
export type Reach = Pick<AccessEntry, 'from' | 'to' | 'kind' | 'connection' | 'commands' | 'sudo' | 'files' | 'failures' | 'isPrivileged' | 'grant'> & {
  session: SessionRow | null
  /** Number of its first event among all that are held; -1 where none is. */
  row: number
}

export type TimedSession = SessionRow & { from: Instant; machine: string }

export function isTimed(session: SessionRow): session is TimedSession {
  return session.from !== null && session.machine !== null
}

/** Accesses of one person on one machine, by their beginning. */
export function reachesOf(pair: Pair, sessions: readonly TimedSession[], grants: Grants): Reach[] {
  const known = sessionReaches(sessions.toSorted((a, b) => a.from - b.from))
  const loose: Reach[] = []
  let begun = 0
  for (const event of pair.events) {
    while (begun < known.length && (known[begun]?.from ?? 0) - SLACK <= event.time) begun++
    const reach = sessionAt(known, begun, event) ?? looseAt(loose, event)
    if (isOpen(reach)) reach.to = Math.max(reach.to, event.time)
    count(reach, event)
  }
  const all = [...known, ...loose].sort((a, b) => a.from - b.from)
  for (const reach of all) {
    const { connection, from, session } = reach
    reach.grant = grants.of({ connection, person: pair.person, machine: pair.machine, at: from, request: session?.approval ?? null })
    if (pair.person?.toLowerCase() === 'root') reach.isPrivileged = true
  }
  return all
}

function sessionReaches(sessions: readonly TimedSession[]): Reach[] {
  const known: Reach[] = []
  for (const session of sessions) {
    if (isToldTwice(session, known.at(-1))) continue
    const { from, to, last, connection } = session
    known.push({ ...blank(connection), kind: session.kind === 'login' ? 'sign-in' : 'session', session, from, to: Math.max(from, to ?? last ?? from) })
  }
  return known
}

/** A log of a machine tells of one sign-in as a process and as a numbered session. */
function isToldTwice(session: TimedSession, before: Reach | undefined): boolean {
  const other = before?.session
  if (!before || !other || session.kind !== 'login' || other.kind !== 'login') return false
  const isOtherKind = isProcess(session) !== isProcess(other)
  return isOtherKind && session.connection === other.connection && session.from - before.from <= SAME_SIGN_IN
}

function isProcess({ session }: SessionRow): boolean {
  return session.startsWith('sshd[')
}

function blank(connection: string): Omit<Reach, 'kind' | 'from' | 'to'> {
  return { connection, session: null, commands: 0, sudo: 0, files: 0, failures: 0, isPrivileged: false, grant: 'unknown', row: -1 }
}

/** Nothing says when it ended: what is done soon after belongs to it too. */
function isOpen({ session }: Reach): boolean {
  return session !== null && session.to === null
}

/** The session that an event belongs to, the one that began last. A sign-in is one of its own unless the session is that sign-in. */
function sessionAt(known: readonly Reach[], begun: number, { time, kind }: ReachEvent): Reach | null {
  for (let at = begun - 1; at >= Math.max(0, begun - MOST_AT_ONCE); at--) {
    const reach = known[at]
    if (!reach || time > reach.to + (isOpen(reach) ? PAUSE : SLACK)) continue
    if (kind !== 'sign-in') return reach
    if (reach.kind === 'sign-in' && Math.abs(time - reach.from) <= SAME_SIGN_IN) return reach
  }
  return null
}

/** The access without a session that an event carries on, or a new one. */
function looseAt(loose: Reach[], event: ReachEvent): Reach {
  const last = loose.at(-1)
  const { time, kind, lasted, connection } = event
  const isNew = !last || kind === 'sign-in' || time - last.to > PAUSE || last.connection !== connection
  if (!isNew) {
    last.to = Math.max(last.to, time + lasted)
    return last
  }
  const reach: Reach = { ...blank(connection), kind: kind === 'sign-in' ? 'sign-in' : 'work', from: time, to: time + lasted }
  loose.push(reach)
  return reach
}

function count(reach: Reach, { kind, isFailed, isPrivileged, row }: ReachEvent): void {
  if (reach.row < 0) reach.row = row
  if (kind === 'command') reach.commands++
  if (kind === 'sudo') {
    reach.commands++
    reach.sudo++
  }
  if (kind === 'file') reach.files++
  if (isFailed) reach.failures++
  if (isPrivileged) reach.isPrivileged = true
}
