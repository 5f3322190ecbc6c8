import { type CSSProperties, type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react'
import type { FindingRow } from '../../contract'
import { formatCount, formatShortCount, Shown, useZone } from '../shared'
import { Level } from './Level'

/** Height of a row and of the header, in px. */
const ROW = 27
/** Chromium holds elements up to about 33 million px tall. */
const MOST_ROWS = 1_200_000
const COLUMNS = ['Found', 'Level', 'Finding', 'Who or what', 'Events', 'Why']

export type TableProps = {
  total: number
  rowAt: (at: number) => FindingRow | undefined
  cursor: number
  onCursor: (cursor: number) => void
  onOpen: (row: FindingRow) => void
  /** Id of the finding whose details are open. */
  shown: string | null
  /** Number of the first row in view. */
  onFirst: (first: number) => void
  grid: RefObject<HTMLDivElement | null>
}

/** All findings that match; only those in view exist on the page. */
export function FindingTable({ total, rowAt, cursor, onCursor, onOpen, shown, onFirst, grid }: TableProps) {
  const id = useId()
  const { first, count, onScroll } = useWindow(grid, onFirst)
  const rows = Math.min(total, MOST_ROWS)
  const present = Math.min(cursor, rows - 1)
  useShownCursor(grid, present)
  const at = Array.from({ length: Math.max(0, Math.min(count, rows - first)) }, (_, i) => first + i)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow') && !PAGING.has(event.key)) return
    if (moveBy(event.key, { cursor: present, total: rows, page: count - 3 }, onCursor)) event.preventDefault()
  }
  return (
    <div
      ref={grid}
      className="dt-scroller"
      role="grid"
      tabIndex={0}
      aria-label="Findings"
      aria-rowcount={total + 1}
      aria-colcount={COLUMNS.length}
      aria-activedescendant={present >= first && present < first + count ? `${id}-${present}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <Header />
      <div className="dt-spacer" style={{ height: rows * ROW }}>
        {at.map((index) => {
          const row = rowAt(index)
          return (
            <Row
              key={index % (count + 1)}
              id={`${id}-${index}`}
              index={index}
              row={row}
              isCursor={index === present}
              isOpen={row !== undefined && row.id === shown}
              onPick={(picked) => {
                onCursor(index)
                onOpen(picked)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}

const PAGING: ReadonlySet<string> = new Set(['PageDown', 'PageUp', 'Home', 'End'])

function Header() {
  const { label } = useZone()
  return (
    <div role="row" className="dt-header" aria-rowindex={1}>
      {COLUMNS.map((title, at) => (
        <span key={title} role="columnheader" aria-colindex={at + 1} aria-sort={at === 0 ? 'descending' : undefined}>
          {at === 0 ? `${title} (${label}) ↓` : title}
        </span>
      ))}
    </div>
  )
}

type RowProps = { id: string; index: number; row: FindingRow | undefined; isCursor: boolean; isOpen: boolean; onPick: (row: FindingRow) => void }

function Row({ id, index, row, isCursor, isOpen, onPick }: RowProps) {
  const { format } = useZone()
  const place: CSSProperties = { transform: `translateY(${index * ROW}px)` }
  const line = { id, role: 'row', className: 'dt-row', 'aria-rowindex': index + 2, 'aria-selected': isCursor, style: place }
  if (!row) {
    return (
      <div {...line} aria-busy="true">
        <span role="gridcell" className="dt-dim">
          {formatCount(index + 1)}
        </span>
      </div>
    )
  }
  return (
    <div {...line} data-open={isOpen || undefined} data-suppressed={row.suppressed !== null || undefined} onClick={() => onPick(row)}>
      <span role="gridcell" className="dt-mono">
        {format(row.crossed)}
      </span>
      <span role="gridcell">
        <Level level={row.level} />
      </span>
      <span role="gridcell">
        {row.suppressed !== null && <span className="dt-mark">suppressed</span>}
        <Shown text={row.title} />
      </span>
      <span role="gridcell" className="dt-mono">
        <Shown text={row.who} />
      </span>
      <span role="gridcell" className="dt-number">
        {formatShortCount(row.events)}
      </span>
      <span role="gridcell" className="dt-dim">
        <Shown text={row.why} />
      </span>
    </div>
  )
}

type Moves = { cursor: number; total: number; page: number }

/** Keys of a list; false for a key that is none of them. */
export function moveBy(key: string, { cursor, total, page }: Moves, onCursor: (cursor: number) => void): boolean {
  const moves = new Map([
    ['ArrowDown', cursor + 1],
    ['j', cursor + 1],
    ['ArrowUp', cursor - 1],
    ['k', cursor - 1],
    ['PageDown', cursor + page],
    ['PageUp', cursor - page],
    ['Home', 0],
    ['g', 0],
    ['End', total - 1],
    ['G', total - 1],
  ])
  const next = moves.get(key)
  if (next === undefined) return false
  onCursor(Math.max(0, Math.min(total - 1, next)))
  return true
}

/** Rows in view, with one more on each side. */
function useWindow(grid: RefObject<HTMLDivElement | null>, onFirst: (first: number) => void) {
  const [place, setPlace] = useState({ first: 0, count: 40 })
  const onScroll = () => {
    const target = grid.current
    if (!target) return
    const first = Math.max(0, Math.floor(target.scrollTop / ROW) - 1)
    const count = Math.ceil(target.clientHeight / ROW) + 2
    setPlace((before) => (before.first === first && before.count === count ? before : { first, count }))
    onFirst(first)
  }
  const latest = useRef(onScroll)
  useLayoutEffect(() => {
    latest.current = onScroll
  })
  useLayoutEffect(() => {
    const target = grid.current
    if (!target) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(target)
    return () => observer.disconnect()
  }, [grid])
  return { ...place, onScroll }
}

/** Scrolls so that the row of the cursor is in view below the header. */
function useShownCursor(grid: RefObject<HTMLDivElement | null>, cursor: number): void {
  useLayoutEffect(() => {
    const target = grid.current
    if (!target) return
    const top = cursor * ROW
    const bottom = top + 2 * ROW - target.clientHeight
    if (top < target.scrollTop) target.scrollTo({ top })
    else if (bottom > target.scrollTop) target.scrollTo({ top: bottom })
  }, [grid, cursor])
}
