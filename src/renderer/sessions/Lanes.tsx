import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { SessionRow } from '../../contract'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { axisTicks, formatCount, formatPlural, offsetIn, Shown, Spinner, useHotkeys, useWidth, useZone } from '../shared'
import { type Lane, lanesOf, type Placed, spanOf } from './lane-layout'
import { LaneLegend, LaneShape, LINE, NARROWEST, type Scale } from './LaneShape'
import { sessionSentence } from './session-words'
import type { LookUse } from './use-look'

/** Sessions drawn at once. */
const MOST = 1000

type LanesProps = { use: LookUse; onOpen: (row: SessionRow) => void }

/** Sessions of the visible time on one axis. The list shows the same as a table. */
export function Lanes({ use, onOpen }: LanesProps) {
  const { filter, look, change } = use
  const { address, go } = useAddress()
  const answer = useAnswer('session.list', { ...filter, at: 0, count: MOST })
  const rows = answer.value?.rows
  const range = useMemo(() => address.range ?? spanOf(rows ?? []), [address.range, rows])
  const { ref, width } = useWidth<HTMLDivElement>()
  if (!answer.value || !rows) return <div className="list-wait">{!answer.fault && <Spinner label="Reading the sessions" />}</div>
  const { total } = answer.value
  const timeless = rows.filter(({ from }) => from === null).length
  return (
    <div className="ss-lanes">
      <div className="ss-lanes-bar">
        <label>
          A lane for each{' '}
          <select
            className="filter-input"
            value={look.by}
            onChange={({ target }) => change({ by: target.value === 'machine' ? 'machine' : 'user' })}
          >
            <option value="user">user</option>
            <option value="machine">machine</option>
          </select>
        </label>
        {total > rows.length && (
          <span>
            The newest {formatCount(rows.length)} of {formatCount(total)} are drawn
          </span>
        )}
        {timeless > 0 && (
          <span>
            {formatPlural(timeless, 'session')} of unknown time {timeless === 1 ? 'is' : 'are'} in the list only
          </span>
        )}
        <LaneLegend />
      </div>
      <div ref={ref} className="ss-lanes-box">
        {range && width > 0 && (
          <Drawing rows={rows} by={look.by} range={range} width={width} onOpen={onOpen} onZoom={(to) => go({ range: to })} />
        )}
      </div>
    </div>
  )
}

/** Width of the names beside the lanes, in px. */
const NAMES = 132
const RIGHT = 14
/** Time around a session that is zoomed to, as a share of it. */
const AROUND = 0.25

type DrawingProps = {
  rows: SessionRow[]
  by: 'user' | 'machine'
  range: TimeRange
  width: number
  onOpen: (row: SessionRow) => void
  onZoom: (range: TimeRange | null) => void
}

function Drawing({ rows, by, range, width, onOpen, onZoom }: DrawingProps) {
  const id = useId()
  const zone = useZone()
  const inner = Math.max(100, width - NAMES - RIGHT)
  const { from, to } = range
  const scale = useCallback<Scale>((at) => Math.max(-10, Math.min(inner + 10, ((at - from) / (to - from)) * inner)), [from, to, inner])
  const narrowest = ((range.to - range.from) / inner) * (NARROWEST + 2)
  const lanes = useMemo(() => lanesOf(rows, by, narrowest), [rows, by, narrowest])
  const all = useMemo(() => lanes.flatMap(({ placed }) => placed), [lanes])
  const [picked, setPicked] = useState<string | null>(null)
  const at = Math.max(0, all.findIndex(({ row }) => row.id === picked))
  const current = all[at]
  const zoom = () => {
    if (!current) return
    const margin = Math.max(5000, Math.round((current.to - current.from) * AROUND))
    onZoom({ from: current.from - margin, to: current.to + margin })
  }
  useHotkeys({ z: zoom, Z: () => onZoom(null) })
  const [box, moveTo] = useMove(setPicked)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIn(event.key, { lanes, all, at })
    if (event.key === 'Enter' && current) onOpen(current.row)
    else if (next === null) return
    else moveTo(all[next]?.row.id ?? null)
    event.preventDefault()
  }
  return (
    <div
      ref={box}
      className="ss-lanes-drawing"
      role="listbox"
      tabIndex={0}
      aria-label="Sessions on one time axis"
      aria-activedescendant={current ? `${id}-${current.row.id}` : undefined}
      onKeyDown={onKeyDown}
    >
      <Axis range={range} width={inner} />
      {lanes.map((lane) => (
        <LaneLine key={lane.name ?? ''} lane={lane} current={current} scale={scale} width={inner} onOpen={onOpen} onPick={setPicked} />
      ))}
      {all.map(({ row }, index) => (
        <span key={row.id} id={`${id}-${row.id}`} role="option" aria-selected={index === at} className="hidden-text">
          {index === at ? sessionSentence(row, zone.format) : row.session}
        </span>
      ))}
      {current && (
        <p className="ss-lanes-said" aria-hidden="true">
          <Shown text={sessionSentence(current.row, zone.format)} />
        </p>
      )}
    </div>
  )
}

