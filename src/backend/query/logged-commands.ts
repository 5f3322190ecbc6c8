import type { RecordingRow } from '../../contract'
import type { AuditEvent, Instant, Outcome, TimeRange } from '../../domain'
import type { Filter, ReadableStore, StoreView } from '../store'
import { FIELD_COLUMNS } from './field-columns'

/** A command of the log that belongs to a recording. */
export type LoggedCommand = { key: string; time: Instant; command: string; outcome: Outcome; exitCode: number | null }

type Asked = Pick<RecordingRow, 'connection' | 'session' | 'user' | 'machine' | 'start' | 'durationMs'>

/** More than anybody types while a terminal is recorded. */
const MOST = 20_000
/** Clocks of a recorder and of a log may differ by so much where a session names both. */
const FAR_MS = 24 * 3_600_000
/** Where only user, machine and time tell what belongs to it. */
const NEAR_MS = 5 * 60_000

/**
 * The commands that a log has of the session of a recording; where it names none that is known, those of its user on its
 * machine in its time. In order of time.
 */
export function loggedCommands(store: ReadableStore, recording: Asked): LoggedCommand[] {
  const { session, user, machine, connection } = recording
  if (session !== null) {
    const named = same('session', session)
    const range = rangeOf(recording, FAR_MS)
    const own = commands(store, [named, { kind: 'text', columns: ['connection'], match: { op: 'equals', value: connection } }], range)
    const found = own.length > 0 ? own : commands(store, [named], range)
    if (found.length > 0) return found
  }
  const near = rangeOf(recording, NEAR_MS)
  if (user === null || near === null) return []
  return commands(store, [same('user', user), ...(machine === null ? [] : [same('machine', machine)])], near)
}

export function same(field: 'session' | 'user' | 'machine', value: string): Filter {
  return { kind: 'text', columns: FIELD_COLUMNS[field], match: { op: 'equals', value } }
}

function rangeOf({ start, durationMs }: Asked, slack: number): TimeRange | null {
  return start === null ? null : { from: start - slack, to: Math.ceil(start + (durationMs ?? 0) + slack) }
}

function commands(store: ReadableStore, filters: readonly Filter[], range: TimeRange | null): LoggedCommand[] {
  const category: Filter = { kind: 'text', columns: ['category'], match: { op: 'equals', value: 'command' } }
  const view: StoreView = { filter: { kind: 'and', parts: [category, ...filters] }, range, order: 'asc', companions: false }
  return store.page(view, 0, Math.min(MOST, store.length(view))).flatMap(({ event }) => commandOf(event))
}

function commandOf({ key, time, command, outcome, exitCode }: AuditEvent): LoggedCommand[] {
  return command === undefined ? [] : [{ key, time, command, outcome, exitCode: exitCode ?? null }]
}
