import type { ReactNode } from 'react'
import type { TimelineRow, View } from '../../../contract'
import { PlaceLink, viewPlace } from '../../address'
import { formatCount, Shown, useZone } from '../../shared'

const OUTCOME_WORDS = { success: 'ok', failure: 'failed', unknown: 'unknown' } as const
const WHOLE: View = { query: '', range: null, order: 'desc' }

type EventRowsProps = {
  label: string
  rows: readonly TimelineRow[]
  /** The timeline that a row opens; all of it unless told. */
  view?: View
  /** Beside a row: what can be done with it, or what is to be known of it. */
  aside?: (row: TimelineRow) => ReactNode
}

/** Events, each a way to the timeline at it. */
export function EventRows({ label, rows, view = WHOLE, aside }: EventRowsProps) {
  const { format } = useZone()
  return (
    <ul className="nb-rows" aria-label={label}>
      {rows.map((row) => (
        <li key={row.key}>
          <PlaceLink place={viewPlace(view, row.key)} className="nb-row">
            <i className="nb-dot" style={{ background: `var(--cat-${row.category})` }} aria-hidden="true" />
            <span className="nb-mono">{format(row.time, 'ms')}</span>
            <span>{row.user === null ? '(unknown)' : <Shown text={row.user} />}</span>
            <span className="nb-dim">{row.place !== null && <Shown text={row.place} />}</span>
            <span className="nb-mono">
              <Shown text={row.lead} />
              {row.repeat > 1 && <span className="nb-dim"> ×{formatCount(row.repeat)}</span>}
              {row.detail !== '' && <Shown className="nb-dim nb-detail" text={row.detail} />}
            </span>
            <span className={row.outcome === 'failure' ? 'nb-failed' : 'nb-dim'}>{OUTCOME_WORDS[row.outcome]}</span>
          </PlaceLink>
          {aside?.(row)}
        </li>
      ))}
    </ul>
  )
}
