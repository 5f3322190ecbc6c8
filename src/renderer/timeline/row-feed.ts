import type { Backend, TableName, TimelineRow, View } from '../../contract'
import { PAGE_ROWS, type PageCache, pageCache, pagesOver } from './page-cache'

/** Where to begin: the row an event stands in now, or, when it is gone or none is named, a row number. */
export type Anchor = { key: string | null; row: number }

/** A consistent first look at a view: the rows around the anchor, all of one moment. */
export type Loaded = {
  view: View
  total: number
  /** What decides which rows there are. */
  tables: readonly TableName[]
  pages: Map<number, TimelineRow[]>
  /** Row the anchor's event stands in; null when it is not in the view. */
  anchor: number | null
}

/** Rows kept in memory: 240 pages are 12,000 rows. */
const MOST_PAGES = 240
/** A scroll that has not moved for this long has come to rest, in milliseconds. */
const REST = 30
/** Longest wait before a page that could not be read is asked for again, in milliseconds. */
const RETRY = 2000

/** Fetches the rows of one view in aligned pages, only those that are looked at. */
export class RowFeed {
  readonly rows: PageCache<TimelineRow> = pageCache(MOST_PAGES)
  view: View | null = null
  total = 0
  tables: readonly TableName[] = ['event']
  fault: unknown = null
  private readonly backend: Pick<Backend, 'call'>
  private readonly changed: () => void
  private readonly underWay = new Set<number>()
  private wanted: { first: number; last: number } = { first: 0, last: -1 }
  private epoch = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  /** `changed` is called when rows came or could not be read. */
  constructor(backend: Pick<Backend, 'call'>, changed: () => void) {
    this.backend = backend
    this.changed = changed
  }

  /** Reads a view from its anchor on, `around` rows to either side, and shows nothing of it yet. */
  async load(view: View, anchor: Anchor, around: number): Promise<Loaded> {
    const event = anchor.key === null ? null : { key: anchor.key, reach: around }
    const loaded = await this.fetch(view, pagesOver(anchor.row - around, anchor.row + around), event)
    const isPastEnd = loaded.anchor === null && loaded.total > 0 && loaded.total <= anchor.row - around
    return isPastEnd ? this.fetch(view, pagesOver(loaded.total - 2 * around, loaded.total - 1), null) : loaded
  }

  async locate(view: View, key: string): Promise<number | null> {
    return (await this.backend.call('timeline.locate', { view, key })).value.row
  }

  /** Takes what was loaded in place of all rows held. */
  show(loaded: Loaded): void {
    this.epoch++
    this.underWay.clear()
    this.fault = null
    this.view = loaded.view
    this.total = loaded.total
    this.tables = loaded.tables
    this.rows.clear()
    for (const [page, rows] of loaded.pages) this.rows.put(page, rows)
  }

  /** Says which rows are looked at. While a scroll is under way pages are fetched one look at a time, so that what flies past is never asked for. */
  want(first: number, last: number, scrolling: boolean): void {
    this.wanted = { first, last }
    this.dropTimer()
    if (!scrolling || this.underWay.size === 0) return this.fill()
    this.timer = setTimeout(() => {
      this.timer = null
      this.fill()
    }, REST)
  }

  close(): void {
    this.epoch++
    this.dropTimer()
  }

  private fill(): void {
    const { first, last } = this.wanted
    const missing = pagesOver(first, last).filter((page) => !this.isHere(page))
    const pages = missing.length > 0 ? missing : pagesOver(first - PAGE_ROWS, Math.min(last + PAGE_ROWS, this.total - 1))
    for (const page of pages) if (!this.isHere(page)) this.fetchPage(page)
  }

  private isHere(page: number): boolean {
    return this.rows.has(page) || this.underWay.has(page)
  }

  private fetchPage(page: number): void {
    const { view, epoch } = this
    if (!view) return
    this.underWay.add(page)
    this.backend.call('timeline.rows', { view, at: page * PAGE_ROWS, count: PAGE_ROWS }).then(
      ({ value }) => {
        if (epoch !== this.epoch) return
        this.underWay.delete(page)
        this.fault = null
        this.rows.put(page, value.rows)
        this.afterPage()
      },
      (fault: unknown) => {
        if (epoch !== this.epoch) return
        this.fault = fault
        // It stays under way until then, so that a backend in trouble is not asked at every frame.
        setTimeout(() => epoch === this.epoch && this.underWay.delete(page) && this.fill(), RETRY)
        this.changed()
      },
    )
  }

  private afterPage(): void {
    this.changed()
    if (this.timer === null) this.fill()
  }

  /** One answer, so that all of it is of one moment: rows arrive between two. */
  private async fetch(view: View, pages: number[], event: { key: string; reach: number } | null): Promise<Loaded> {
    const [first = 0] = pages
    // The event may stand anywhere in its page.
    const most = event === null ? 0 : Math.ceil((PAGE_ROWS + 2 * event.reach) / PAGE_ROWS)
    const count = Math.max(pages.length, most) * PAGE_ROWS
    const around = event === null ? {} : { around: { ...event, align: PAGE_ROWS } }
    const { value, tables } = await this.backend.call('timeline.rows', { view, at: first * PAGE_ROWS, count, ...around })
    const loaded = new Map<number, TimelineRow[]>()
    for (let at = 0; at < value.rows.length; at += PAGE_ROWS) {
      loaded.set((value.at + at) / PAGE_ROWS, value.rows.slice(at, at + PAGE_ROWS))
    }
    return { view, total: value.total, tables, pages: loaded, anchor: value.row }
  }

  private dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
