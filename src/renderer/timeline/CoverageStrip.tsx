import { useMemo } from 'react'
import type { TimeRange } from '../../domain'
import { useAnswer } from '../api'
import { formatCount, Shown, useZone } from '../shared'
import { type CoverageSegment, coverageSegments, coverageWords } from './coverage-segments'
import { rangeWords } from './zone-clock'

export type CoverageStripProps = { extent: TimeRange; width: number }

/** What the ledger says of each moment of the chart, under its bars. */
export function CoverageStrip({ extent, width }: CoverageStripProps) {
  const { value } = useAnswer('coverage.ranges', { range: extent })
  const segments = useMemo(() => (value ? coverageSegments(value, extent) : []), [value, extent])
  const unit = width / (extent.to - extent.from)
  return (
    <ul className="tl-coverage" aria-label="Coverage">
      {segments.map((segment) => (
        <Segment key={segment.from} segment={segment} left={(segment.from - extent.from) * unit} unit={unit} />
      ))}
    </ul>
  )
}

function Segment({ segment, left, unit }: { segment: CoverageSegment; left: number; unit: number }) {
  const zone = useZone()
  const words = `${rangeWords(segment, zone)}: ${coverageWords(segment.state)}`
  const nearStart = left < 200
  return (
    <li
      className="tl-coverage-part"
      data-state={segment.state}
      aria-label={words}
      style={{ left, width: Math.max(1, (segment.to - segment.from) * unit) }}
    >
      <div className="tl-tip" data-edge={nearStart ? 'start' : 'end'} aria-hidden="true">
        <div>{words}</div>
        {segment.ranges.slice(0, 8).map((range) => (
          <div key={`${range.connection} ${range.stream} ${range.from}`} className="tl-tip-row">
            <span>
              <Shown text={`${range.connection} · ${range.stream}`} />
              {range.note && <Shown text={` · ${range.note}`} />}
            </span>{' '}
            <b>
              {range.state}, {formatCount(range.held)}
              {range.serverTotal !== undefined && ` of ${formatCount(range.serverTotal)}`}
            </b>
          </div>
        ))}
        {segment.ranges.length === 0 && <div className="tl-tip-row">No stream of this workspace speaks of it.</div>}
      </div>
    </li>
  )
}
