import type { TableName, View } from '../../contract'
import { parseQuery } from '../../language'
import type { StoreView } from '../store'
import { lowerText, speaksOfMarks, speaksOfRecordings } from './lower'

/** The store's question for what a page looks at. Throws `bad-query`. */
export function storeView(view: View): StoreView {
  return { ...lowerText(view.query), range: view.range, order: view.order }
}

/** Tables that decide which events are in a view. */
export function tablesOf({ query }: Pick<View, 'query'>): TableName[] {
  const parsed = parseQuery(query)
  if (!('query' in parsed)) return ['event']
  const marks: TableName[] = speaksOfMarks(parsed.query) ? ['mark', 'notebook'] : []
  const recordings: TableName[] = speaksOfRecordings(parsed.query) ? ['recording'] : []
  return ['event', ...marks, ...recordings]
}
