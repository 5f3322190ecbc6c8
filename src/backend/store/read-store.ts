import { BackendFault, type RecordingRow } from '../../contract'
import type { Connection, CoverageRange, Instant, TimeRange } from '../../domain'
import { Counter, countSlice, histogramOf, tallyColumns, type Buckets } from './answers'
import type { Cache } from './cache'
import type {
  Arrived,
  DriftCount,
  HeldEvent,
  HeldKey,
  HeldPage,
  ReadableStore,
  RecordingFiles,
  RecordingPlaces,
  Revision,
  RowCursor,
  StoreState,
  StoreView,
  StoredRecord,
  Tally,
  ValueCount,
  ViewCount,
} from './door'
import type { Filter, TextColumn } from './filter'
import { Codes } from './growing'
import { countDrift, heldRows, oldestHeld, type Place } from './held-rows'
import { NO_KEYS, type KeySets } from './key-sets'
import type { LedgerRange } from './ledger'
import { readCoverage, readLedger } from './read-coverage'
import { placesOf, readRecordingFiles } from './recording-files'
import { readHeld, readPage, readRevisions, readStored } from './read-row'
import type { ChangeMark } from './row-changes'
import { CacheCursor } from './row-cursor'
import { nextOf, placeOf } from './row-place'
import type { Slice } from './views'

export const TABLES = ['event', 'connection', 'coverage', 'setting', 'recording'] as const
export type Table = (typeof TABLES)[number]

const EVERYTHING: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true }

/** Answers from the cache; writes nothing. */
export class ReadStore implements ReadableStore {
  #cache: Cache
  protected readOnly: StoreState['readOnly']
  readonly #recovered: string[]
  protected readonly folder: string
  #revision = 0
  #keySets = NO_KEYS
  readonly #listeners = new Set<(tables: readonly Table[]) => void>()

  constructor(cache: Cache, state: Pick<StoreState, 'recovered' | 'readOnly'> & { folder: string }) {
    this.#cache = cache
    this.readOnly = state.readOnly
    this.#recovered = state.recovered
    this.folder = state.folder
  }

  protected get cache(): Cache {
    return this.#cache
  }

