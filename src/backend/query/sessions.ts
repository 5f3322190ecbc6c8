import { BackendFault, type Ask, type Methods, type RecordingRow, type SessionDetail, type SessionRow } from '../../contract'
import type { AuditEvent, TimeRange } from '../../domain'
import { withTerm, type FieldName } from '../../language'
import type { Filter, ReadableStore, StoreView } from '../store'
import { loggedCommands } from './logged-commands'
import { ownNames } from './own-names'
import { marksOf } from './sessions-draft'
import { sessionRows } from './sessions-recorded'
import { SessionReader } from './sessions-read'
import { standingGrant } from './standing-grant'
import { timelineRow } from './timeline-row'
import { storeView } from './view'

/** Values offered to filter by. */
const MOST_OFFERED = 2000
/** Events that the page of a session shows. */
const MOST_ROWS = 1000

type Known = { revision: number; rows: SessionRow[] }

/** Sessions of all that is held, kept until the store changes. */
export class Sessions {
  readonly #store: ReadableStore
  readonly #reader: SessionReader
  #known: Known | null = null

  constructor(store: ReadableStore) {
    this.#store = store
    this.#reader = new SessionReader(store)
  }

  async list(ask: Ask<'session.list'>): Promise<Methods['session.list']> {
    const me = ownNames(this.#store)
    const isMine = (row: SessionRow) => row.user !== null && me.has(row.user.toLowerCase())
    const all = await this.all()
    const offered = ask.mine ? all.filter(isMine) : all
    const found = offered.filter(this.#filterOf(ask))
    return {
      total: found.length,
      rows: found.slice(ask.at, ask.at + ask.count),
      users: distinct(offered.map(({ user }) => user)),
      machines: distinct(offered.map(({ machine }) => machine)),
      me: [...me.values()],
    }
  }

  async detail(id: string): Promise<SessionDetail> {
    const session = (await this.all()).find((row) => row.id === id)
    if (!session) throw new BackendFault({ code: 'not-found', message: 'This session is not held in the workspace.' })
    const nearby = session.commands > 0 ? 0 : this.#nearby(session)
    if (session.events === 0) return { session, rows: [], total: 0, query: '', nearby, grant: null }
    const query = queryOf(session)
    const view = storeView({ query, range: null, order: 'asc' })
    const held = this.#store.page(view, 0, MOST_ROWS)
    const rows = held.map(({ event, origin }) => timelineRow(event, origin))
    const events = held.map(({ event }) => event)
    const total = this.#store.length(view)
    return { session: { ...session, marks: marksOf(events) }, rows, total, query, nearby, grant: grantOf(events) ?? this.#standing(session) }
  }

  #standing(session: SessionRow): SessionDetail['grant'] {
    const event = standingGrant(this.#store, session)
    return event ? grantOf([event]) : null
  }

  #nearby({ from, to, last, ...session }: SessionRow): number {
    const durationMs = from === null ? null : (to ?? last ?? from) - from
    return loggedCommands(this.#store, { ...session, start: from, durationMs }).length
  }

  /** Newest first; those of unknown time last. */
  async all(): Promise<SessionRow[]> {
    if (this.#known?.revision === this.#store.revision()) return this.#known.rows
    const drafts = await this.#reader.read()
    const { revision } = this.#reader
    const rows = sessionRows(drafts, this.#store.recordings())
    rows.sort((a, b) => (b.from ?? Number.NEGATIVE_INFINITY) - (a.from ?? Number.NEGATIVE_INFINITY) || (a.id < b.id ? -1 : 1))
    this.#known = { revision, rows }
    return rows
  }

  #filterOf({ text, user, machine, range, recorded }: Ask<'session.list'>): (row: SessionRow) => boolean {
    const words = text.trim().toLowerCase()
    const byCommand = words === '' ? null : this.#whereTyped(words)
    return (row) =>
      (user === null || row.user === user) &&
      (machine === null || row.machine === machine) &&
      (!recorded || row.recordings.length > 0) &&
      (range === null || isIn(row, range)) &&
      (byCommand === null || byCommand.has(row.session) || isNamed(row, words))
  }

  /** Session ids in which a command holds the text. */
  #whereTyped(words: string): Set<string> {
    const filter: Filter = { kind: 'text', columns: ['command'], match: { op: 'contains', value: words } }
    const view: StoreView = { filter, range: null, order: 'asc', companions: true }
    return new Set(this.#store.tally(view, ['session']).values.flatMap(({ value }) => (value === null ? [] : [value])))
  }
}

function isIn({ from, to, last }: SessionRow, range: TimeRange): boolean {
  return from !== null && from < range.to && (to ?? last ?? from) >= range.from
}

function isNamed(row: SessionRow, words: string): boolean {
  const texts = [row.session, row.user, row.machine, row.client, row.ip, ...row.recordings.flatMap(ownTexts)]
  return texts.some((text) => text?.toLowerCase().includes(words))
}

function ownTexts({ title, command }: RecordingRow): (string | null)[] {
  return [title, command]
}

function distinct(values: (string | null)[]): string[] {
  const known = new Set(values.filter((value) => value !== null))
  return [...known].sort((a, b) => a.localeCompare(b)).slice(0, MOST_OFFERED)
}

/** A sign-in of a log is found by its number, on its host and in its time; any other session by its id, or its request's. */
function queryOf(session: SessionRow): string {
  const { connection, machine, approval } = session
  const pid = /^sshd\[(\d+)\]$/.exec(session.session)?.[1]
  const named = pid === undefined ? term('session', session.session) : term('field.pid', pid)
  if (session.kind === 'login') return all([term('connection', connection), named, term('machine', machine), term('time', spanOf(session))])
  return all([term('connection', connection), approval === null ? named : `(${named} OR ${term('approval', approval)})`])
}

function term(field: FieldName, value: string | null): string {
  return value === null ? '' : withTerm('', { field, value, negate: false })
}

function all(terms: string[]): string {
  return terms.filter((text) => text !== '').join(' ')
}

function spanOf({ from, last }: SessionRow): string | null {
  if (from === null) return null
  return `${new Date(from).toISOString()}..${new Date((last ?? from) + 1).toISOString()}`
}

function grantOf(events: AuditEvent[]): SessionDetail['grant'] {
  const first = <K extends keyof AuditEvent>(name: K) => events.find((event) => event[name] !== undefined)?.[name] ?? null
  const grant = {
    request: first('approval'),
    approver: first('approver'),
    decision: first('decision'),
    justification: first('justification'),
    scope: first('scope'),
  }
  return Object.values(grant).some((value) => value !== null) ? grant : null
}
