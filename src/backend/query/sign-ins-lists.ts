import type { SignInCounts, SignInList, SignInReport } from '../../contract'
import type { Connection, Outcome, StreamFacts } from '../../domain'
import type { Filter, ReadableStore, RowCursor, TextColumn } from '../store'
import { noCounts } from './sign-ins-tally'

type Telling = { report: SignInReport; why: string }
type Counted = { counts: SignInCounts; /** Failed ones that follow from a rule of ours. */ derived: number }

const PORTAL = 'audit'
const OUTSIDE = 'signins/'

/** Counts sign-ins by the list they stand in. */
export class SignInLists {
  /** By connection, then by the name of the record's own list. */
  readonly #counted = new Map<string, Map<string, Counted>>()
  /** By the numbers of both, which spares looking the texts up. */
  readonly #byCode = new Map<number, Counted>()

  add(cursor: RowCursor, outcome: Outcome, weight: number): void {
    const counted = this.#of(cursor)
    counted.counts[outcome] += weight
    if (outcome === 'failure' && cursor.text('outcomeBasis') === 'derived') counted.derived += weight
  }

  /** Of the connections that can tell of sign-ins. */
  lists(store: ReadableStore): SignInList[] {
    const shown = store.connections().filter(({ state }) => state === 'ready' || state === 'interrupted' || state === 'removed')
    return shown.flatMap((connection) => (connection.kind === 'webxterm' ? this.#ofServer(connection) : this.#ofFiles(connection, store)))
  }

  #of(cursor: RowCursor): Counted {
    const connection = cursor.code('connection')
    const code = connection * SIDE + cursor.code('stream')
    const known = connection === 0 ? undefined : this.#byCode.get(code)
    if (known) return known
    const streams = orNew(this.#counted, cursor.text('connection') ?? '', () => new Map<string, Counted>())
    const counted = orNew(streams, cursor.text('stream') ?? '', () => ({ counts: noCounts(), derived: 0 }))
    this.#byCode.set(code, counted)
    return counted
  }

  #sum(connection: string, isIn: (stream: string) => boolean): Counted {
    const sum: Counted = { counts: noCounts(), derived: 0 }
    for (const [stream, { counts, derived }] of this.#counted.get(connection) ?? []) {
      if (!isIn(stream)) continue
      sum.counts.failure += counts.failure
      sum.counts.success += counts.success
      sum.counts.unknown += counts.unknown
      sum.derived += derived
    }
    return sum
  }

  #ofServer(connection: Connection): SignInList[] {
    const { name, kind, streams } = connection
    const audit = streams.filter(({ stream }) => stream === PORTAL)
    const outside = streams.filter(({ stream }) => isOutside(stream))
    const named = { connection: name, kind }
    const portal = { ...named, label: 'sign-ins to the portal', streams: namesOf(audit), counts: this.#sum(name, (stream) => !isOutside(stream)).counts }
    const past = { ...named, label: 'sign-ins to machines past the portal', streams: namesOf(outside), counts: this.#sum(name, isOutside).counts }
    const lists: SignInList[] = [
      { ...portal, ...portalTelling(connection, audit) },
      { ...past, ...outsideTelling(outside) },
    ]
    return lists.filter((list) => list.streams.length > 0)
  }

  #ofFiles(connection: Connection, store: ReadableStore): SignInList[] {
    const { name, kind, rows, companions } = connection
    const { counts, derived } = this.#sum(name, () => true)
    if (kind !== 'sshd' && counts.failure + counts.success + counts.unknown === 0) return []
    if (rows + companions === 0) return []
    const streams = new Set(store.ledger(null).flatMap((entry) => (entry.connection === name ? [entry.stream] : [])))
    const telling = kind === 'sshd' ? logTelling(counts, derived, sessionsOnly(store, name, counts)) : otherTelling(counts)
    return [{ connection: name, kind, label: 'log', streams: [...streams], counts, ...telling }]
  }
}

function isOutside(stream: string): boolean {
  return stream.startsWith(OUTSIDE)
}

function namesOf(facts: readonly StreamFacts[]): string[] {
  return facts.map(({ stream }) => stream)
}

/** More than there are lists. */
const SIDE = 2 ** 26

function orNew<V>(map: Map<string, V>, key: string, make: () => V): V {
  const held = map.get(key) ?? make()
  map.set(key, held)
  return held
}

/** How the portal of a server tells of failed sign-ins: by the dialect that its audit speaks, and to whom. */
function portalTelling({ server }: Connection, [audit]: readonly StreamFacts[]): Telling {
  if (audit && isUnread(audit)) return { report: 'unread', why: unreadWords(audit, 'Neither failed nor other sign-ins to the portal are known') }
  if (server?.dialect !== 'server') return { report: 'reported', why: 'The server writes a failed sign-in as a record of its own.' }
  const rule = 'A sign-in failed where the server answered it with a status of 400 or above.'
  // Such a server keeps what names no tenant from an administrator of one, and a failed sign-in names none.
  const { role } = server.account
  if (role === 'super_admin') return { report: 'reported', why: rule }
  const whether = role === undefined ? 'it is not known whether this account is given them' : 'this account is not given them, only a super administrator is'
  return { report: 'partly', why: `${rule} Most failed ones name no tenant, and ${whether}.` }
}

function outsideTelling(facts: readonly StreamFacts[]): Telling {
  const unread = facts.filter(isUnread)
  const [first] = unread
  if (first && unread.length === facts.length) return { report: 'unread', why: unreadWords(first, 'No sign-in past the portal is known') }
  return { report: 'successes', why: 'The server lists only those that worked: failed ones are in no list of it.' }
}

/** `sessions`: opened ones, where no line tells of a sign-in that worked. */
function logTelling({ failure }: SignInCounts, derived: number, sessions: number): Telling {
  const words = ['sshd writes each refused password; a refused key leaves no such line at its usual level of detail.']
  const part = derived === failure ? 'All' : derived.toLocaleString('en-US')
  if (derived > 0) words.push(`${part} of the failed ones follow from a line that names an unknown user, where no other tells of the attempt.`)
  if (sessions > 0) words.push(`No line tells of a sign-in that worked, though ${sessions.toLocaleString('en-US')} sessions were opened.`)
  return { report: 'reported', why: words.join(' ') }
}

/** Old logs tell of what worked by the session alone. */
function sessionsOnly(store: ReadableStore, connection: string, { failure, success }: SignInCounts): number {
  if (failure === 0 || success > 0) return 0
  const is = (column: TextColumn, value: string): Filter => ({ kind: 'text', columns: [column], match: { op: 'equals', value } })
  const filter: Filter = { kind: 'and', parts: [is('action', 'session_open'), is('connection', connection)] }
  return store.length({ filter, range: null, order: 'asc', companions: false })
}

function otherTelling({ failure }: SignInCounts): Telling {
  if (failure > 0) return { report: 'reported', why: 'Failed sign-ins are among its records.' }
  return { report: 'unknown', why: 'No failed sign-in of it is held, and nothing tells whether it writes them down.' }
}

function isUnread({ status }: StreamFacts): boolean {
  return status === 'not-visible' || status === 'not-offered'
}

function unreadWords({ status }: StreamFacts, what: string): string {
  return `${status === 'not-visible' ? 'This account may not read the list' : 'The server does not offer the list'}. ${what}.`
}
