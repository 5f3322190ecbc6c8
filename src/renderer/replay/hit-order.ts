import { firstAbove } from './segment-events'

type Present = { present: number | null; time: number }

/**
 * The hit to go to. `present` is the one that was gone to last; where there is none, or the player has since been moved
 * elsewhere (`time` is not its moment), the next or previous one of the moment counts. Goes round at the ends.
 */
export function hitAfter(moments: readonly number[], now: Present, direction: 1 | -1): number | null {
  const { length } = moments
  if (length === 0) return null
  const { present, time } = now
  if (present !== null && present < length && Math.abs((moments[present] ?? 0) - time) < 1e-3) {
    return (present + direction + length) % length
  }
  const after = firstAbove(moments, time + 1e-6)
  if (direction > 0) return after % length
  const before = firstAbove(moments, time - 1e-6) - 1
  return (before + length) % length
}

/** The first hit of a moment that an address kept, to the millisecond; null where none is there. */
export function hitOf(moments: readonly number[], moment: number): number | null {
  const found = moments.findIndex((other) => Math.abs(other - moment) < 1e-3)
  return found === -1 ? null : found
}
