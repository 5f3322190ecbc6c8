import type { Backend, TableName, TimelineRow, View } from '../../contract'
import { isSameView } from '../address'
import { PAGE_ROWS } from './page-cache'
import { type Anchor, type Loaded, RowFeed } from './row-feed'
import * as mapping from './scroll-mapping'

export type Cursor = { row: number; key: string | null }

/** What the table draws. */
export type TableLook = {
  /** The view whose rows these are. */
  view: View | null
  /** Another view has been asked for and is not here yet. */
  opening: boolean
  total: number
  /** Exact position in list pixels. */
  top: number
  viewport: number
  first: number
  /** Rows from `first` on; a row that is still on its way is undefined. */
  rows: (TimelineRow | undefined)[]
  cursor: Cursor | null
  /** Rows that came in above the ones in view since these were looked for, latest first. */
  newer: number
  /** By how much the number of a row in view has grown since the view was opened. */
  shift: number
  /** A row shown since the view was opened has a time finer than seconds. */
  isFine: boolean
  fault: unknown
}

/** Shortest time between two refreshes, in milliseconds: an import reports its rows far more often. */
const PACE = 300

/** Position, cursor and rows of the table: the part that needs no page to be exact. */
export class TableModel {
  private backend: Pick<Backend, 'call'>
  private readonly feed: RowFeed
  private readonly listeners = new Set<() => void>()
  private look: TableLook
  private viewport = 0
  private top = 0
  private cursor: Cursor | null = null
  private openingView: View | null = null
  /** What was asked for the view that is opening. */
  private asked: Pick<Backend, 'call'> | null = null
  private openFault: unknown = null
  private turn = 0
  private isFine = false
  private newer = 0
  private shift = 0
  private refreshing = false
  /** Whether rows came or went while a view was opening, whose answer may be of before. */
  private isBehind = false
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(backend: Pick<Backend, 'call'>) {
    this.backend = backend
    this.feed = new RowFeed({ call: (method, ask) => this.backend.call(method, ask) }, () => this.changed())
    this.look = this.newLook()
  }

  readonly get = (): TableLook => this.look

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** From now on another backend answers: the wire was lost and there is a new one. */
  use(backend: Pick<Backend, 'call'>): void {
    this.backend = backend
  }

  close(): void {
    this.turn++
    this.dropTimer()
    this.feed.close()
  }

  setViewport(height: number): void {
    if (height === this.viewport) return
    this.viewport = height
    this.top = mapping.clampTop(this.top, this.extent())
    this.moved(false)
  }

  /** Opens a view that will be opened, where it is another than the one that is open or opening. */
  expect(view: View, selected: string | null): void {
    const now = this.openingView ?? this.feed.view
    if (now && !isSameView(view, now)) this.open(view, selected)
  }

  /** Shows another view as soon as its rows are here; until then the old rows stay. */
  open(view: View, selected: string | null): void {
    const isOpening = this.openingView !== null && isSameView(view, this.openingView) && this.asked === this.backend
    if (isOpening && this.openFault === null) return
    this.asked = this.backend
    const turn = ++this.turn
    this.dropTimer()
    this.openingView = view
    this.openFault = null
    this.isBehind = false
    this.changed()
    const offset = this.cursorOffset() ?? this.viewport / 3
    this.feed.load(view, { key: selected, row: 0 }, this.around()).then(
      (loaded) => {
        if (turn !== this.turn) return
        this.openingView = null
        this.feed.show(loaded)
        this.isFine = false
        this.newer = 0
        this.shift = 0
        this.cursor = loaded.anchor === null ? null : { row: loaded.anchor, key: selected }
        this.top = loaded.anchor === null ? 0 : this.clamp(loaded.anchor * mapping.ROW_HEIGHT - Math.round(offset))
        this.moved(false)
        if (this.isBehind) this.refresh()
      },
      (fault: unknown) => {
        if (turn !== this.turn) return
        this.openFault = fault
        this.changed()
      },
    )
  }

  /** Hears what changed in the store. */
  hear(tables: readonly TableName[]): void {
    const isOfRows = tables.includes('connection') || tables.some((table) => this.feed.tables.includes(table))
    // What decides the rows of a view that is opening is not known yet.
    if (isOfRows || this.openingView) this.refresh()
  }

  /** Rows came or went in the store: reads what is in view again and keeps it where it stands. */
  refresh(): void {
    if (this.openingView) {
      this.isBehind = true
      return
    }
    this.timer ??= setTimeout(() => {
      this.timer = null
      if (this.refreshing) return this.refresh()
      void this.reload()
    }, PACE)
  }

  scrollTo(top: number): void {
    this.top = this.clamp(top)
    this.moved(true)
  }

  scrollBy(pixels: number): void {
    this.scrollTo(this.top + pixels)
  }

  moveTo(row: number, how: 'reveal' | 'centre' = 'reveal'): void {
    if (this.feed.total === 0) return
    const to = Math.max(0, Math.min(Math.trunc(row), this.feed.total - 1))
    this.cursor = { row: to, key: null }
    const move = how === 'reveal' ? mapping.topToReveal : mapping.topToCentre
    this.top = move(to, this.top, this.extent())
    this.moved(true)
  }

  /** Moves the cursor by rows; without a cursor the first move lands on the first row in view. */
  moveBy(rows: number): void {
    this.moveTo(this.cursor ? this.cursor.row + rows : this.look.first)
  }

  clearCursor(): void {
    this.cursor = null
    this.changed()
  }

  rowsPerPage(): number {
    return mapping.rowsPerPage(this.viewport)
  }

