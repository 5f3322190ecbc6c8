import type { ReactNode } from 'react'
import type { TimeRange } from '../../domain'
import { type BucketSpan, useBucketBrush } from '../shared'
import { spanRange, type TimeBuckets } from './zoom-span'

type ZoomBrushProps = {
  label: string
  buckets: TimeBuckets
  /** Of the plot, in px. */
  width: number
  style: { left: number; top: number; height: number }
  onZoom: (range: TimeRange) => void
  /** What a span says to people who do not see it, and in the box beside it. */
  words: (span: BucketSpan) => string
  tip: (span: BucketSpan) => ReactNode
}

/** Half of the box's usual width, so that it stays inside the chart, in px. */
const HALF_TIP = 130

/**
 * Over the plot of a chart on an axis of time: a drag or a double press chooses buckets to zoom to. With the keyboard it is
 * a slider: arrows step through buckets, Shift spans several, Enter zooms to them.
 */
export function ZoomBrush({ label, buckets, width, style, onZoom, words, tip }: ZoomBrushProps) {
  const { span, hover, handlers } = useBucketBrush({ count: buckets.count, width, onZoom: (chosen) => onZoom(spanRange(chosen, buckets)) })
  const shown = span ?? (hover === null ? null : { anchor: hover, head: hover, moved: false })
  const unit = width / buckets.count
  return (
    <div
      className="ch-brush"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-description="Arrow keys move over the bars, with Shift they span several, Enter zooms to them"
      aria-valuemin={0}
      aria-valuemax={buckets.count - 1}
      aria-valuenow={span?.head ?? 0}
      aria-valuetext={span ? words(span) : 'no bar chosen'}
      style={{ ...style, width }}
      {...handlers}
    >
      {shown && <div className="ch-span" data-chosen={span !== null || undefined} style={placeOf(shown, unit)} />}
      {shown && (
        <div className="ch-tip" style={{ left: Math.min(Math.max((shown.head + 0.5) * unit, HALF_TIP), width - HALF_TIP) }} aria-hidden="true">
          {tip(shown)}
        </div>
      )}
    </div>
  )
}

function placeOf({ anchor, head }: BucketSpan, unit: number): { left: number; width: number } {
  return { left: Math.min(anchor, head) * unit, width: (Math.abs(head - anchor) + 1) * unit }
}
