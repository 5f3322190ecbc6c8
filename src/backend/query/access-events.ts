import type { Instant } from '../../domain'
import { Turn, type ReadableStore, type RowCursor, type StoreView, type TextColumn } from '../store'

/** Rows between two looks at the clock. */
const LOOK = 500

export const EVERYTHING: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: false }

export type ReachKind = 'sign-in' | 'connect' | 'command' | 'sudo' | 'file'

/** An event that shows somebody on a machine. */
export type ReachEvent = {
  time: Instant
  kind: ReachKind
  /** Of what lasts, as a sign-in. */
  lasted: number
  isFailed: boolean
  isPrivileged: boolean
  connection: string
  /** Its number among all events held, ascending in time. */
  row: number
}

/** One person on one machine. */
export type Pair = { person: string | null; machine: string; events: ReachEvent[] }

/** Pairs by both names in lower case. */
export class Pairs {
  readonly all: Pair[] = []
  readonly #byPerson = new Map<string | null, Map<string, Pair>>()

  of(person: string | null, machine: string): Pair {
    const who = person?.toLowerCase() ?? null
    const where = machine.toLowerCase()
    let own = this.#byPerson.get(who)
    if (!own) this.#byPerson.set(who, (own = new Map()))
    let pair = own.get(where)
    if (!pair) {
      pair = { person, machine, events: [] }
      own.set(where, pair)
      this.all.push(pair)
    }
    return pair
  }
}

export type ReadEvents = {
  pairs: Pairs
  /** Time of the oldest event that names the machine, by its name in lower case. */
  machineSince: Map<string, Instant>
}

/** All events that show somebody on a machine. Null where `isStale` said so on the way. */
export async function readEvents(store: ReadableStore, isStale: () => boolean): Promise<ReadEvents | null> {
  const cursor = store.cursor(EVERYTHING)
  const read: ReadEvents = { pairs: new Pairs(), machineSince: new Map() }
  const turn = new Turn()
  for (let row = 0; row < cursor.length; row++) {
    if (row % LOOK === 0 && turn.isOver()) {
      await turn.next()
      if (isStale()) return null
    }
    cursor.to(row)
    take(cursor, row, read)
  }
  return read
}

function take(cursor: RowCursor, row: number, { pairs, machineSince }: ReadEvents): void {
  const machine = cursor.text('machineName') ?? cursor.text('machineId')
  if (machine === undefined) return
  const where = machine.toLowerCase()
  if (!machineSince.has(where)) machineSince.set(where, cursor.time)
  const kind = kindOf(cursor)
  if (kind === null) return
  const person = cursor.text('actorName') ?? cursor.text('actorEmail') ?? cursor.text('actorId') ?? null
  pairs.of(person, machine).events.push({
    time: cursor.time,
    kind,
    lasted: kind === 'sign-in' || kind === 'connect' ? (cursor.number('durationMs') ?? 0) : 0,
    isFailed: cursor.text('outcome') === 'failure',
    isPrivileged: isPrivileged(cursor, kind, person),
    connection: cursor.text('connection') ?? '',
    row,
  })
}

const SIGN_INS: ReadonlySet<string> = new Set(['login', 'console_login'])
/** What begins or tells of a session; the ends of sessions, and jobs of machines, say nothing of an access. */
const CONNECTS: ReadonlySet<string> = new Set(['connect', 'session'])
/** Lines that only accompany what somebody did. */
const NO_SUDO: ReadonlySet<string> = new Set(['other', 'authenticate'])

/** What an event shows of an access; null where it shows none, as a sign-in that failed does. */
function kindOf(cursor: RowCursor): ReachKind | null {
  const is = (column: TextColumn, value: string) => cursor.text(column) === value
  const action = cursor.text('action') ?? ''
  switch (cursor.text('category')) {
    case 'authentication':
      return SIGN_INS.has(action) && is('outcome', 'success') ? 'sign-in' : null
    case 'session':
      return CONNECTS.has(action) && !is('outcome', 'failure') ? 'connect' : null
    case 'command':
      return SUDO.test(cursor.text('command') ?? '') ? 'sudo' : 'command'
    case 'sudo':
      return NO_SUDO.has(action) ? null : 'sudo'
    case 'file':
      return is('outcome', 'failure') ? null : 'file'
    default:
      return null
  }
}

const SUDO = /^\s*(?:sudo|doas)\s/
const OTHER_ROOT = /^\s*(?:su|pkexec)(?:\s|$)/

/** Ran something as another user or as root, or is root; a sudo that was refused is not. */
function isPrivileged(cursor: RowCursor, kind: ReachKind, person: string | null): boolean {
  if (person?.toLowerCase() === 'root') return true
  if (kind === 'sudo') return cursor.text('category') === 'command' || cursor.text('outcome') !== 'failure'
  return kind === 'command' && (cursor.text('onBehalf') === 'root' || OTHER_ROOT.test(cursor.text('command') ?? ''))
}
