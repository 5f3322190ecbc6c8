export type Box = { width: number; height: number }

/** In px. Below, letters cannot be told apart and the box scrolls instead; above, they only look coarse. */
export const SMALLEST_FONT = 5
export const LARGEST_FONT = 20
const STEP = 0.5
/** Any size will do to begin with: a terminal grows almost evenly with its letters. */
const PROBE = 10

/** What a terminal takes with letters of so many px. */
type Measure = (size: number) => Box

/** The largest font size with which the terminal fits into the box; `measure` was called with it last. */
export function fittedFont(box: Box, measure: Measure): number {
  const probe = measure(PROBE)
  const scale = Math.min(box.width / Math.max(1, probe.width), box.height / Math.max(1, probe.height))
  // Cells are whole pixels high, so the first guess may be off by a little, never by much.
  return shrunkFont(box, clamped(Math.floor((PROBE * scale) / STEP) * STEP + STEP), measure)
}

/** The first size from this one down with which the terminal fits; `measure` was called with it last. */
export function shrunkFont(box: Box, from: number, measure: Measure): number {
  let size = from
  for (let tries = 0; tries < 12 && !fits(measure(size), box) && size > SMALLEST_FONT; tries++) size = clamped(size - STEP)
  measure(size)
  return size
}

function fits(taken: Box, box: Box): boolean {
  return taken.width <= box.width && taken.height <= box.height
}

function clamped(size: number): number {
  return Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, Number.isFinite(size) ? size : SMALLEST_FONT))
}
