import { createHash } from 'node:crypto'
import { clipCoverage, mergeCoverage, type CoverageRange, type Instant, type StreamFacts, type TimeRange } from '../../../domain'
import type { StreamResult } from '../../../contract'
import { BEGINNING, type Fetched, type ListPage, type PageAsk, type ServerList, type ServerRecord } from '../../source'
import type { Checkpoint, IncomingRecord, WritableStore } from '../../store'
import { unreadable } from './notes'
import type { PatientDoor } from './patient-door'

/** Rows are written late and out of order; what is younger than this is not settled. */
export const LAG_MS = 5 * 60_000
const DAY_MS = 86_400_000

export type News = Omit<CoverageRange, 'connection' | 'held'> & { overrule?: boolean }

export type Page = ListPage & { fetched: Omit<Fetched, 'json'> }

export type Place = { store: WritableStore; door: PatientDoor; connection: string; kind: string }

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
  #kept: Promise<unknown> = Promise.resolve()

  constructor(options: RunOptions, before: StreamFacts | undefined) {
    this.options = options
    this.note = options.list.note
    this.recheckedTo = before?.recheckedTo
    const { stream, label } = options.list
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

  async fetch(ask: PageAsk): Promise<Page> {
    const { door, list } = this.options
    const { json, ...fetched } = await door.get(list.path(ask))
    this.#asked = { place: fetched.place, at: fetched.fetchedAt }
    this.result.requests++
    const page = list.decode(fetched.body, json)
    this.#asOf ??= clockOf(fetched, page)
    this.#rejected = Math.max(this.#rejected, page.rejected.length)
    await this.kept()
    return { ...page, fetched }
  }

  /** Resolves when everything kept is durable; rejects where it never will be. */
  async kept(): Promise<void> {
    await this.#kept
  }

  /** Stores a page's records, as far as they were asked for, with all news of the ledger so far; not durable at once. */
  keep(page: Page): void {
    const { store, list, connection, kind, range } = this.options
    const isWanted = ({ event: { time } }: ServerRecord) => range === null || (time >= range.from && time < range.to)
    const wanted = range === null ? page.records : page.records.filter(isWanted)
    const records = wanted.map((record) => ofStream(record, list.stream))
    const { fetched, body } = page
    const isWhole = body === fetched.body
    const provenance = {
      origin: 'request' as const,
      place: fetched.place,
      fetchedAt: fetched.fetchedAt,
      size: fetched.body.length,
      sha256: sha256(fetched.body),
      status: fetched.status,
      body,
      ...(fetched.date === undefined ? {} : { date: fetched.date }),
      ...(isWhole ? {} : { heldSha256: sha256(body) }),
    }
    const coverage = this.#takeNews()
    const { appended, durable } = store.appendSoon(records, provenance, { connection, kind, ...(coverage ? { coverage } : {}) })
    this.#kept = Promise.all([this.#kept, durable])
    this.#kept.catch(() => {})
    this.result.added += appended.added
    this.result.changed += appended.changed
    this.result.late += appended.late
    this.result.duplicates += appended.duplicates - appended.changed
    this.seen += page.records.length
    this.pages++
    if (appended.added > 0) this.#noteNew(wanted)
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

  keyOf({ instance, id }: { instance: string; id: string }): string {
    const { kind, list } = this.options
    return `${kind}:${instance}:${list.stream}:${id}`
  }

  /** What is to be written at the end of the list. */
  end(): Pick<Checkpoint, 'coverage' | 'streams'> {
    const { list } = this.options
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

  #noteNew(records: ServerRecord[]): void {
    this.#widen(records.map(({ event }) => event.time))
    for (const { event } of records) if (event.machine?.id !== undefined) this.machines.add(event.machine.id)
  }

  #widen(times: Instant[]): void {
    let { from, to } = this.addedSpan ?? { from: Infinity, to: -Infinity }
    for (const time of times) {
      from = Math.min(from, time)
      to = Math.max(to, time + 1)
    }
    this.addedSpan = { from, to }
  }
}

/**
 * The time of the clock that the server writes its rows by. Its Date header may be another's: one that is behind its rows
 * is not believed, nor one that is days ahead of this machine with no row to bear it out.
 */
function clockOf({ serverTime, fetchedAt }: Page['fetched'], { records }: ListPage): Instant {
  const newest = records.reduce((last, { event }) => Math.max(last, event.time), -Infinity)
  if (serverTime > fetchedAt + DAY_MS && newest < serverTime - DAY_MS) return fetchedAt
  return newest > serverTime && newest <= fetchedAt ? newest : serverTime
}

// Not spread: that costs many times as much, and it is done for each record.
function ofStream({ id, instance, event, raw, offset, receivedSha256 }: ServerRecord, stream: string): IncomingRecord {
  const record: IncomingRecord = { instance, stream, id, event, raw, offset }
  if (receivedSha256 !== undefined) record.receivedSha256 = receivedSha256
  return record
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