type LineProps = {
  lane: Lane
  current: Placed | undefined
  scale: Scale
  width: number
  onOpen: (row: SessionRow) => void
  onPick: (id: string) => void
}

function LaneLine({ lane, current, scale, width, onOpen, onPick }: LineProps) {
  return (
    <div className="ss-lane" style={{ height: lane.lines * LINE + 8 }}>
      <span className="ss-lane-name">{lane.name === null ? '(unknown)' : <Shown text={lane.name} />}</span>
      <svg width={width} height={lane.lines * LINE} aria-hidden="true">
        {lane.placed.map((placed) => (
          <g key={placed.row.id} onClick={() => onOpen(placed.row)} onPointerEnter={() => onPick(placed.row.id)}>
            <LaneShape placed={placed} scale={scale} isCursor={placed === current} />
          </g>
        ))}
      </svg>
    </div>
  )
}

/** A key moves the cursor and brings its lane into view; the pointer only picks. */
function useMove(pick: (id: string | null) => void) {
  const box = useRef<HTMLDivElement>(null)
  const [moved, setMoved] = useState(0)
  useEffect(() => {
    if (moved > 0) box.current?.querySelector('[data-cursor]')?.closest('.ss-lane')?.scrollIntoView({ block: 'nearest' })
  }, [moved])
  const moveTo = (id: string | null) => {
    pick(id)
    setMoved((count) => count + 1)
  }
  return [box, moveTo] as const
}

export function Axis({ range, width, inset = NAMES }: { range: TimeRange; width: number; inset?: number }) {
  const zone = useZone()
  const ticks = axisTicks(range, Math.max(2, Math.floor(width / 110)), offsetIn(zone))
  return (
    <div className="ss-axis" aria-hidden="true">
      <span className="ss-axis-day" style={{ width: inset }}>
        {zone.format(range.from, 'date')} {zone.label}
      </span>
      <svg width={width} height={22}>
        {ticks.map(({ at, label }) => {
          const x = ((at - range.from) / (range.to - range.from)) * width
          return (
            <g key={at}>
              <line x1={x} x2={x} y1={16} y2={22} />
              <text x={x} y={12} textAnchor={x < 24 ? 'start' : x > width - 24 ? 'end' : 'middle'}>
                {label}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

/** Left and right in time on a lane, up and down between lanes at the same time; null for another key. */
function nextIn(key: string, { lanes, all, at }: { lanes: Lane[]; all: Placed[]; at: number }): number | null {
  const along: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }
  const next = along[key]
  if (next !== undefined) return Math.max(0, Math.min(all.length - 1, next))
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  const current = all[at]
  if (step === undefined || !current) return null
  const lane = lanes[lanes.findIndex(({ placed }) => placed.includes(current)) + step]
  if (!lane) return at
  const nearest = lane.placed.toSorted((a, b) => Math.abs(a.from - current.from) - Math.abs(b.from - current.from))[0]
  return nearest ? all.indexOf(nearest) : at
}
