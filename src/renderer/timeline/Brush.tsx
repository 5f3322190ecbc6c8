import type { Histogram } from '../../contract'
import { type BucketSpan, formatCount, useBucketBrush, useZone, type ZoneUse } from '../shared'
import { useActions } from './ActionsContext'
import { spanRange, spanTotals, spanWords } from './brush-span'

export type BrushProps = {
  counts: Histogram
  width: number
  height: number
  /** While something is chosen the bars must not move under it. */
  onHold: (held: boolean) => void
}

/**
 * The drag over the bars, in whole buckets. It draws itself alone, so that a drag costs one small layer a frame.
 * With the keyboard it is a slider: arrows step through buckets, Shift spans several, Enter zooms to them.
 */
export function Brush({ counts, width, height, onHold }: BrushProps) {
  const zone = useZone()
  const actions = useActions()
  const count = counts.success.length
  const onZoom = (chosen: BucketSpan) => actions.pin(spanRange(chosen, counts))
  const { span, hover, handlers } = useBucketBrush({ count, width, onZoom, onHold })
  const shown = span ?? (hover === null ? null : { anchor: hover, head: hover, moved: false })
  return (
    <div
      className="tl-brush"
      role="slider"
      tabIndex={0}
      aria-label="Range of the chart"
      aria-description="Arrow keys move over the bars, with Shift they span several, Enter zooms to them"
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={span?.head ?? 0}
      aria-valuetext={span ? spanText(span, counts, zone) : 'no bar chosen'}
      style={{ height: height + 5 }}
      {...handlers}
    >
      {span && <SpanShape span={span} unit={width / count} />}
      {shown && <Tip span={shown} counts={counts} zone={zone} width={width} />}
    </div>
  )
}

function SpanShape({ span, unit }: { span: BucketSpan; unit: number }) {
  const first = Math.min(span.anchor, span.head)
  const last = Math.max(span.anchor, span.head) + 1
  return <div className="tl-span" style={{ left: first * unit, width: (last - first) * unit }} />
}

function spanText(span: BucketSpan, counts: Histogram, zone: ZoneUse): string {
  const { failure, success, unknown } = spanTotals(span, counts)
  return `${spanWords(span, counts, zone)}: ${failure} failed, ${success} succeeded, ${unknown} unknown`
}

type TipProps = { span: BucketSpan; counts: Histogram; zone: ZoneUse; width: number }

/** Half of the tooltip's usual width, so that it stays inside the chart, in px. */
const HALF_TIP = 140

function Tip({ span, counts, zone, width }: TipProps) {
  const x = ((span.head + 0.5) * width) / counts.success.length
  const totals = spanTotals(span, counts)
  return (
    <div className="tl-tip" style={{ left: Math.min(Math.max(x, HALF_TIP), width - HALF_TIP) }} aria-hidden="true">
      <div>{spanWords(span, counts, zone)}</div>
      <TipRow name="failed" count={totals.failure} />
      <TipRow name="succeeded" count={totals.success} />
      {totals.unknown > 0 && <TipRow name="outcome unknown" count={totals.unknown} />}
    </div>
  )
}

function TipRow({ name, count }: { name: string; count: number }) {
  return (
    <div className="tl-tip-row">
      <span>{name}</span> <b>{formatCount(count)}</b>
    </div>
  )
}
