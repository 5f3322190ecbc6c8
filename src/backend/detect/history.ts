import type { Instant, Milliseconds } from '../../domain'
import type { ReadableStore, StoreView } from '../store'
import type { RunningDetector } from './analytics'
import type { SignInMemory } from './analytics/sign-in-memory'
import type { Correlation } from './correlate/correlation'
import type { Finding } from './finding'

/** What a run knew between two instants. */
export type Checkpoint = {
  /** Rows that were looked at, and the time of the last of them. */
  done: number
  last: Instant
  /** Findings that were told. */
  told: number
  memory: SignInMemory
  correlations: readonly Correlation[]
  detectors: readonly RunningDetector[]
}

/** What runs over the same rules left, for the next one to go on from. Good for one set of rules. */
export type History = {
  /** In the order in which they were told; those after the last checkpoint are of a run that was cut, or that ended. */
  told: Finding[]
  /** Ascending. */
  checkpoints: Checkpoint[]
}

export function noHistory(): History {
  return { told: [], checkpoints: [] }
}

/** Forgets what no longer holds where rows of this time or later have changed. */
export function forgetFrom(history: History, earliest: Instant): void {
  history.checkpoints = history.checkpoints.filter(({ last }) => last < earliest)
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** New rows come near the end: that far before it a run is to be able to go on. */
const BEFORE_END: readonly Milliseconds[] = [30 * DAY, 7 * DAY, DAY, 240 * MINUTE, 60 * MINUTE, 10 * MINUTE, MINUTE]
/** Late ones come anywhere: at so many places of all. */
const PARTS = 8

/** Rows before which a run over the view leaves a checkpoint, ascending; the end is one of them. */
export function plannedRows(store: ReadableStore, view: StoreView): number[] {
  const rows = store.length(view)
  const extent = store.extent(view)
  const near = extent ? BEFORE_END.map((before) => store.rowAt(view, extent.to - before)) : []
  const parts = Array.from({ length: PARTS - 1 }, (_, i) => Math.floor((rows * (i + 1)) / PARTS))
  return [...new Set([...near, ...parts, rows])].filter((row) => row > 0).toSorted((a, b) => a - b)
}

/** Leaves for each planned row the last checkpoint at or before it. */
export function thinOut(history: History, planned: readonly number[]): void {
  const kept = planned.map((row) => history.checkpoints.findLast(({ done }) => done <= row))
  history.checkpoints = history.checkpoints.filter((checkpoint) => kept.includes(checkpoint))
}
