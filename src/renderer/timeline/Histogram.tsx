import { useEffect, useMemo, useState } from 'react'
import type { TimeRange } from '../../domain'
import type { Histogram as Counts } from '../../contract'
import { useAnswer } from '../api'
import { axisTicks, ErrorState, formatCount, Kbd, offsetIn, stepWords, useZone } from '../shared'
import { useActions } from './ActionsContext'
import { barShapes } from './bar-shapes'
import { Brush } from './Brush'
import { bucketsFor } from './buckets'
import { CoverageStrip } from './CoverageStrip'
import { useSize } from './use-size'

const BAR_HEIGHT = 60
/** Room one axis label needs, in px. */
const LABEL_WIDTH = 110

export type HistogramProps = {
  query: string
  range: TimeRange | null
  /** Moment of the selected event. */
  marked: number | null
  /** Rows are to be answered first. */
  waits: boolean
  /** Gets what is drawn, for the keys that step through it. */
  onCounts: (counts: Counts | null) => void
}

/** Events over time, stacked by outcome. A pinned range fills the whole width; brushing sets the pin. */
export function Histogram({ query, range, marked, waits, onCounts }: HistogramProps) {
  const [box, { width }] = useSize<HTMLDivElement>()
  const actions = useActions()
  const buckets = bucketsFor(width)
  const answered = useAnswer(
    'timeline.histogram',
    width > 0 ? { view: { query, range, order: 'desc' }, buckets } : null,
    waits,
  )
  const [held, hold] = useState<Counts | null>(null)
  const counts = held ?? answered.value
  useEffect(() => onCounts(counts), [counts, onCounts])

  return (
    <section className="tl-chart" aria-label="Events over time" aria-busy={answered.asking}>
      <header>
        <h2>Events per {counts ? stepWords(counts.step) : 'bucket'}</h2>
        <Legend counts={counts} />
        <span className="tl-chart-hint">
          drag to zoom · <Kbd>Z</Kbd>{' '}
          <button type="button" className="tl-link" disabled={!range} onClick={actions.unzoom}>
            undo zoom
          </button>
        </span>
      </header>
      <div ref={box} className="tl-chart-box" data-stale={answered.fault ? true : undefined}>
        {counts && counts.to > counts.from && (
          <Drawn counts={counts} width={width} marked={marked} onHold={(is) => hold(is ? counts : null)} />
        )}
        {!counts && answered.fault && answered.fault.code !== 'bad-query' && (
          <ErrorState message={answered.fault.message} />
        )}
        {!counts && !answered.fault && <div className="tl-chart-loading" aria-hidden="true" />}
      </div>
    </section>
  )
}

type DrawnProps = { counts: Counts; width: number; marked: number | null; onHold: (held: boolean) => void }

function Drawn({ counts, width, marked, onHold }: DrawnProps) {
  const zone = useZone()
  const extent = useMemo(() => ({ from: counts.from, to: counts.to }), [counts.from, counts.to])
  const shapes = useMemo(() => barShapes(counts, { width, height: BAR_HEIGHT }), [counts, width])
  const ticks = useMemo(
    () => axisTicks(extent, Math.max(2, Math.floor(width / LABEL_WIDTH)), offsetIn(zone)),
    [extent, width, zone],
  )
  const place = (at: number) => ((at - extent.from) / (extent.to - extent.from)) * width
  const isMarked = marked !== null && marked >= extent.from && marked < extent.to
  return (
    <>
      <svg className="tl-bars" width={width} height={BAR_HEIGHT} aria-hidden="true">
        <path className="tl-bar-success" d={shapes.success} />
        <path className="tl-bar-unknown" d={shapes.unknown} />
        <path className="tl-bar-failure" d={shapes.failure} />
      </svg>
      {isMarked && <div className="tl-marked" style={{ transform: `translateX(${place(marked)}px)` }} />}
      <Brush counts={counts} width={width} height={BAR_HEIGHT} onHold={onHold} />
      <CoverageStrip extent={extent} width={width} />
      <div className="tl-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: place(tick.at) }} data-edge={edgeOf(place(tick.at), width)}>
            {tick.label}
          </span>
        ))}
      </div>
    </>
  )
}

function edgeOf(x: number, width: number): 'start' | 'end' | undefined {
  if (x < 30) return 'start'
  return x > width - 30 ? 'end' : undefined
}

function Legend({ counts }: { counts: Counts | null }) {
  const sum = (values: number[] | undefined) => (values ?? []).reduce((total, value) => total + value, 0)
  const unknown = sum(counts?.unknown)
  return (
    <ul className="tl-legend">
      <li className="tl-legend-failure" title={`${formatCount(sum(counts?.failure))} failed`}>
        failed
      </li>
      <li className="tl-legend-success" title={`${formatCount(sum(counts?.success))} succeeded`}>
        succeeded
      </li>
      {unknown > 0 && (
        <li className="tl-legend-unknown" title={`${formatCount(unknown)} of unknown outcome`}>
          outcome unknown
        </li>
      )}
    </ul>
  )
}
