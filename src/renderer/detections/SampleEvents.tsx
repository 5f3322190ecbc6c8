import type { FindingDetail, TimelineRow } from '../../contract'
import { PlaceLink } from '../address'
import { formatCount, Shown, useZone } from '../shared'
import { timelineOf } from './to-timeline'

/** First and last events of a finding, each a way to the timeline at that event. */
export function SampleEvents({ detail }: { detail: FindingDetail }) {
  const { sample, finding } = detail
  if (sample.length === 0) return null
  const left = finding.events - sample.length
  const first = left > 0 ? Math.ceil(sample.length / 2) : sample.length
  const item = (row: TimelineRow) => <Item key={row.key} detail={detail} row={row} />
  return (
    <section className="dt-card">
      <h3>{left > 0 ? 'First and last events' : sample.length === 1 ? 'Its event' : 'Its events'}</h3>
      <ul className="dt-events">
        {sample.slice(0, first).map(item)}
        {left > 0 && <li className="list-dim dt-between">{formatCount(left)} more between them</li>}
        {sample.slice(first).map(item)}
      </ul>
    </section>
  )
}

function Item({ detail, row }: { detail: FindingDetail; row: TimelineRow }) {
  const { format } = useZone()
  return (
    <li>
      <PlaceLink place={timelineOf(detail, row.key)}>
        <span className="list-mono list-dim">{format(row.time)}</span>
        <span>
          <Shown text={[row.user ?? '(unknown)', row.place].filter((part) => part !== null).join(' · ')} />
        </span>
        <span className={row.outcome === 'failure' ? 'list-failed' : 'list-dim'}>
          <Shown text={row.lead} />
        </span>
      </PlaceLink>
    </li>
  )
}
