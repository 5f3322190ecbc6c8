import type { Instant } from '../../../domain'
import type { EventRow } from '../event-row'

/** An event that some rule matched, and which rules did. */
export type Input = {
  /** Number of its row in the view. */
  at: number
  time: Instant
  sequence: number
  weight: number
  /** Ids of the rules. */
  rules: string[]
  /** Of correlations among them: the values of the key they held for. */
  levels: Map<string, readonly string[]> | null
}

/** Puts the row where the input is. */
export function rowOf(input: Input, row: EventRow): EventRow {
  if (row.at !== input.at) row.to(input.at)
  return row
}
