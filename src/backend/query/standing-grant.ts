import type { SessionRow } from '../../contract'
import { parseInstant, type AuditEvent, type Instant } from '../../domain'
import type { Filter, ReadableStore, StoreView } from '../store'
import { same } from './logged-commands'

/** Requests of one person for one machine that are looked at, the newest. */
const MOST = 500

/**
 * The grant that stood for the user on the machine when the session began, for servers whose requests and sessions do not
 * name each other.
 */
export function standingGrant(store: ReadableStore, session: Pick<SessionRow, 'connection' | 'user' | 'machine' | 'from'>): AuditEvent | null {
  const { connection, user, machine, from } = session
  if (user === null || machine === null || from === null) return null
  const category: Filter = { kind: 'text', columns: ['category'], match: { op: 'equals', value: 'approval' } }
  const own: Filter = { kind: 'text', columns: ['connection'], match: { op: 'equals', value: connection } }
  const filter: Filter = { kind: 'and', parts: [category, own, same('user', user), same('machine', machine)] }
  const view: StoreView = { filter, range: { from: 0, to: from + 1 }, order: 'desc', companions: false }
  const requests = store.page(view, 0, Math.min(MOST, store.length(view))).map(({ event }) => event)
  return requests.find((event) => stoodAt(event, from)) ?? null
}

function stoodAt(event: AuditEvent, at: Instant): boolean {
  const span = grantSpan(event)
  return span !== null && span.from <= at && at < span.to
}

/** From when to when the grant of a request stood; null where it was never approved. Without an end it stands for ever. */
export function grantSpan({ attributes }: Pick<AuditEvent, 'attributes'>): { from: Instant; to: Instant } | null {
  const from = timeOf(attributes['approved_at'])
  const ends = [attributes['expires_at'], attributes['revoked_at']].map((text) => timeOf(text) ?? Number.POSITIVE_INFINITY)
  return from === null ? null : { from, to: Math.min(...ends) }
}

/** Null where there is none, which some servers write as the year 1. */
function timeOf(text: string | undefined): Instant | null {
  const time = text === undefined ? null : parseInstant(text)
  return time !== null && time > 0 ? time : null
}
