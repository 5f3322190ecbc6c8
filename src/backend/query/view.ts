import type { TableName, View } from '../../contract'
import { parseQuery } from '../../language'
import { Turn, type Filter, type ReadableStore, type StoreView } from '../store'
import { lowerText, speaksOfMarks, speaksOfRecordings } from './lower'

/** The store's question for what a page looks at. Throws `bad-query`. */
export function storeView(view: View): StoreView {
  return { ...lowerText(view.query), range: view.range, order: view.order }
}

/** Waits until the rows that a filter finds are known, and lets others in meanwhile. */
export async function lookedUp(store: ReadableStore, filter: Filter | 'tags'): Promise<void> {
  const turn = new Turn()
  while (!store.lookUp(filter)) if (turn.isOver()) await turn.next()
}

/** The same for a view. Throws `bad-query`. */
export async function viewLookedUp(store: ReadableStore, { query }: Pick<View, 'query'>): Promise<void> {
  await lookedUp(store, lowerText(query).filter)
}

/** Tables that decide which events are in a view. */
export function tablesOf({ query }: Pick<View, 'query'>): TableName[] {
  const parsed = parseQuery(query)
  if (!('query' in parsed)) return ['event']
  const marks: TableName[] = speaksOfMarks(parsed.query) ? ['mark', 'notebook'] : []
  const recordings: TableName[] = speaksOfRecordings(parsed.query) ? ['recording'] : []
  return ['event', ...marks, ...recordings]
}