  /** Puts the cursor on an event; false when it is not in the view. */
  async select(key: string): Promise<boolean> {
    const { view } = this.feed
    // A view on its way opens at the selected event by itself.
    if (this.cursor?.key === key || !view || this.openingView) return true
    const row = this.feed.rows.find((candidate) => candidate.key === key) ?? (await this.feed.locate(view, key))
    if (view !== this.feed.view) return true
    if (row === null) {
      this.clearCursor()
      return false
    }
    this.moveTo(row, 'centre')
    return true
  }

  /** Goes to the next failure; false at the end. */
  async nextFailure(direction: 'forward' | 'back'): Promise<boolean> {
    return this.step('timeline.nextFailure', direction)
  }

  /** Goes to the next event with marks or comments; false at the end. */
  async nextMark(direction: 'forward' | 'back'): Promise<boolean> {
    return this.step('timeline.nextMark', direction)
  }

  async goToTime(time: number): Promise<void> {
    const { view } = this.feed
    if (!view) return
    const { row } = (await this.backend.call('timeline.locate', { view, time })).value
    if (row !== null && view === this.feed.view) this.moveTo(row, 'centre')
  }

  private async step(method: 'timeline.nextFailure' | 'timeline.nextMark', direction: 'forward' | 'back'): Promise<boolean> {
    const { view } = this.feed
    if (!view) return true
    const row = this.cursor?.row ?? (direction === 'forward' ? this.look.first - 1 : this.look.first)
    const { value } = await this.backend.call(method, { view, row, direction })
    if (value.row === null) return false
    if (view === this.feed.view) this.moveTo(value.row, 'centre')
    return true
  }

  private async reload(): Promise<void> {
    const { view } = this.feed
    if (!view) return
    const turn = this.turn
    this.refreshing = true
    const anchor = this.stayPut()
    const { cursor: before, top } = this
    try {
      const loaded = await this.feed.load(view, anchor, this.around())
      const cursor = await this.cursorIn(loaded, anchor)
      if (turn !== this.turn) return
      // Who moved while the answer was on its way reads on in the rows that are here: their numbers are not those of the answer.
      if (this.cursor !== before || this.top !== top) return this.refresh()
      this.cursor = cursor
      this.takeRefreshed(loaded, anchor)
    } catch (fault) {
      if (turn === this.turn) this.feed.fault = fault
    } finally {
      this.refreshing = false
      this.changed()
    }
  }

  /** The event that must not move under the eyes: the cursor's if it shows, else the first in view; at the very top none. */
  private stayPut(): Anchor {
    if (this.top === 0 && this.cursorOffset() === null) return { key: null, row: 0 }
    const shown = this.cursorOffset() === null ? null : this.cursor
    const row = shown?.key ? shown.row : this.look.first
    return { key: this.feed.rows.row(row)?.key ?? null, row }
  }

  private async cursorIn(loaded: Loaded, anchor: Anchor): Promise<Cursor | null> {
    const cursor = this.cursor
    if (!cursor) return null
    if (cursor.key === null) return { row: cursor.row + (loaded.anchor ?? anchor.row) - anchor.row, key: null }
    for (const [page, rows] of loaded.pages) {
      const at = rows.findIndex((row) => row.key === cursor.key)
      if (at >= 0) return { row: page * PAGE_ROWS + at, key: cursor.key }
    }
    const row = await this.feed.locate(loaded.view, cursor.key)
    return row === null ? null : { row, key: cursor.key }
  }

  private takeRefreshed(loaded: Loaded, anchor: Anchor): void {
    this.feed.show(loaded)
    const above = loaded.anchor === null ? 0 : loaded.anchor - anchor.row
    if (loaded.view.order === 'desc') this.newer += Math.max(0, above)
    this.shift += above
    this.top = this.clamp(this.top + above * mapping.ROW_HEIGHT)
    this.moved(false)
  }

  private around(): number {
    return Math.ceil(this.viewport / mapping.ROW_HEIGHT) + 10
  }

  private cursorOffset(): number | null {
    if (!this.cursor) return null
    const offset = this.cursor.row * mapping.ROW_HEIGHT - this.top
    return offset >= 0 && offset < this.viewport ? offset : null
  }

  private clamp(top: number): number {
    return mapping.clampTop(top, this.extent())
  }

  private extent(): mapping.Extent {
    return { total: this.feed.total, viewport: this.viewport }
  }

  private moved(scrolling: boolean): void {
    if (this.top === 0) this.newer = 0
    const { first, last } = mapping.rowsInView(this.top, this.extent())
    if (this.feed.view && this.viewport > 0) this.feed.want(first, last, scrolling)
    this.changed()
  }

  private changed(): void {
    const key = this.cursor && this.feed.rows.row(this.cursor.row)?.key
    if (this.cursor && this.cursor.key === null && key) this.cursor = { ...this.cursor, key }
    this.look = this.newLook()
    for (const listener of this.listeners) listener()
  }

  private newLook(): TableLook {
    const { first, last } = mapping.rowsInView(this.top, this.extent())
    const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => this.feed.rows.row(first + at))
    this.isFine ||= rows.some((row) => row !== undefined && row.timePrecision !== 's')
    return {
      view: this.feed.view,
      opening: this.openingView !== null,
      total: this.feed.total,
      top: this.top,
      viewport: this.viewport,
      first,
      rows,
      cursor: this.cursor,
      isFine: this.isFine,
      newer: this.newer,
      shift: this.shift,
      fault: this.openFault ?? this.feed.fault,
    }
  }

  private dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
