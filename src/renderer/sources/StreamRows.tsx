import { useMemo, useState } from 'react'
import type { Instant, TimeRange } from '../../domain'
import { Shown, coverageSegments, formatCount, formatPlural, listAndOwner, streamTitle } from '../shared'
import { CoverageBar } from './CoverageBar'
import { type BarPiece, barPieces } from './coverage-words'
import {
  type StreamGroup,
  type StreamView,
  type Troubles,
  countWords,
  groupWords,
  listNotes,
  streamGroups,
  troublesOf,
} from './stream-views'
import { useSteady } from './use-steady'

export type Picked = { connection: string; stream: string; at: Instant }

export type StreamRowsProps = {
  views: StreamView[]
  /** Null while nothing is held, so that there is no time to draw. */
  whole: TimeRange | null
  picked: Picked | null
  onPick: (stream: string, piece: BarPiece) => void
  /** A sync is changing the rows. */
  isMoving?: boolean
}

/** One row for each list of a connection. */
export function StreamRows({ views, isMoving = false, ...rest }: StreamRowsProps) {
  const troubles = useSteady(useMemo(() => troublesOf(views), [views]), isMoving)
  const groups = useMemo(() => streamGroups(views, troubles), [views, troubles])
  return groups.map((group) =>
    group.isMany ? (
      <GroupRows key={group.list} group={group} troubles={troubles} {...rest} />
    ) : (
      group.views.map((view) => <StreamRow key={view.stream} view={view} {...rest} />)
    ),
  )
}

type OpenRow = Pick<StreamRowsProps, 'whole' | 'picked' | 'onPick'>
type RowProps = OpenRow & { view: StreamView; isInner?: boolean }

function StreamRow({ view, whole, picked, onPick, isInner = false }: RowProps) {
  const { stream, label, facts } = view
  return (
    <>
      <div className={isInner ? 'source-stream source-stream-inner' : 'source-stream'}>
        <Shown text={isInner ? (listAndOwner(label)?.owner ?? label) : label} className="source-stream-name" />
        {whole ? (
          <CoverageBar
            label={streamTitle(label)}
            pieces={barPieces(view.ranges, whole, view.silent)}
            picked={picked?.stream === stream ? picked.at : null}
            onPick={(piece) => onPick(stream, piece)}
          />
        ) : (
          <span />
        )}
        <span className="source-count" data-status={facts?.status} title={facts?.fault?.message ?? facts?.note}>
          {countWords(view)}
        </span>
      </div>
      {!isInner && <Notes views={[view]} />}
    </>
  )
}

/** What no bar can show, as that some records are kept from this account. */
function Notes({ views }: { views: StreamView[] }) {
  return listNotes(views).map(({ note, count }) => (
    <p key={note} className="source-note">
      {views.length > 1 && `${formatPlural(count, 'machine')}: `}
      <Shown text={note} />
    </p>
  ))
}

/** Of the lists of many machines, those that need a look are shown also while folded, up to here. */
const MOST_TROUBLED = 5

function GroupRows({ group, troubles, ...rest }: OpenRow & { group: StreamGroup; troubles: Troubles }) {
  const [isOpen, setOpen] = useState(false)
  const { list, views } = group
  const { whole } = rest
  const merged = useMemo(() => (whole ? mergedPieces(views, whole) : null), [views, whole])
  const troubled = views.filter(({ stream }) => (troubles.get(stream) ?? 0) > 0)
  const shown = isOpen ? views : troubled.slice(0, MOST_TROUBLED)
  const more = troubled.length - Math.min(troubled.length, MOST_TROUBLED)
  return (
    <>
      <div className="source-stream">
        <button
          type="button"
          className="source-fold"
          aria-expanded={isOpen}
          title={isOpen ? 'Show only lists that need a look' : 'Show the list of every machine'}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
          <Shown text={`${list} · ${formatPlural(views.length, 'machine')}`} />
        </button>
        {merged ? <CoverageBar label={`${list} of all machines`} pieces={merged} picked={null} /> : <span />}
        <span className="source-count">{groupWords(views)}</span>
      </div>
      <Notes views={views} />
      {shown.map((view) => (
        <StreamRow key={view.stream} view={view} isInner {...rest} />
      ))}
      {!isOpen && more > 0 && (
        <p className="source-rows source-stream-inner">
          <button type="button" className="link" onClick={() => setOpen(true)}>
            {formatCount(more)} more that {more === 1 ? 'is' : 'are'} not complete
          </button>
        </p>
      )}
    </>
  )
}

/** The worst of all machines at each moment. */
function mergedPieces(views: StreamView[], whole: TimeRange): BarPiece[] {
  const ranges = views.flatMap((view) =>
    barPieces(view.ranges, whole, view.silent).map(({ from, to, state, held }) => {
      return { connection: '', stream: view.stream, from, to, state, held: held ?? 0 }
    }),
  )
  return barPieces(joined(coverageSegments(ranges, whole)), whole, 'not-asked')
}

function joined(segments: ReturnType<typeof coverageSegments>) {
  const result: Parameters<typeof barPieces>[0] = []
  for (const { from, to, state } of segments) {
    const last = result.at(-1)
    if (last?.state === state && last.to === from) last.to = to
    else result.push({ connection: '', stream: '', from, to, state, held: 0 })
  }
  return result
}
