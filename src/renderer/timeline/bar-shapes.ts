import type { Histogram } from '../../contract'

/** SVG paths of the bars, one for each outcome, stacked: succeeded below, then unknown, failed on top. */
export type BarShapes = { success: string; unknown: string; failure: string; peak: number }

type Box = { width: number; height: number }

/** Thinnest layer that can still be seen, in px: one failure among thousands must not vanish. */
const THINNEST = 1.5

export function barShapes(histogram: Histogram, { width, height }: Box): BarShapes {
  const count = histogram.success.length
  const totals = bucketTotals(histogram)
  const peak = totals.reduce((most, total) => Math.max(most, total), 0)
  const shapes = { success: '', unknown: '', failure: '', peak }
  const gap = width / count >= 4 ? 1 : 0
  for (let at = 0; at < count; at++) {
    if (!totals[at]) continue
    const x = Math.round((at * width) / count)
    const wide = Math.max(1, Math.round(((at + 1) * width) / count) - x - gap)
    let y = height
    for (const outcome of ['success', 'unknown', 'failure'] as const) {
      const value = histogram[outcome][at] ?? 0
      if (value === 0) continue
      const tall = Math.max(THINNEST, (value / peak) * (height - 2 * THINNEST))
      y -= tall
      shapes[outcome] += `M${x} ${y.toFixed(1)}h${wide}v${tall.toFixed(1)}h${-wide}z`
    }
  }
  return shapes
}

export function bucketTotals(histogram: Histogram): number[] {
  return histogram.success.map((success, at) => success + (histogram.failure[at] ?? 0) + (histogram.unknown[at] ?? 0))
}
