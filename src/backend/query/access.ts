import { BackendFault, type AccessDetail, type AccessEntry, type AccessList, type AccessRow, type Ask } from '../../contract'
import { productionTest, type Instant, type TimeRange } from '../../domain'
import { withTerm } from '../../language'
import { Turn, type ReadableStore } from '../store'
import { EVERYTHING, readEvents, type Pair } from './access-events'
import { Grants } from './access-grants'
import { isTimed, reachesOf, type Reach, type TimedSession } from './access-reaches'
import { inOrder, reachesInto, rowOf, sumOf, testOf, type Held } from './access-rows'
import type { Sessions } from './sessions'

/** How often reading begins anew where the store changes meanwhile. */
const TRIES = 3
/** Values offered to filter by. */
const MOST_OFFERED = 2000

export type AccessFilter = Omit<Ask<'access.list'>, 'at' | 'count'>

type Known = {
  /** Of the store, as far as it was read. */
  revision: number
  held: Held[]
  people: string[]
  machines: string[]
  heldSince: Instant | null
  unplaced: number
}

/** The rows of a time, and those of them that match the last filter in its order: the pages of a list follow one another. */
type InTime = { known: Known; key: string; rows: AccessRow[] }
type Found = { from: InTime; key: string; rows: AccessRow[]; sums: AccessList['sums'] }

/** Who reached which machine, of all that is held; kept until the store changes. */
export class Access {
  readonly #store: ReadableStore
  readonly #sessions: Sessions
  #known: Known | null = null
  #reading: Promise<Known> | null = null
  #inTime: InTime | null = null
  #found: Found | null = null

  constructor(store: ReadableStore, sessions: Sessions) {
    this.#store = store
    this.#sessions = sessions
  }

  async list({ at, count, ...filter }: Ask<'access.list'>): Promise<AccessList> {
    const { from, rows, sums } = await this.#find(filter)
    const { people, machines, heldSince, unplaced } = from.known
    return { rows: rows.slice(at, at + count), total: rows.length, sums, people, machines, heldSince, unplaced }
  }

  async detail({ person, machine, range, at, count }: Ask<'access.detail'>): Promise<AccessDetail> {
    const known = await this.#read()
    const held = known.held.find((one) => isSame(one.person, person) && isSame(one.machine, machine))
    const row = held && rowOf(held, range, productionTest(this.#production()))
    if (!held || !row) throw new BackendFault({ code: 'not-found', message: 'No access of this person to this machine is held for this time.' })
    const reaches = held.reaches.filter((reach) => reachesInto(reach, range)).toReversed()
    const entries = reaches.slice(at, at + count).map((reach) => this.#entryOf(reach, known.revision))
    return { row, entries, total: reaches.length, query: queryOf(held) }
  }

  #production(): string {
    return this.#store.settings()['production'] ?? ''
  }

  async #find(filter: AccessFilter): Promise<Found> {
    const from = await this.#rowsIn(filter.range)
    const key = JSON.stringify(filter)
    if (this.#found?.from === from && this.#found.key === key) return this.#found
    const rows = from.rows.filter(testOf(filter)).sort(inOrder(filter))
    this.#found = { from, key, rows, sums: sumOf(rows) }
    return this.#found
  }

  async #rowsIn(range: TimeRange | null): Promise<InTime> {
    const known = await this.#read()
    const production = this.#production()
    const key = JSON.stringify([range, production])
    if (this.#inTime?.known === known && this.#inTime.key === key) return this.#inTime
    const isProduction = productionTest(production)
    const rows: AccessRow[] = []
    const turn = new Turn()
    for (const held of known.held) {
      const row = rowOf(held, range, isProduction)
      if (row) rows.push(row)
      if (turn.isOver()) await turn.next()
    }
    this.#inTime = { known, key, rows }
    return this.#inTime
  }

  #entryOf(reach: Reach, revision: number): AccessEntry {
    const { session, row, ...entry } = reach
    const place = { session: session?.id ?? null, client: session?.client ?? null, ip: session?.ip ?? null, key: null }
    // Row numbers are those of the moment of reading.
    if (row < 0 || revision !== this.#store.revision()) return { ...entry, ...place }
    const cursor = this.#store.cursor(EVERYTHING)
    cursor.to(row)
    return { ...entry, ...place, client: place.client ?? cursor.text('client') ?? null, ip: place.ip ?? cursor.text('ip') ?? null, key: cursor.key() }
  }

  async #read(): Promise<Known> {
    if (this.#known?.revision === this.#store.revision()) return this.#known
    this.#reading ??= this.#readAnew().finally(() => (this.#reading = null))
    return this.#reading
  }

  /** Where the store never rests, as in a sync, what was known before is told on: another change is to come. */
  async #readAnew(): Promise<Known> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const known = await this.#tryToRead()
      if (known) return (this.#known = known)
    }
    if (this.#known) return this.#known
    throw new BackendFault({ code: 'cancelled', message: 'What is held changes too fast to be read. The list comes when that has ended.' })
  }

  async #tryToRead(): Promise<Known | null> {
    const sessions = await this.#sessions.all()
    const revision = this.#store.revision()
    const isStale = () => this.#store.revision() !== revision
    const grants = await Grants.read(this.#store, isStale)
    const read = grants && (await readEvents(this.#store, isStale))
    if (!grants || !read) return null
    const { pairs, machineSince } = read
    const turn = new Turn()
    const timed = new Map<Pair, TimedSession[]>()
    let unplaced = 0
    for (const session of sessions) {
      if (isTimed(session)) push(timed, pairs.of(session.user, session.machine), session)
      else unplaced++
      if (turn.isOver()) await turn.next()
    }
    const held: Held[] = []
    for (const pair of pairs.all) {
      const reaches = reachesOf(pair, timed.get(pair) ?? [], grants)
      const [first] = reaches
      const since = machineSince.get(pair.machine.toLowerCase()) ?? Number.POSITIVE_INFINITY
      if (first) held.push({ person: pair.person, machine: pair.machine, reaches, firstHeld: first.from, machineSince: Math.min(since, first.from) })
      if (turn.isOver()) await turn.next()
    }
    if (isStale()) return null
    const people = distinct(held.map(({ person }) => person))
    const machines = distinct(held.map(({ machine }) => machine))
    return { revision, held, people, machines, heldSince: this.#store.state().range?.from ?? null, unplaced }
  }
}

function push(timed: Map<Pair, TimedSession[]>, pair: Pair, session: TimedSession): void {
  const own = timed.get(pair)
  if (own) own.push(session)
  else timed.set(pair, [session])
}

function isSame(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : one.toLowerCase() === other.toLowerCase()
}

const COLLATOR = new Intl.Collator('en')

function distinct(values: readonly (string | null)[]): string[] {
  const known = new Set(values.filter((value) => value !== null))
  return [...known].sort(COLLATOR.compare).slice(0, MOST_OFFERED)
}

function queryOf({ person, machine }: Held): string {
  const user = withTerm('', { field: 'user', value: person, negate: false })
  return withTerm(user, { field: 'machine', value: machine, negate: false })
}
