import { type CSSProperties, type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react'
import type { SessionRow } from '../../contract'
import { formatCount, Shown, useZone } from '../shared'
import { lengthWords, recordingWords, stateWord } from './session-words'

/** Height of a row and of the header, in px. */
const ROW = 27
/** Chromium holds elements up to about 33 million px tall. */
const MOST_ROWS = 1_200_000
const COLUMNS = ['Started', 'User', 'Machine', 'Session', 'Client', 'Length', 'Commands', 'Failed', 'Recording', 'State']

export type TableProps = {
  total: number
  rowAt: (at: number) => SessionRow | undefined
  cursor: number
  onCursor: (cursor: number) => void
  onOpen: (row: SessionRow) => void
  /** Number of the first row in view. */
  onFirst: (first: number) => void
  grid: RefObject<HTMLDivElement | null>
}

/** All sessions that match; only those in view exist on the page. */
export function SessionTable({ total, rowAt, cursor, onCursor, onOpen, onFirst, grid }: TableProps) {
  const id = useId()
  const { first, count, onScroll } = useWindow(grid, onFirst)
  const shown = Math.min(total, MOST_ROWS)
  useShownCursor(grid, cursor)
  const at = Array.from({ length: Math.max(0, Math.min(count, shown - first)) }, (_, i) => first + i)
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rowAt(cursor)
    if (event.key === 'Enter' && row) onOpen(row)
    else if (!moveBy(event.key, { cursor, total: shown, page: count - 3 }, onCursor)) return
    event.preventDefault()
  }
  return (
    <div
      ref={grid}
      className="ss-scroller"
      role="grid"
      tabIndex={0}
      aria-label="Sessions"
      aria-rowcount={total + 1}
      aria-colcount={COLUMNS.length}
      aria-activedescendant={cursor >= first && cursor < first + count ? `${id}-${cursor}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <Header />
      <div className="ss-spacer" style={{ height: shown * ROW }}>
        {at.map((index) => (
          <Row
            key={index % (count + 1)}
            id={`${id}-${index}`}
            index={index}
            row={rowAt(index)}
            isCursor={index === cursor}
            onPick={(row) => {
              onCursor(index)
              onOpen(row)
            }}
          />
        ))}
      </div>
    </div>
  )
}

function Header() {
  const { label } = useZone()
  return (
    <div role="row" className="ss-header" aria-rowindex={1}>
      {COLUMNS.map((title, at) => (
        <span key={title} role="columnheader" aria-colindex={at + 1} aria-sort={at === 0 ? 'descending' : undefined}>
          {at === 0 ? `${title} (${label}) ↓` : title}
        </span>
      ))}
    </div>
  )
}

type RowProps = { id: string; index: number; row: SessionRow | undefined; isCursor: boolean; onPick: (row: SessionRow) => void }

function Row({ id, index, row, isCursor, onPick }: RowProps) {
  const { format } = useZone()
  const place: CSSProperties = { transform: `translateY(${index * ROW}px)` }
  const line = { id, role: 'row', className: 'ss-row', 'aria-rowindex': index + 2, 'aria-selected': isCursor, style: place }
  if (!row) {
    return (
      <div {...line} aria-busy="true">
        <span role="gridcell" className="ss-dim">
          {formatCount(index + 1)}
        </span>
      </div>
    )
  }
  return (
    <div {...line} onClick={() => onPick(row)}>
      <span role="gridcell" className="ss-mono">
        {row.from === null ? '(unknown)' : format(row.from)}
      </span>
      <Text text={row.user} none="(unknown)" />
      <Text text={row.machine} none="" />
      <span role="gridcell" className="ss-mono ss-dim">
        <Shown text={row.session} />
      </span>
      <Text text={row.client} none="" dim />
      <span role="gridcell" className="ss-mono ss-dim">
        {lengthWords(row)}
      </span>
      <Count count={row.commands} />
      <Count count={row.failures} failed />
      <Recording row={row} />
      <span role="gridcell" className={row.state === 'open' ? 'ss-open' : 'ss-dim'}>
        {stateWord(row)}
      </span>
    </div>
  )
}

function Text({ text, none, dim = false }: { text: string | null; none: string; dim?: boolean }) {
  return (
    <span role="gridcell" className={dim || text === null ? 'ss-dim' : undefined}>
      {text === null ? none : <Shown text={text} />}
    </span>
  )
}

function Count({ count, failed = false }: { count: number; failed?: boolean }) {
  return (
    <span role="gridcell" className={failed && count > 0 ? 'ss-number ss-failed' : 'ss-number'}>
      {count === 0 ? <span className="ss-none">0</span> : formatCount(count)}
    </span>
  )
}

function Recording({ row }: { row: SessionRow }) {
  const words = recordingWords(row.recordings)
  return (
    <span role="gridcell">
      {words && (
        <span className={words.isMissing ? 'ss-badge' : 'ss-badge ss-badge-held'}>
          {!words.isMissing && <span aria-hidden="true">▶ </span>}
          {words.text}
        </span>
      )}
    </span>
  )
}

type Moves = { cursor: number; total: number; page: number }

/** Keys of a list; false for a key that is none of them. */
export function moveBy(key: string, { cursor, total, page }: Moves, onCursor: (cursor: number) => void): boolean {
  const moves: Record<string, number> = {
    ArrowDown: cursor + 1,
    j: cursor + 1,
    ArrowUp: cursor - 1,
    k: cursor - 1,
    PageDown: cursor + page,
    PageUp: cursor - page,
    Home: 0,
    g: 0,
    End: total - 1,
    G: total - 1,
  }
  const next = moves[key]
  if (next === undefined) return false
  onCursor(Math.max(0, Math.min(total - 1, next)))
  return true
}

/** Rows in view, with one more on each side. */
function useWindow(grid: RefObject<HTMLDivElement | null>, onFirst: (first: number) => void) {
  const [place, setPlace] = useState({ first: 0, count: 40 })
  const latest = useRef(onFirst)
  useLayoutEffect(() => {
    latest.current = onFirst
  })
  const onScroll = () => {
    const target = grid.current
    if (!target) return
    const first = Math.max(0, Math.floor(target.scrollTop / ROW) - 1)
    const count = Math.ceil(target.clientHeight / ROW) + 2
    setPlace((before) => (before.first === first && before.count === count ? before : { first, count }))
    latest.current(first)
  }
  const measured = useRef(onScroll)
  useLayoutEffect(() => {
    measured.current = onScroll
  })
  useLayoutEffect(() => {
    const target = grid.current
    if (!target) return
    const observer = new ResizeObserver(() => measured.current())
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
