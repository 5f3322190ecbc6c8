import { setImmediate as nextTurn } from 'node:timers/promises'
import { clipCoverage, mergeCoverage, type CoverageRange, type Instant, type StreamFacts, type TimeRange } from '../../../domain'
import type { StreamResult } from '../../../contract'
import { BEGINNING, ServerFault, type Fetched, type ListPage, type PageAsk, type ServerList } from '../../source'
import type { Checkpoint, WritableStore } from '../../store'
import { Asking, type Ahead } from './asking'
import type { BodyReading } from './body-reading'
import { Keeping, type Stored } from './keeping'
import { unreadable } from './notes'
import type { PageGroup } from './page-groups'
import type { PatientDoor } from './patient-door'
import type { ReadPage } from './read-body'
import type { Writing } from './writing'

/** Rows are written late and out of order; what is younger than this is not settled. */
export const LAG_MS = 5 * 60_000
const DAY_MS = 86_400_000
/** Pages that are stored together; fewer of a list that was just begun, because somebody waits for the first. */
const MOST_TOGETHER = 8

export type News = Omit<CoverageRange, 'connection' | 'held'> & { overrule?: boolean }

/** One record of a page. */
export type PageRow = { key: string; time: Instant }

export type Page = Pick<ListPage, 'total' | 'limit' | 'rejected'> & {
  /** In the list's order. */
  rows: PageRow[]
  /** Ids of machines named in it. */
  machines: string[]
  fetched: Omit<Fetched, 'body'>
  /** Its number among those read. */
  page: number
} & Pick<ReadPage, 'facts' | 'group' | 'batch'>

export type Place = {
  store: WritableStore
  door: PatientDoor
  reading: BodyReading
  writing: Writing
  connection: string
  kind: string
}

export type RunOptions = Place & {
  list: ServerList
  /** What was asked for; null is all there is. */
  range: TimeRange | null
  /** Pages of closed history to compare again. */
  recheckPages: number
  onProgress(): void
}

/** The reading of one list in one sync: pages in, records and ledger out. */
export class ListRun {
  readonly options: RunOptions
  readonly result: StreamResult
  /** First and last time of what was added. */
  addedSpan: TimeRange | null = null
  /** Ids of machines named on pages that brought something new. */
  readonly machines = new Set<string>()
  /** Records read, and how many there are to read as far as the server has said. */
  seen = 0
  toSee = 0
  /** Pages read. */
  pages = 0
  note: string | undefined
  recheckedTo: Instant | undefined
  #asked: { place: string; at: Instant } | null = null
  #asOf: Instant | null = null
  #rejected = 0
  /** Number of the page kept last. */
  #latest: number | null = null
  readonly #asking: Asking
  readonly #keeping: Keeping
  /** Pages are stored some at a time. */
  #isNew = false
  /** The one begun last, of which `left` pages are to be read. */
  #group = { number: 0, size: 0, left: 0 }

  constructor(options: RunOptions, before: StreamFacts | undefined) {
    this.options = options
    this.note = options.list.note
    this.recheckedTo = before?.recheckedTo
    const { list, door, reading, kind, range } = options
    const { stream, label, form } = list
    const task = { form, stream, kind, range }
    this.#asking = new Asking({ door, list, reading, task, groupOfNext: () => this.#groupOfNext(), latest: () => this.#latest })
    this.#keeping = new Keeping(options, (stored) => this.#count(stored))
    const counts = { added: 0, changed: 0, duplicates: 0, late: 0, vanished: 0, requests: 0 }
    this.result = { stream, label, ...counts, status: 'ok', serverTotal: before?.serverTotal ?? null }
  }

  /** The server's time of the first answer; everything before this minus the lag is settled. */
  get settled(): Instant {
    return Math.floor((this.asOf - LAG_MS) / 1000) * 1000
  }

