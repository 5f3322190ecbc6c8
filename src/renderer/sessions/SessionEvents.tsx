import { useEffect, useId, useRef, useState } from 'react'
import type { Marks, SessionDetail, TimelineRow } from '../../contract'
import { useAddress } from '../address'
import { MarkGlyphs, useMarksOf } from '../marks'
import { EmptyState, moveBy, Shown, useHotkeys, useListFocus, useZone } from '../shared'
import { toReplay } from './to-replay'

const OUTCOMES = { success: 'ok', failure: 'failed', unknown: 'unknown' } as const

/** What the session's events say, in time order. */
export function SessionEvents({ detail }: { detail: SessionDetail }) {
  const { rows, query, session } = detail
  const { go } = useAddress()
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(0)
  const row = rows[Math.min(cursor, rows.length - 1)]
  const marksOf = useMarksOf(rows.map(({ key }) => ({ kind: 'event', key })))
  const recording = toReplay(session.recordings)
  const openEvent = (picked: TimelineRow | undefined) => {
    if (picked) go({ screen: 'timeline', query, range: null, order: 'asc', selected: picked.key })
  }
  const move = ({ key }: { key: string }) => moveBy(key, { cursor, total: rows.length, page: 12 }, setCursor)
  const replay = () => {
    // Without a moment the replay opens where the selected event's command ran.
    if (!recording) return
    go({ screen: 'replay', recording: recording.id, moment: undefined, selected: row?.category === 'command' ? row.key : null })
  }
  useHotkeys({ j: move, k: move, g: move, G: move, r: replay, Enter: () => openEvent(row) })
  useListFocus(grid, rows.length > 0)
  useEffect(() => {
    document.getElementById(`${id}-${cursor}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, cursor])
  if (rows.length === 0) {
    return (
      <div className="ss-events-none">
        <EmptyState title="No event names this session">Only a recording tells of it.</EmptyState>
      </div>
    )
  }
  return (
    <div
      ref={grid}
      className="ss-events"
      role="grid"
      tabIndex={0}
      aria-label="Events of the session"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={`${id}-${cursor}`}
      onKeyDown={(event) => {
        if (event.key === 'Enter') openEvent(row)
        else if (!move(event)) return
        event.preventDefault()
      }}
    >
      <EventHeader />
      {rows.map((one, index) => (
        <EventRow
          key={one.key}
          id={`${id}-${index}`}
          row={one}
          marks={marksOf({ kind: 'event', key: one.key })}
          index={index}
          isCursor={index === cursor}
          onPick={() => setCursor(index)}
          onOpen={() => openEvent(one)}
        />
      ))}
    </div>
  )
}

function EventHeader() {
  const { label } = useZone()
  return (
    <div role="row" className="list-header" aria-rowindex={1}>
      <span role="columnheader">
        <span className="hidden-text">Category</span>
      </span>
      <span role="columnheader">Time ({label})</span>
      <span role="columnheader">User</span>
      <span role="columnheader">What happened</span>
      <span role="columnheader">Outcome</span>
    </div>
  )
}

type EventRowProps = { id: string; row: TimelineRow; marks: Marks | undefined; index: number; isCursor: boolean; onPick: () => void; onOpen: () => void }

function EventRow({ id, row, marks, index, isCursor, onPick, onOpen }: EventRowProps) {
  const { format } = useZone()
  return (
    <div
      id={id}
      role="row"
      className="ss-event"
      aria-rowindex={index + 2}
      aria-selected={isCursor}
      onClick={onPick}
      onDoubleClick={onOpen}
    >
      <span role="gridcell" title={row.category} aria-label={row.category}>
        <i style={{ background: `var(--cat-${row.category})` }} />
      </span>
      <span role="gridcell" className="list-mono">
        {format(row.time, row.timePrecision === 's' ? 's' : 'ms')}
      </span>
      <span role="gridcell">{row.user === null ? <span className="list-dim">(unknown)</span> : <Shown text={row.user} />}</span>
      <span role="gridcell" className="list-mono">
        <MarkGlyphs marks={marks} />
        <Shown text={row.lead} />
        {row.detail !== '' && <Shown className="list-dim ss-rest" text={row.detail} />}
      </span>
      <span role="gridcell" className={row.outcome === 'failure' ? 'list-failed' : 'list-dim'}>
        {OUTCOMES[row.outcome]}
      </span>
    </div>
  )
}
