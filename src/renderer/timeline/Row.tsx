import { memo } from 'react'
import type { Marks, TimelineRow } from '../../contract'
import { MarkGlyphs } from '../marks'
import { formatCount, Shown } from '../shared'
import { COLUMNS } from './column-widths'
import { outcomeWord } from './row-cells'
import { ROW_HEIGHT } from './scroll-mapping'

export type RowProps = {
  row: TimelineRow | undefined
  /** Row number in the view, from 0. */
  index: number
  /** Distance from the upper edge of the table, in px. */
  y: number
  time: string
  /** Undefined while they are not read. */
  marks: Marks | undefined
  /** Number of the cell the keys act on; null when the cursor is on another row. */
  focused: number | null
  id: string
}

/** One line; drawn again only when what it shows changes. Clicks are handled by the table. */
export const Row = memo(function Row({ row, index, y, time, marks, focused, id }: RowProps) {
  const place = { transform: `translateY(${y}px)`, height: ROW_HEIGHT }
  if (!row) return <PlaceholderRow index={index} place={place} isCursor={focused !== null} />
  const cell = (at: number) => ({
    id: `${id}-${at}`,
    role: 'gridcell',
    'aria-colindex': at + 1,
    'data-column': COLUMNS[at]?.id,
    'data-focused': focused === at ? true : undefined,
  })
  return (
    <div
      role="row"
      className="tl-row"
      aria-rowindex={index + 2}
      aria-selected={focused !== null}
      data-row={index}
      data-companion={row.companion ? true : undefined}
      style={place}
    >
      <span {...cell(0)} title={row.category} aria-label={row.category}>
        <i className="tl-dot" style={{ background: `var(--cat-${row.category})` }} />
      </span>
      <span {...cell(1)} className="tl-mono">
        {time}
      </span>
      <span {...cell(2)}>{row.user === null ? <span className="tl-none">(unknown)</span> : <Shown text={row.user} />}</span>
      <span {...cell(3)} className="tl-dim">
        {row.place !== null && <Shown text={row.place} />}
      </span>
      <span {...cell(4)} className="tl-mono tl-what">
        <MarkGlyphs marks={marks} />
        <Shown className="tl-lead" text={row.lead} />
        {row.repeat > 1 && (
          <span className="tl-weight" title={`Stands for ${formatCount(row.repeat)} events`}>
            ×{formatCount(row.repeat)}
          </span>
        )}
        {row.detail !== '' && <Shown className="tl-rest" text={row.detail} />}
      </span>
      <span {...cell(5)} className={row.outcome === 'failure' ? 'tl-failed' : 'tl-dim'}>
        {outcomeWord(row.outcome)}
      </span>
    </div>
  )
})

/** Rows of a view of which nothing has been read yet. */
export function WaitingRows({ count }: { count: number }) {
  return Array.from({ length: count }, (_, at) => (
    <PlaceholderRow key={at} place={{ transform: `translateY(${at * ROW_HEIGHT}px)`, height: ROW_HEIGHT }} />
  ))
}

type PlaceholderRowProps = { index?: number; place: { transform: string; height: number }; isCursor?: boolean }

/** Stands where a row will be as soon as it has been read. */
function PlaceholderRow({ index, place, isCursor = false }: PlaceholderRowProps) {
  return (
    <div
      role="row"
      className="tl-row tl-row-waiting"
      aria-rowindex={index === undefined ? undefined : index + 2}
      aria-selected={isCursor}
      aria-busy="true"
      data-row={index}
      style={place}
    >
      <span role="gridcell" />
      <span role="gridcell" className="tl-mono tl-none">
        {index === undefined ? <i className="tl-skeleton" /> : formatCount(index + 1)}
      </span>
      <span role="gridcell">
        <i className="tl-skeleton" />
      </span>
      <span role="gridcell">
        <i className="tl-skeleton" />
      </span>
      <span role="gridcell">
        <i className="tl-skeleton" />
      </span>
      <span role="gridcell" />
    </div>
  )
}