  protected set cache(cache: Cache) {
    cache.keyRows.use(this.#keySets)
    this.#cache = cache
  }

  state(): StoreState {
    const all = this.cache.views.slice(EVERYTHING)
    const shown = this.cache.views.slice({ ...EVERYTHING, companions: false })
    return {
      held: shown.to - shown.from,
      companions: all.to - all.from - (shown.to - shown.from),
      range: this.extent(EVERYTHING),
      readOnly: this.readOnly,
      recovered: this.#recovered,
    }
  }

  revision(): number {
    return this.#revision
  }

  mark(): ChangeMark {
    return this.cache.changes.mark()
  }

  changedSince(mark: ChangeMark | null): Instant | null {
    return this.cache.changes.since(mark)
  }

  connections(): Connection[] {
    return this.cache.holders.list().map(({ id, ...connection }) => ({ ...connection, ...this.cache.extents.of(id) }))
  }

  count(view: StoreView): ViewCount {
    return countSlice(this.cache.index, this.cache.views.slice(view))
  }

  useKeys(sets: KeySets): void {
    this.#keySets = sets
    this.#cache.keyRows.use(sets)
  }

  length(view: StoreView): number {
    return this.cache.views.length(view)
  }

  page(view: StoreView, at: number, count: number): HeldEvent[] {
    return this.#rowsOf(view, at, count).map((row) => readHeld(this.cache, row))
  }

  cursor(view: StoreView): RowCursor {
    return new CacheCursor(this.cache, this.cache.views.slice(view), view.order)
  }

  records(view: StoreView, at: number, count: number): StoredRecord[] {
    return this.#rowsOf(view, at, count).map((row) => readStored(this.cache, row))
  }

  rowOf(view: StoreView, key: string): number | null {
    const row = this.cache.rowOf(key)
    if (row < 0) return null
    const { index, views } = this.cache
    return placeOf(row, { index, slice: views.slice(view), order: view.order })
  }

  rowAt(view: StoreView, time: Instant): number {
    const whole = this.cache.views.slice(view)
    const after = { from: Number.NEGATIVE_INFINITY, to: view.order === 'asc' ? time : time + 1 }
    const before = this.cache.views.slice({ ...view, range: after })
    const first = Math.min(Math.max(before.to, whole.from), whole.to)
    return view.order === 'asc' ? first - whole.from : whole.to - first
  }

  nextFailure(view: StoreView, row: number, direction: 'forward' | 'back'): number | null {
    const outcomes = this.cache.index.text('outcome')
    const slice = this.cache.views.slice(view)
    const step = direction === 'forward' ? 1 : -1
    for (let at = row + step; at >= 0 && at < slice.to - slice.from; at += step) {
      const place = view.order === 'asc' ? slice.from + at : slice.to - 1 - at
      if (outcomes?.text(slice.rows[place] ?? 0) === 'failure') return at
    }
    return null
  }

  nextMarked(view: StoreView, row: number, direction: 'forward' | 'back'): number | null {
    const { index, views } = this.cache
    const marked = views.keyed({ kind: 'keys', of: 'marked' })
    return nextOf(marked, row, { index, slice: views.slice(view), order: view.order, direction })
  }

  lookUp(filter: Filter | 'tags'): boolean {
    return this.cache.views.lookUp(filter)
  }

  tags(): ValueCount[] {
    return this.cache.views.tags()
  }

  histogram(view: StoreView, buckets: Buckets) {
    return histogramOf(this.cache.index, this.cache.views.slice(view), buckets)
  }

  tally(view: StoreView, columns: TextColumn[], limit?: number): Tally {
    const slice = this.cache.views.slice(view)
    if (columns.includes('connection') || columns.includes('source')) {
      return this.#tallyHolders(slice, columns.includes('source') ? 'kind' : 'name').top(limit)
    }
    return tallyColumns(this.cache.index, slice, columns.map((column) => this.#codes(column))).top(limit)
  }

  tallyAttribute(view: StoreView, name: string, limit?: number): Tally {
    const counter = new Counter()
    const slice = this.cache.views.slice(view)
    const wanted = name.toLowerCase()
    for (let at = slice.from; at < slice.to; at++) {
      const row = slice.rows[at] ?? 0
      const place = this.cache.blocks.place(row)
      const block = this.cache.blocks.at(place.block)
      const held = block.attributeNames.find((n) => n.toLowerCase() === wanted && block.attribute(n)?.at(place.row) !== undefined)
      const value = held === undefined ? null : (block.attribute(held)?.at(place.row) ?? null)
      counter.add(value, 1, this.cache.index.repeats.array[row] ?? 1)
    }
    return counter.top(limit)
  }

  find(key: string): StoredRecord | null {
    const row = this.cache.rowOf(key)
    if (row < 0 || this.cache.holdersOf(row).length === 0) return null
    return readStored(this.cache, row)
  }

  revisions(key: string): Revision[] {
    const row = this.cache.rowOf(key)
    return row < 0 ? [] : readRevisions(this.cache, row)
  }

  pageOf(key: string): HeldPage | null {
    const row = this.cache.rowOf(key)
    return row < 0 ? null : readPage(this.cache, row)
  }

  drift(): DriftCount[] {
    return countDrift(this.cache)
  }

  arrivals(at: number, count: number): { arrived: Arrived[]; total: number } {
    const { blocks, holders } = this.cache
    const { deliveries } = blocks
    const provenances = blocks.provenances(at, at + count)
    const arrived = deliveries.slice(at, at + count).flatMap(({ receiver, rows }, i) => {
      const connection = holders.shownName(receiver)
      const provenance = provenances[i]
      return connection === null || !provenance ? [] : [{ connection, provenance, rows }]
    })
    return { arrived, total: deliveries.length }
  }

  heldIn(place: Place, range: TimeRange): number {
    return heldRows(this.cache, place, range).length
  }

  oldestIn(place: Place): Instant | null {
    const row = oldestHeld(this.cache, place)
    return row === undefined ? null : (this.cache.index.times.array[row] ?? 0)
  }

  keysIn(place: Place, range: TimeRange): HeldKey[] {
    return Array.from(heldRows(this.cache, place, range), (row) => ({ key: this.cache.keyOf(row), time: this.cache.index.times.array[row] ?? 0 }))
  }

  linkedFrom(key: string): { key: string; relation: string }[] {
    const linking = this.cache.blocks.linksTo(key).filter(({ row }) => this.cache.isAlive(row) && !this.cache.index.isEarlier(row))
    const found = linking.map(({ row, relation }) => ({ key: this.cache.keyOf(row), relation }))
    const same = this.cache.facts.sameAs(this.cache.rowOf(key))
    return same === undefined ? found : [...found, { key: this.cache.keyOf(same), relation: 'same' }]
  }

  extent(view: StoreView): TimeRange | null {
    const slice = this.cache.views.slice(view)
    if (slice.from >= slice.to) return null
    const times = this.cache.index.times.array
    return { from: times[slice.rows[slice.from] ?? 0] ?? 0, to: (times[slice.rows[slice.to - 1] ?? 0] ?? 0) + 1 }
  }

  coverage(range: TimeRange | null): CoverageRange[] {
    return readCoverage(this.cache, range)
  }

  ledger(range: TimeRange | null): Omit<CoverageRange, 'held'>[] {
    return readLedger(this.cache, range).map(({ entry }) => entry)
  }

  ledgerOf({ connection, stream }: Place): readonly LedgerRange[] {
    const holder = this.cache.holders.find(connection, false)
    return holder ? this.cache.holders.ledger.ofStream(holder.id, stream) : []
  }

  settings(): Record<string, string> {
    return this.cache.settings()
  }

  recordings(): RecordingRow[] {
    return this.cache.recordings.rows((id) => this.cache.holders.shownName(id))
  }

  recording(id: string): RecordingRow | null {
    return this.cache.recordings.row(id, (holder) => this.cache.holders.shownName(holder))
  }

  recordingFiles(id: string): RecordingFiles {
    return readRecordingFiles(this.recordingPlaces(id))
  }

  recordingPlaces(id: string): RecordingPlaces {
    const row = this.recording(id)
    if (row?.isHeld === true) return placesOf(this.folder, row)
    const message = row === null ? `There is no recording ${id}.` : `The recording ${id} is listed by ${row.connection} and not held: fetch it first.`
    throw new BackendFault({ code: 'not-found', message })
  }

  revealsOf(id: string): readonly Instant[] {
    return this.cache.recordings.revealsOf(id)
  }

  onChange(listener: (tables: readonly Table[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.cache.database.close()
  }

  protected changed(tables: readonly Table[]): void {
    this.#revision++
    for (const listener of this.#listeners) listener(tables)
  }

  #rowsOf(view: StoreView, at: number, count: number): number[] {
    const { rows, from, to } = this.cache.views.slice(view)
    const length = Math.max(0, Math.min(count, to - from - at))
    return Array.from({ length }, (_, i) => rows[view.order === 'asc' ? from + at + i : to - 1 - at - i] ?? 0)
  }

  #tallyHolders(slice: Slice, by: 'kind' | 'name'): Counter {
    const { index, holders } = this.cache
    const counts = new Map<number, { rows: number; count: number }>()
    for (let at = slice.from; at < slice.to; at++) {
      const row = slice.rows[at] ?? 0
      const owner = index.owners.array[row] ?? 0
      const id = holders.isShown(owner) ? owner : (this.cache.holdersOf(row)[0]?.id ?? owner)
      const held = counts.get(id) ?? { rows: 0, count: 0 }
      counts.set(id, held)
      held.rows++
      held.count += index.repeats.array[row] ?? 1
    }
    const counter = new Counter()
    for (const [id, { rows, count }] of counts) counter.add(holders.get(id)[by], rows, count)
    return counter
  }

  #codes(column: TextColumn): Codes {
    const { index } = this.cache
    if (column === 'stream') return index.streams
    if (column === 'connection' || column === 'source') return new Codes()
    return index.text(column) ?? new Codes()
  }
}
