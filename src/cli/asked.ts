import type { ReadableStore, StoreView } from '../backend/store'
import type { Line } from './command'
import type { Span } from './time-span'

/** A query as it was typed, with the store that answers it. */
export type Asked = { line: Line; store: ReadableStore; view: StoreView; span: Span }
