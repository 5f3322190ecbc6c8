import type { TimeRange } from '../../../domain'
import type { Appended, BatchProvenance, Delivery } from '../../store'
import type { News, Page, PageRow, RunOptions } from './list-run'
import { isFull, type PagesBatch } from './page-groups'

/** Milliseconds that a page waits for others where the server is slow. */
const LATE_MS = 250

/** Pages that are in the store now, and what they brought. */
export type Stored = { pages: readonly Page[]; appended: Appended }

/** Brings the pages of one list to the store, in the order in which they are given, with what the ledger is to say by then. */
export class Keeping {
  readonly #options: RunOptions
  readonly #onStored: (stored: Stored) => void
  #news: News[] = []
  /** Pages whose records were put off and were not asked for yet. */
  #waiting: Page[] = []
  #timer: NodeJS.Timeout | null = null
  /** What is on its way, in order, with its news. */
  readonly #under: { pages: readonly Page[]; news: News[] }[] = []
  /** Resolves when the last of it is in the store, or never will be. */
  #last: Promise<void> = Promise.resolve()

  constructor(options: RunOptions, onStored: (stored: Stored) => void) {
    this.#options = options
    this.#onStored = onStored
  }

  add(page: Page): void {
    const { writing, reading } = this.#options
    // Where the page it came after was lost, what they share was left out of this one.
    writing.check()
    const [first] = this.#waiting
    const isOther = first && (page.group?.number !== first.group?.number || !reading.canJoin(first.page, page.page))
    // What was said last may be of this page: it must not be told before this page is stored.
    if (isOther) this.#send([])
    if (page.batch && this.#isSettled) return this.#store([page], page.batch, this.#takeAll())
    this.#waiting.push(page)
    if (page.batch || page.group?.isLast || isFull(this.#waiting.map(({ facts }) => facts.size))) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), LATE_MS)
  }

  cover(news: News): void {
    this.#news.push(news)
  }

  /** All that is not in the store's ledger yet, oldest first. */
  news(): News[] {
    return [...this.#under.flatMap(({ news }) => news), ...this.#news]
  }

  /** Those that no page is to bring; null when there are none. */
  takeNews(): News[] | null {
    const news = this.#takeAll()
    return news.length > 0 ? news : null
  }

  /** Records of the pages that are not in the store yet. */
  rowsIn({ from, to }: TimeRange): PageRow[] {
    return this.#pending.flatMap(({ rows }) => rows.filter(({ time }) => time >= from && time < to))
  }

  /** Keys of the pages that are not in the store yet. */
  keys(): Set<string> {
    return new Set(this.#pending.flatMap(({ rows }) => rows.map(({ key }) => key)))
  }

  /** Told to the store when it has all that was given until now, and before it has more. */
  vanish(vanished: string[]): void {
    const { store, connection, kind } = this.#options
    const tell = () => store.note({ connection, kind, vanished })
    if (this.#isSettled) return tell()
    this.#send([])
    this.#follow({ pages: [], news: [] }, Promise.resolve(), tell)
  }

  /** Throws where a page is not in the store yet: what is held cannot be told. */
  check(): void {
    if (!this.#isSettled) throw new Error(`pages of ${this.#options.list.stream} are on their way`)
  }

  /** Resolves when all is in the store; rejects where it never will be. */
  async end(): Promise<void> {
    this.#send()
    await this.#last
    this.#options.writing.check()
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting = []
  }

  get #isSettled(): boolean {
    return this.#waiting.length === 0 && this.#under.length === 0
  }

  /** Pages that are not in the store yet. */
  get #pending(): Page[] {
    return [...this.#under.flatMap(({ pages }) => pages), ...this.#waiting]
  }

  #takeAll(): News[] {
    const news = this.#news
    this.#news = []
    return news
  }

  /** Asks for the records of the pages that wait, and stores them with that news when all before them are. */
  #send(news?: News[]): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const pages = this.#waiting
    if (pages.length === 0) return
    this.#waiting = []
    const sent = { pages, news: news ?? this.#takeAll() }
    this.#follow(sent, this.#batchOf(pages), (batch) => this.#store(pages, batch, sent.news))
  }

  /** Does something with what is found, when all that was given before is in the store. */
  #follow<T>(sent: { pages: readonly Page[]; news: News[] }, found: Promise<T>, act: (found: T) => void): void {
    const { writing } = this.#options
    const before = this.#last
    const isFound = found.catch(() => {})
    const acted = before.then(async () => {
      await isFound
      // What would come after one that was lost is not stored.
      writing.check()
      const what = await found
      this.#under.shift()
      act(what)
    })
    this.#under.push(sent)
    writing.begin(acted)
    this.#last = acted.catch(() => {})
  }

  async #batchOf(pages: readonly Page[]): Promise<PagesBatch> {
    const { reading, list } = this.#options
    const [first] = pages
    // One that was not put off, and that waits for those that were.
    return first?.batch ?? reading.batch(list.stream, pages.map(({ page }) => page))
  }

  #store(pages: readonly Page[], { batch, frames }: PagesBatch, coverage: News[]): void {
    const { store, connection, kind, writing } = this.#options
    if (frames.length !== pages.length) throw new Error(`${frames.length} frames of ${pages.length} pages`)
    const checkpoint = { connection, kind, ...(coverage.length > 0 ? { coverage } : {}) }
    const deliveries = pages.map((page, i): Delivery => ({ rows: page.facts.rows, provenance: provenanceOf(page), frame: frames[i] ?? null }))
    const { appended, durable } = store.appendSoon(batch, deliveries, checkpoint)
    writing.begin(durable)
    this.#onStored({ pages, appended })
  }
}

function provenanceOf({ fetched: { place, fetchedAt, status, date }, facts: { size, sha256, heldSha256 } }: Page): BatchProvenance {
  return {
    origin: 'request',
    place,
    fetchedAt,
    size,
    sha256,
    status,
    ...(date === undefined ? {} : { date }),
    ...(heldSha256 === null ? {} : { heldSha256 }),
  }
}
