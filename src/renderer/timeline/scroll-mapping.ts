/** Height of one row in CSS pixels. */
export const ROW_HEIGHT = 27

/**
 * Browsers cut an element at about 33 million px (Firefox at 17.8), so a taller list is scrolled in proportion:
 * `top` stays exact in list pixels while the bar's `scrollTop` is mapped onto it.
 */
export const TALLEST_SPACER = 15_000_000

/** Rows in the list and height of the part that shows, in px. */
export type Extent = { total: number; viewport: number }

export function spacerHeight(extent: Extent): number {
  return Math.min(extent.total * ROW_HEIGHT, Math.max(TALLEST_SPACER, extent.viewport))
}

export function isProportional(extent: Extent): boolean {
  return extent.total * ROW_HEIGHT > TALLEST_SPACER
}

/** Largest `top`: the very last row stands at the lower edge. */
export function lastTop(extent: Extent): number {
  return Math.max(0, extent.total * ROW_HEIGHT - extent.viewport)
}

export function clampTop(top: number, extent: Extent): number {
  return Math.min(Math.max(0, top), lastTop(extent))
}

/** Where the list stands when the bar stands at `scrollTop`; the bar's last pixel is always the list's end. */
export function topOfScroll(scrollTop: number, extent: Extent): number {
  const lastScroll = spacerHeight(extent) - extent.viewport
  if (lastScroll <= 0 || scrollTop <= 0) return 0
  if (scrollTop >= lastScroll - 0.5) return lastTop(extent)
  if (!isProportional(extent)) return clampTop(scrollTop, extent)
  return clampTop((scrollTop / lastScroll) * lastTop(extent), extent)
}

/** Where the bar has to stand for the list to stand at `top`. */
export function scrollOfTop(top: number, extent: Extent): number {
  const clamped = clampTop(top, extent)
  if (!isProportional(extent)) return clamped
  return (clamped / lastTop(extent)) * (spacerHeight(extent) - extent.viewport)
}

/** First and last row (inclusive) with at least a pixel in view; `last` is -1 for an empty list. */
export function rowsInView(top: number, extent: Extent): { first: number; last: number } {
  const first = Math.floor(top / ROW_HEIGHT)
  const last = Math.ceil((top + extent.viewport) / ROW_HEIGHT) - 1
  return { first: Math.max(0, Math.min(first, extent.total - 1)), last: Math.min(last, extent.total - 1) }
}

/** Rows that fit whole, at least one: the step of the page keys. */
export function rowsPerPage(viewport: number): number {
  return Math.max(1, Math.floor(viewport / ROW_HEIGHT) - 1)
}

/** The smallest move that shows the whole row. */
export function topToReveal(row: number, top: number, extent: Extent): number {
  const start = row * ROW_HEIGHT
  if (start < top) return clampTop(start, extent)
  if (start + ROW_HEIGHT > top + extent.viewport) return clampTop(start + ROW_HEIGHT - extent.viewport, extent)
  return clampTop(top, extent)
}

/** As `topToReveal`, but a row out of view lands at a third of the height, with its past and future around it. */
export function topToCentre(row: number, top: number, extent: Extent): number {
  const revealed = topToReveal(row, top, extent)
  if (revealed === top) return top
  return clampTop(Math.round(row * ROW_HEIGHT - extent.viewport / 3), extent)
}

/** Wheel deltas come in pixels (0), lines (1) or pages (2). */
export function wheelPixels(delta: number, mode: number, viewport: number): number {
  if (mode === 1) return delta * ROW_HEIGHT
  if (mode === 2) return delta * viewport
  return delta
}

/**
 * Number of the line that shows a row. Lines that leave at one end come back at the other, so that a scroll changes texts
 * and creates nothing; when rows come in above, a line goes on showing what it shows, also to who presses on it just then.
 */
export function slotOf(row: number, { viewport, shift }: { viewport: number; shift: number }): number {
  const lines = Math.ceil(viewport / ROW_HEIGHT) + 2
  return (((row - shift) % lines) + lines) % lines
}