  get asOf(): Instant {
    if (this.#asOf === null) throw new Error('nothing was asked yet')
    return this.#asOf
  }

  get from(): Instant {
    return this.options.range?.from ?? BEGINNING
  }

  /** End of what is settled and asked for. */
  get to(): Instant {
    return Math.max(this.from, Math.min(this.options.range?.to ?? Infinity, this.settled))
  }

  /** `ahead` says what will be asked for next. */
  async fetch(ask: PageAsk, ahead: Ahead | null = null): Promise<Page> {
    const { said, ...fetched } = await this.#asking.ask(ask, ahead).finally(() => (this.result.requests = this.#asking.requests))
    this.#asked = { place: fetched.place, at: fetched.fetchedAt }
    if (said instanceof ServerFault) throw said
    const page = pageOf(said, fetched)
    this.#asOf ??= clockOf(page)
    this.#rejected = Math.max(this.#rejected, page.rejected.length)
    // What arrived meanwhile goes on its way first.
    await nextTurn()
    await this.options.writing.room()
    return page
  }

  /** Resolves when everything kept is durable; rejects where it never will be. */
  async kept(): Promise<void> {
    await this.stored()
    await this.options.writing.end()
  }

  /** Nothing more is stored: what is not in the store yet will be read again. */
  abandon(): void {
    this.#keeping.close()
  }

  /** Resolves when everything kept is in the store; rejects where it never will be. */
  async stored(): Promise<void> {
    await this.#keeping.end()
  }

  /** So many more records are to be read, in pages of that size. */
  expect(records: number, limit: number): void {
    this.toSee += records
    this.options.reading.expect(Math.ceil(records / limit))
  }

  /** Does what reads pages that are new for the most part: they are stored some at a time, and all of them in the end. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    this.#isNew = true
    try {
      return await read()
    } finally {
      this.#endGroups()
      await this.stored()
    }
  }

  /** Does what asks what is held, page by page. */
  async apart<T>(compare: () => Promise<T>): Promise<T> {
    const before = this.#isNew
    this.#endGroups()
    try {
      await this.stored()
      return await compare()
    } finally {
      this.#isNew = before
    }
  }

  /**
   * Stores a page's records, as far as they were asked for, with all news of the ledger so far; not durable at once, and with
   * those of pages after it where they were put off.
   */
  keep(page: Page): void {
    this.#latest = page.page
    this.seen += page.rows.length
    this.pages++
    this.#keeping.add(page)
    this.options.onProgress()
  }

  /** What the ledger is to say; becomes durable with the next page, or at the end. */
  cover(news: News): void {
    if (news.from < news.to) this.#keeping.cover(news)
  }

  /** The ledger of this list as it will be, over a range, gaps left out. */
  ledger(range: TimeRange): News[] {
    const held = this.options.store.ledgerOf(this.#place())
    return mergeCoverage(held, this.#keeping.news()).flatMap((entry) => clipCoverage(entry, range))
  }

  /** To be asked when all is stored. */
  held(range: TimeRange): number {
    this.#keeping.check()
    return this.options.store.heldIn(this.#place(), range)
  }

  /** Of what is stored, and of what is about to be. */
  keys(range: TimeRange): PageRow[] {
    const held = this.options.store.keysIn(this.#place(), range)
    // The store does not know yet when those are that it will have.
    const given = held.length > 0 ? this.#keeping.keys() : null
    return [...held.filter(({ key }) => !given?.has(key)), ...this.#keeping.rowsIn(range)]
  }

  /** Time of the oldest record of this list that is held; null when there is none. To be asked when all is stored. */
  oldestHeld(): Instant | null {
    this.#keeping.check()
    return this.options.store.oldestIn(this.#place())
  }

  vanish(keys: string[]): void {
    if (keys.length === 0) return
    this.#keeping.vanish(keys)
    this.result.vanished += keys.length
  }

  /** What is to be written at the end of the list. */
  end(): Pick<Checkpoint, 'coverage' | 'streams'> {
    const { list, reading } = this.options
    this.#asking.close()
    reading.forget(list.stream)
    if (this.#rejected > 0) {
      this.note = [this.note, unreadable(this.#rejected)].filter(Boolean).join(' ')
    }
    const coverage = this.#keeping.takeNews()
    const facts: StreamFacts = {
      stream: list.stream,
      label: list.label,
      status: this.result.status,
      requests: this.result.requests,
      ...(this.#asked ? { asked: this.#asked.place, at: this.#asked.at } : {}),
      ...(this.result.serverTotal === null ? {} : { serverTotal: this.result.serverTotal }),
      ...(this.note === undefined ? {} : { note: this.note }),
      ...(this.recheckedTo === undefined ? {} : { recheckedTo: this.recheckedTo }),
    }
    return { streams: [facts], ...(coverage ? { coverage } : {}) }
  }

  #count({ pages, appended }: Stored): void {
    this.result.added += appended.added
    this.result.changed += appended.changed
    this.result.late += appended.late
    this.result.duplicates += appended.duplicates - appended.changed + pages.reduce((sum, { facts }) => sum + facts.repeated, 0)
    if (appended.added > 0) for (const page of pages) this.#noteNew(page)
    this.options.onProgress()
  }

  /** What was read ahead was put off: what is kept from now on is stored at once. */
  #endGroups(): void {
    this.#isNew = false
    this.#asking.close()
  }

  #groupOfNext(): PageGroup | null {
    if (!this.#isNew) return null
    const { number, size, left } = this.#group
    const grown = Math.min(2 * size || 1, MOST_TOGETHER)
    this.#group = left > 0 ? { number, size, left: left - 1 } : { number: number + 1, size: grown, left: grown - 1 }
    return { number: this.#group.number, isLast: this.#group.left === 0 }
  }

  #place(): { connection: string; stream: string } {
    return { connection: this.options.connection, stream: this.options.list.stream }
  }

  #noteNew({ machines, facts: { span } }: Page): void {
    for (const id of machines) this.machines.add(id)
    if (span === null) return
    const { from, to } = this.addedSpan ?? span
    this.addedSpan = { from: Math.min(from, span.from), to: Math.max(to, span.to) }
  }
}

function pageOf({ said: { keys, times, ...said }, ...read }: ReadPage, fetched: Page['fetched']): Page {
  return { ...said, rows: keys.map((key, i) => ({ key, time: times[i] ?? 0 })), fetched, ...read }
}

/**
 * The time of the clock that the server writes its rows by. Its Date header may be another's: one that is behind its rows
 * is not believed, nor one that is days ahead of this machine with no row to bear it out.
 */
function clockOf({ rows, fetched: { serverTime, fetchedAt } }: Page): Instant {
  const newest = rows.reduce((last, { time }) => Math.max(last, time), -Infinity)
  if (serverTime > fetchedAt + DAY_MS && newest < serverTime - DAY_MS) return fetchedAt
  return newest > serverTime && newest <= fetchedAt ? newest : serverTime
}
