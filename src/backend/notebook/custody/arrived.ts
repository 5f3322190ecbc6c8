import type { CustodyEntry } from '../../../contract'
import type { Instant } from '../../../domain'

/** The chain of what arrived of a connection, as an entry of a sync or an import tells it. */
export type RecordedArrival = { seq: number; at: Instant; bodies: number; head: string }

const TOLD = /; (\d{1,12}) files and bodies so far, head ([0-9a-f]{64})$/

export function arrivedText(detail: string, { bodies, head }: { bodies: number; head: string }): string {
  return `${detail}; ${bodies} files and bodies so far, head ${head}`
}

/** Null where the entry tells of none. */
export function arrivalIn({ action, seq, at, detail }: CustodyEntry): RecordedArrival | null {
  const match = action === 'sync' || action === 'import' ? TOLD.exec(detail) : null
  return match ? { seq, at, bodies: Number(match[1]), head: match[2] ?? '' } : null
}
