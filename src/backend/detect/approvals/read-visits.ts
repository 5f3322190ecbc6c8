import type { Instant } from '../../../domain'
import type { Filter, ReadableStore, RowCursor, StoreView } from '../../store'
import type { RoleChange, Visit } from './model'
import type { Names } from './read-requests'

/** Rows between two breaths. */
const STEP = 1024

const NAMES_SESSION: Filter = { kind: 'text', columns: ['session'], match: { op: 'wildcard', pattern: '*' } }
const ALL: StoreView = { filter: NAMES_SESSION, range: null, order: 'asc', companions: false }

const COMMANDS: StoreView = {
  ...ALL,
  filter: {
    kind: 'and',
    parts: [{ kind: 'text', columns: ['category'], match: { op: 'equals', value: 'command' } }, { kind: 'not', part: NAMES_SESSION }],
  },
}

const ROLES: StoreView = {
  ...ALL,
  filter: {
    kind: 'and',
    parts: [
      { kind: 'text', columns: ['category'], match: { op: 'equals', value: 'privilege' } },
      { kind: 'text', columns: ['action'], match: { op: 'regex', pattern: /^(?:role_change|permission_change|grant)$/ } },
      { kind: 'text', columns: ['outcome'], match: { op: 'equals', value: 'success' } },
    ],
  },
}

const CLOSED = /^(?:closed|ended|expired|revoked|completed|terminated|finished|disconnected)$/i
const ENDS = new Set(['session_close', 'session_end'])

type Draft = Omit<Visit, 'user' | 'place' | 'machine'> & { user: Visit['user'] | null; place: string | null; machine: string | null }

/** Sessions of the connections that have requests, by their beginning. */
export function* readVisits(store: ReadableStore, names: Names, connections: ReadonlySet<string>): Generator<void, Visit[]> {
  const drafts = new Drafts()
  if (connections.size === 0) return []
  const cursor = store.cursor(ALL)
  const isWanted = connectionTest(connections)
  for (let at = 0; at < cursor.length; at++) {
    if (at % STEP === 0) yield
    cursor.to(at)
    const connection = isWanted(cursor)
    if (connection !== null) addRow(drafts.of(connection, cursor), cursor, names)
  }
  yield
  const visits = [...drafts.all].filter(isVisit).sort((a, b) => a.from - b.from)
  yield* addCommands(store, visits, { names, isWanted })
  return visits
}

/** Commands that name no session belong to that of their user on their machine in their time, where no command names it. */
function* addCommands(store: ReadableStore, visits: readonly Visit[], { names, isWanted }: { names: Names; isWanted: (cursor: RowCursor) => string | null }): Generator<void, void> {
  const silent = new Map<string, Visit[]>()
  for (const visit of visits) {
    if (visit.commands.length > 0) continue
    const holder = holderOf(visit.connection, visit.user.key, visit.place)
    const list = silent.get(holder)
    if (list) list.push(visit)
    else silent.set(holder, [visit])
  }
  const cursor = store.cursor(COMMANDS)
  for (let at = 0; at < cursor.length; at++) {
    if (at % STEP === 0) yield
    cursor.to(at)
    const connection = isWanted(cursor)
    if (connection === null) continue
    const user = names.people.of({ id: cursor.text('actorId'), name: cursor.text('actorName'), email: cursor.text('actorEmail') })
    const place = names.places.of({ id: cursor.text('machineId'), name: cursor.text('machineName') })
    const own = user && place !== null ? silent.get(holderOf(connection, user.key, place)) : undefined
    const { time } = cursor
    own?.findLast(({ from, last }) => from <= time && time <= last)?.commands.push(time)
  }
}

function holderOf(connection: string, user: string, place: string): string {
  return `${connection}\n${user}\n${place}`
}

