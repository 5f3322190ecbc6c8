import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ask, Facet, FacetValue, Histogram, Methods, TimelineCount } from '../../contract'
import { WORST_FIRST, type CoverageRange, type CoverageState, type TimeRange } from '../../domain'
import type { ReadableStore, StoreView } from '../store'
import { bucketsFor } from './buckets'
import { FIELD_COLUMNS } from './field-columns'
import { timelineRow } from './timeline-row'
import { storeView } from './view'

const EVERYTHING: StoreView = { filter: { kind: 'all' }, range: null, order: 'desc', companions: false }

export function countTimeline(store: ReadableStore, { view }: Ask<'timeline.count'>): TimelineCount {
  const began = performance.now()
  const asked = storeView(view)
  const { rows, weighted } = store.count(asked)
  return {
    rows,
    matching: weighted,
    held: store.state().held,
    hidden: {
      byRange: view.range ? store.length({ ...asked, range: null }) - rows : 0,
      byQuery: store.length({ ...EVERYTHING, range: view.range, companions: asked.companions }) - rows,
      companions: asked.companions ? 0 : store.length({ ...asked, companions: true }) - rows,
    },
    coverage: overallState(store.ledger(view.range)),
    tookMs: Math.max(1, Math.round(performance.now() - began)),
  }
}

/** One word for a whole range; `not-asked` where nothing is known of it. */
export function overallState(ranges: Pick<CoverageRange, 'state'>[]): CoverageState {
  return WORST_FIRST.find((state) => ranges.some((range) => range.state === state)) ?? 'not-asked'
}

export function readRows(store: ReadableStore, ask: Ask<'timeline.rows'>): Methods['timeline.rows'] {
  const view = storeView(ask.view)
  const row = ask.around ? store.rowOf(view, ask.around.key) : null
  const at = ask.around && row !== null ? alignedBefore(row - ask.around.reach, ask.around.align) : ask.at
  const rows = store.page(view, at, ask.count).map(({ event, origin }) => timelineRow(event, origin))
  return { rows, at, total: store.length(view), row }
}

/** The last multiple of `align` that is no greater; 0 where there is none. */
function alignedBefore(most: number, align: number): number {
  return Math.floor(Math.max(0, most) / align) * align
}

export function locate(store: ReadableStore, ask: Ask<'timeline.locate'>): Methods['timeline.locate'] {
  const view = storeView(ask.view)
  return { row: 'key' in ask ? store.rowOf(view, ask.key) : store.rowAt(view, ask.time) }
}

export function nextFailure(store: ReadableStore, ask: Ask<'timeline.nextFailure'>): Methods['timeline.nextFailure'] {
  return { row: store.nextFailure(storeView(ask.view), ask.row, ask.direction) }
}

export function nextMark(store: ReadableStore, ask: Ask<'timeline.nextMark'>): Methods['timeline.nextMark'] {
  return { row: store.nextMarked(storeView(ask.view), ask.row, ask.direction) }
}

export function histogram(store: ReadableStore, ask: Ask<'timeline.histogram'>): Histogram {
  const view = storeView(ask.view)
  // Without a pin the chart spans all that is held, so that a query does not move the axis under the reader.
  const span: TimeRange | null = view.range ?? store.state().range
  if (!span) return { from: 0, to: 0, step: 1, success: [], failure: [], unknown: [] }
  const buckets = bucketsFor(span, ask.buckets)
  const counts = store.histogram({ ...view, range: view.range }, buckets)
  return { from: buckets.from, to: buckets.from + buckets.count * buckets.step, step: buckets.step, ...counts }
}

/** Each field is counted in a turn of its own, so that the rows a person waits for are answered in between. */
export async function facets(store: ReadableStore, ask: Ask<'timeline.facets'>): Promise<Facet[]> {
  const view = storeView(ask.view)
  const counted: Facet[] = []
  for (const field of ask.fields) {
    await nextTurn()
    counted.push({ field, ...store.tally(view, FIELD_COLUMNS[field], ask.limit) })
  }
  return counted
}

/** Values of a field that begin with or contain the prefix, most frequent first; those that begin with it come first. */
export function suggest(store: ReadableStore, ask: Ask<'query.suggest'>): FacetValue[] {
  const prefix = ask.prefix.toLowerCase()
  const values = ask.field === 'tag' ? tagsByCount(store) : store.tally(EVERYTHING, FIELD_COLUMNS[ask.field]).values
  const found = values.filter(({ value }) => value?.toLowerCase().includes(prefix))
  const [first, rest] = [true, false].map((begins) =>
    found.filter(({ value }) => value?.toLowerCase().startsWith(prefix) === begins),
  )
  return [...(first ?? []), ...(rest ?? [])].slice(0, ask.limit)
}

function tagsByCount(store: ReadableStore): FacetValue[] {
  return store.tags().toSorted((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1))
}
