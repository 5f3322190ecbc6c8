import { type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react'
import { formatCount } from './format'
import { LIST_ROW, moveBy, useShownCursor, useWindow } from './list-rows'
import { useZone } from './use-settings'
import './list.css'

/** Chromium holds elements up to about 33 million px tall. */
const MOST_ROWS = 1_200_000
/** Letters are left to the screen, which has them wherever the focus is. */
const PAGING: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'])

export type ListGridProps<R> = {
  label: string
  /** Titles; the first column is a time, the latest first unless told. */
  columns: readonly string[]
  sorted?: { column: number; direction: 'ascending' | 'descending' }
  /** Puts the list in the order of a column; null for those that give none. */
  onSort?: (column: number) => (() => void) | null
  /** Sets `grid-template-columns` of `.list-header` and `.list-row` in it. */
  className: string
  total: number
  rowAt: (at: number) => R | undefined
  cursor: number
  onCursor: (cursor: number) => void
  onOpen: (row: R) => void
  /** Number of the first row in view. */
  onFirst: (first: number) => void
  grid: RefObject<HTMLDivElement | null>
  /** The cells of a row, each with `role="gridcell"`. */
  cells: (row: R) => ReactNode
  /** What else the stylesheet is to know of a row. */
  marks?: (row: R) => Record<`data-${string}`, true | undefined>
}

/** All rows of a list that match; only those in view exist on the page. */
export function ListGrid<R>({ label, columns, sorted, onSort, className, total, rowAt, cursor, onCursor, onOpen, onFirst, grid, cells, marks }: ListGridProps<R>) {
  const id = useId()
  const { first, count, onScroll } = useWindow(grid, onFirst)
  const rows = Math.min(total, MOST_ROWS)
  const present = Math.min(cursor, rows - 1)
  useShownCursor(grid, present)
  const at = Array.from({ length: Math.max(0, Math.min(count, rows - first)) }, (_, i) => first + i)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!PAGING.has(event.key)) return
    if (moveBy(event.key, { cursor: present, total: rows, page: count - 3 }, onCursor)) event.preventDefault()
  }
  return (
    <div
      ref={grid}
      className={`list-scroller ${className}`}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={present >= first && present < first + count ? `${id}-${present}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <Header columns={columns} sorted={sorted ?? { column: 0, direction: 'descending' }} onSort={onSort} />
      <div className="list-spacer" style={{ height: rows * LIST_ROW }}>
        {at.map((index) => {
          const row = rowAt(index)
          const place = { transform: `translateY(${index * LIST_ROW}px)` }
          const line = { id: `${id}-${index}`, role: 'row', 'aria-rowindex': index + 2, 'aria-selected': index === present, style: place }
          const pick = () => {
            if (row === undefined) return
            onCursor(index)
            onOpen(row)
          }
          return (
            <div key={index % (count + 1)} {...line} className="list-row" aria-busy={row === undefined || undefined} {...(row && marks?.(row))} onClick={pick}>
              {row === undefined ? <Waiting index={index} /> : cells(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

type HeaderProps = Required<Pick<ListGridProps<unknown>, 'columns' | 'sorted'>> & { onSort: ListGridProps<unknown>['onSort'] | undefined }

function Header({ columns, sorted: { column, direction }, onSort }: HeaderProps) {
  const { label } = useZone()
  const arrow = direction === 'descending' ? ' ↓' : ' ↑'
  return (
    <div role="row" className="list-header" aria-rowindex={1}>
      {columns.map((title, at) => {
        const words = `${title}${at === 0 ? ` (${label})` : ''}${at === column ? arrow : ''}`
        const sort = onSort?.(at)
        return (
          <span key={title} role="columnheader" aria-colindex={at + 1} aria-sort={at === column ? direction : undefined}>
            {sort ? (
              <button type="button" onClick={sort}>
                {words}
              </button>
            ) : (
              words
            )}
          </span>
        )
      })}
    </div>
  )
}

function Waiting({ index }: { index: number }) {
  return (
    <span role="gridcell" className="list-dim">
      {formatCount(index + 1)}
    </span>
  )
}
