import type { Size } from '../events'
import { USUAL_COLS, USUAL_ROWS } from '../model'

/** What a head says of its size: the size, or the usual one and that it is assumed. */
export function sizeOrUsual(size: Size | null): Size & { sizeAssumed?: boolean } {
  return size ?? { cols: USUAL_COLS, rows: USUAL_ROWS, sizeAssumed: true }
}
