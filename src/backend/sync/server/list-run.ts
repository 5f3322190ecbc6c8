import { setImmediate as nextTurn } from 'node:timers/promises'
import { clipCoverage, mergeCoverage, type CoverageRange, type Instant, type StreamFacts, type TimeRange } from '../../../domain'
import type { StreamResult } from '../../../contract'
import { BEGINNING, ServerFault, type Fetched, type ListPage, type PageAsk, type ServerList } from '../../source'
import type { Checkpoint, WritableStore } from '../../store'
import { Asking, type Ahead } from './asking'
import type { BodyReading } from './body-reading'
import { unreadable } from './notes'
import type { PatientDoor } from './patient-door'
import type { PageBatch, ReadPage } from './read-body'
import type { Writing } from './writing'

/** Rows are written late and out of order; what is younger than this is not settled. */
export const LAG_MS = 5 * 60_000
const DAY_MS = 86_400_000

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
  /** What is to be stored of it. */
  batch: PageBatch
}

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
  #news: News[] = []
  #asked: { place: string; at: Instant } | null = null
  #asOf: Instant | null = null
  #rejected = 0
  /** Number of the page kept last. */
  #latest: number | null = null
  readonly #asking: Asking

  constructor(options: RunOptions, before: StreamFacts | undefined) {
    this.options = options
    this.note = options.list.note
    this.recheckedTo = before?.recheckedTo
    const { list, door, reading, kind, range } = options
    const { stream, label, form } = list
    this.#asking = new Asking({ door, list, reading, task: { form, stream, kind, range }, latest: () => this.#latest })
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
    await this.options.writing.end()
  }

  /** So many more records are to be read, in pages of that size. */
  expect(records: number, limit: number): void {
    this.toSee += records
    this.options.reading.expect(Math.ceil(records / limit))
  }

  /** Stores a page's records, as far as they were asked for, with all news of the ledger so far; not durable at once. */
  keep(page: Page): void {
    const { store, connection, kind, writing } = this.options
    // Where the page it came after was lost, what they share was left out of this one.
    writing.check()
    this.#latest = page.page
    const { fetched } = page
    const { batch, repeated, span, size, sha256, heldSha256 } = page.batch
    const provenance = {
      origin: 'request' as const,
      place: fetched.place,
      fetchedAt: fetched.fetchedAt,
      size,
      sha256,
      status: fetched.status,
      ...(fetched.date === undefined ? {} : { date: fetched.date }),
      ...(heldSha256 === null ? {} : { heldSha256 }),
    }
    const coverage = this.#takeNews()
    const { appended, durable } = store.appendSoon(batch, provenance, { connection, kind, ...(coverage ? { coverage } : {}) })
    writing.begin(durable)
    this.result.added += appended.added
    this.result.changed += appended.changed
    this.result.late += appended.late
    this.result.duplicates += appended.duplicates - appended.changed + repeated
    this.seen += page.rows.length
    this.pages++
    if (appended.added > 0) this.#noteNew(page, span)
    this.options.onProgress()
  }

  /** What the ledger is to say; becomes durable with the next page, or at the end. */
  cover(news: News): void {
    if (news.from < news.to) this.#news.push(news)
  }

  /** The ledger of this list as it will be, over a range, gaps left out. */
  ledger(range: TimeRange): News[] {
    const held = this.options.store.ledgerOf(this.#place())
    return mergeCoverage(held, this.#news).flatMap((entry) => clipCoverage(entry, range))
  }

  held(range: TimeRange): number {
    return this.options.store.heldIn(this.#place(), range)
  }

  keys(range: TimeRange): { key: string; time: Instant }[] {
    return this.options.store.keysIn(this.#place(), range)
  }

  /** Time of the oldest record of this list that is held; null when there is none. */
  oldestHeld(): Instant | null {
    return this.options.store.oldestIn(this.#place())
  }

  vanish(keys: string[]): void {
    if (keys.length === 0) return
    const { store, connection, kind } = this.options
    store.note({ connection, kind, vanished: keys })
    this.result.vanished += keys.length
  }

  /** What is to be written at the end of the list. */
  end(): Pick<Checkpoint, 'coverage' | 'streams'> {
    const { list } = this.options
    this.#asking.close()
    if (this.#rejected > 0) {
      this.note = [this.note, unreadable(this.#rejected)].filter(Boolean).join(' ')
    }
    const coverage = this.#takeNews()
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

  #takeNews(): News[] | null {
    if (this.#news.length === 0) return null
    const news = this.#news
    this.#news = []
    return news
  }

  #place(): { connection: string; stream: string } {
    return { connection: this.options.connection, stream: this.options.list.stream }
  }

  #noteNew({ machines }: Page, span: TimeRange | null): void {
    for (const id of machines) this.machines.add(id)
    if (span === null) return
    const { from, to } = this.addedSpan ?? span
    this.addedSpan = { from: Math.min(from, span.from), to: Math.max(to, span.to) }
  }
}

function pageOf({ said: { keys, times, ...said }, batch }: ReadPage, fetched: Page['fetched']): Page {
  return { ...said, rows: keys.map((key, i) => ({ key, time: times[i] ?? 0 })), fetched, batch }
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