/** Tells which connection a row is shown under, null for those that are not wanted. */
function connectionTest(connections: ReadonlySet<string>): (cursor: RowCursor) => string | null {
  const known = new Map<number, string | null>()
  return (cursor) => {
    const code = cursor.code('connection')
    const held = code === 0 ? undefined : known.get(code)
    if (held !== undefined) return held
    const name = cursor.text('connection') ?? ''
    const wanted = connections.has(name) ? name : null
    if (code !== 0) known.set(code, wanted)
    return wanted
  }
}

/** Sessions while their rows are read, in the order in which they are met. */
class Drafts {
  readonly all: Draft[] = []
  readonly #byName = new Map<string, Draft>()
  /** By connection and the number that stands for the session's name: most rows need no more. */
  readonly #byCode = new Map<string, Map<number, Draft>>()

  of(connection: string, cursor: RowCursor): Draft {
    const code = cursor.code('session')
    let own = this.#byCode.get(connection)
    if (!own) this.#byCode.set(connection, (own = new Map()))
    const known = code === 0 ? undefined : own.get(code)
    if (known) return known
    const draft = this.#named(connection, cursor)
    if (code !== 0) own.set(code, draft)
    return draft
  }

  #named(connection: string, cursor: RowCursor): Draft {
    const session = cursor.text('session') ?? ''
    const key = `${connection}\n${session}`
    const known = this.#byName.get(key)
    if (known) return known
    const { time } = cursor
    const draft: Draft = { connection, session, user: null, isService: false, machine: null, place: null, approval: null, from: time, to: null, last: time, commands: [] }
    this.#byName.set(key, draft)
    this.all.push(draft)
    return draft
  }
}

function addRow(draft: Draft, cursor: RowCursor, names: Names): void {
  const { time } = cursor
  draft.last = Math.max(draft.last, time)
  if (!draft.user) {
    draft.user = names.people.of({ id: cursor.text('actorId'), name: cursor.text('actorName'), email: cursor.text('actorEmail') })
    draft.isService = cursor.text('actorKind') === 'service'
  }
  if (draft.place === null) {
    const machine = { id: cursor.text('machineId'), name: cursor.text('machineName') }
    draft.place = names.places.of(machine)
    draft.machine = machine.name ?? machine.id ?? null
  }
  draft.approval ??= cursor.text('approval') ?? null
  const category = cursor.text('category')
  if (category === 'command') draft.commands.push(time)
  else if (category === 'session') readLife(draft, cursor)
}

/** What the record of a session, or a line of its end, says of when it was. */
function readLife(draft: Draft, cursor: RowCursor): void {
  const { time } = cursor
  const action = cursor.text('action') ?? ''
  if (action === 'session') {
    draft.from = Math.min(draft.from, time)
    const lasted = cursor.number('durationMs')
    if (lasted !== undefined) endAt(draft, time + lasted)
    else if (CLOSED.test(cursor.text('actionRaw') ?? '')) draft.to ??= draft.last
  } else if (ENDS.has(action)) {
    endAt(draft, time)
  }
}

function endAt(draft: Draft, at: Instant): void {
  draft.to = at
  draft.last = Math.max(draft.last, at)
}

function isVisit(draft: Draft): draft is Draft & Visit {
  return draft.user !== null && draft.place !== null
}

/** Roles that somebody got, by time. */
export function* readRoleChanges(store: ReadableStore, { people }: Names): Generator<void, RoleChange[]> {
  const cursor = store.cursor(ROLES)
  const changes: RoleChange[] = []
  for (let at = 0; at < cursor.length; at++) {
    if (at % 64 === 0) yield
    cursor.to(at)
    const to = people.of({ id: cursor.text('targetId'), name: cursor.text('targetName') })
    const by = people.of({ id: cursor.text('actorId'), name: cursor.text('actorName'), email: cursor.text('actorEmail') })
    const role = cursor.changes().find(({ field }) => /role|permission|admin/i.test(field))?.new
    if (to && role !== undefined) changes.push({ key: cursor.key(), at: cursor.time, to, by, role })
  }
  return changes
}
