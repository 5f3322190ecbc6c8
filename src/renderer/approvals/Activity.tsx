import { useCallback, useMemo, useRef, useState } from 'react'
import type { TimelineRow } from '../../contract'
import { useAddress, PlaceLink } from '../address'
import {
  EmptyState,
  ErrorState,
  formatPlural,
  ListFoot,
  ListGrid,
  Shown,
  Spinner,
  useLackingWords,
  useListCursor,
  useListFocus,
  useListKeys,
  useListRows,
  useZone,
} from '../shared'
import { activityView } from './activity-view'
import type { LookUse } from './use-look'

const COLUMNS = ['Time', 'Category', 'User', 'Place', 'What happened', 'Outcome']
/** The newest minutes of a list are open until the next sync, in milliseconds, and prove nothing either way. */
const OPEN = 15 * 60_000

/** Events about who may do what, beside the requests. */
export function Activity({ use: { range, chosen } }: { use: LookUse }) {
  const { go } = useAddress()
  const view = useMemo(() => activityView(range), [range])
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('timeline.rows', (place) => ({ view, ...place }), first)
  const [cursor, onCursor] = useListCursor(chosen)
  const grid = useRef<HTMLDivElement>(null)
  const { value, fault, current } = answered
  const total = value?.total ?? 0
  const settled = useMemo(() => range && { from: Math.min(range.from, range.to - OPEN), to: range.to - OPEN }, [range])
  const lacking = useLackingWords(settled, 'No list is held')
  const open = useCallback((row: TimelineRow) => go({ screen: 'timeline', ...view, selected: row.key }), [go, view])
  const openPresent = () => {
    const row = rowAt(cursor)
    if (row) open(row)
  }
  useListKeys({ total, cursor, onCursor, grid, input: null, onOpen: openPresent, onClose: null })
  const isListed = total > 0
  useListFocus(grid, isListed)
  return (
    <>
      <div className="filters">
        <p className="ap-basis">Requests, roles and permissions, users and settings</p>
        <PlaceLink place={{ screen: 'timeline', ...view, selected: null }} className="button">
          Open on the timeline
        </PlaceLink>
      </div>
      <div className="list-main" data-stale={!current || undefined}>
        {fault ? (
          <ErrorState title="The activity could not be listed" message={fault.message} />
        ) : value && current && total === 0 ? (
          <EmptyState title="No such event of this time is held">{lacking !== null && lacking !== '' && <p>{lacking}.</p>}</EmptyState>
        ) : isListed ? (
          <ListGrid label="Activity" columns={COLUMNS} className="ap-activity" {...{ total, rowAt, cursor, onCursor, grid }} onOpen={open} onFirst={setFirst} cells={(row) => <Cells row={row} />} />
        ) : (
          <div className="list-wait">
            <Spinner label="Reading the events" />
          </div>
        )}
        <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
          {value && <span>{formatPlural(total, 'event')}</span>}
        </ListFoot>
      </div>
    </>
  )
}

function Cells({ row: { time, category, user, place, lead, detail, outcome } }: { row: TimelineRow }) {
  const { format } = useZone()
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(time)}
      </span>
      <span role="gridcell" className="list-dim">
        {category}
      </span>
      <span role="gridcell">
        <Shown text={user ?? '(unknown)'} />
      </span>
      <span role="gridcell">
        <Shown text={place ?? ''} />
      </span>
      <span role="gridcell">
        <span className="list-mono">
          <Shown text={lead} />
        </span>{' '}
        <span className="list-dim">
          <Shown text={detail} />
        </span>
      </span>
      <span role="gridcell" className={outcome === 'failure' ? 'list-failed' : 'list-dim'}>
        {outcome === 'failure' ? 'failed' : outcome === 'success' ? 'ok' : 'unknown'}
      </span>
    </>
  )
}
