import type { Instant } from '../../domain'
import type { FieldName } from '../../language'

/** A filter on one field; a null value stands for records that have none. */
export type Term = { field: FieldName; value: string | null }

/** A value on screen that can be filtered by, pinned at or copied. */
export type ShownValue = {
  /** Text as received, for the clipboard. */
  text: string
  term: Term | null
  /** Key of the event in whose row it stands. */
  key?: string
  /** Moment of the event it belongs to. */
  time: Instant | null
}
