import type { View } from '../../contract'
import type { StoreView } from '../store'
import { lowerText } from './lower'

/** The store's question for what a page looks at. Throws `bad-query`. */
export function storeView(view: View): StoreView {
  return { ...lowerText(view.query), range: view.range, order: view.order }
}
