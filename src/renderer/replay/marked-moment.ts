import type { MarkedMoment } from '../../contract'

/** A marked moment so near, in seconds, is the one that is meant. */
const NEAR = 0.5

/** The moment that a mark or a comment goes to: a marked one that is near, else this one to a tenth of a second. */
export function momentNear(marked: readonly MarkedMoment[], time: number): number {
  let nearest: number | null = null
  for (const { at } of marked) {
    if (Math.abs(at - time) <= NEAR && (nearest === null || Math.abs(at - time) < Math.abs(nearest - time))) nearest = at
  }
  return nearest ?? Math.max(0, Math.round(time * 10) / 10)
}
