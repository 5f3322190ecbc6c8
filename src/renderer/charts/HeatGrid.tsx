import { type CSSProperties, type KeyboardEvent, useState } from 'react'
import { formatShortCount } from '../shared'
import './charts.css'

export type HeatCell = {
  value: number
  /** All of it in words. */
  words: string
  /** Opens what it counts; left out where no view says just that. */
  open?: () => void
}

type HeatGridProps = {
  label: string
  rows: readonly string[]
  columns: readonly string[]
  /** Row by row. */
  cells: readonly HeatCell[]
  /** Head of the column and of the row that hold the sums. */
  sums: string
}

const LEVELS = 5

/** Counts by row and column, the more the fuller the colour; the number stands in each. Arrow keys move among the cells. */
export function HeatGrid({ label, rows, columns, cells, sums }: HeatGridProps) {
  const [chosen, setChosen] = useState(0)
  const most = Math.max(1, ...cells.map(({ value }) => value))
  const style = { gridTemplateColumns: `34px repeat(${columns.length}, minmax(24px, 1fr)) 44px` }
  const byRow = rows.map((_, at) => cells.slice(at * columns.length, (at + 1) * columns.length))
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      cells[chosen]?.open?.()
      return
    }
    const next = afterKey(event, chosen, { rows: rows.length, columns: columns.length })
    if (next === null) return
    event.preventDefault()
    setChosen(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus()
  }
  return (
    <div className="ch-heat" role="grid" aria-label={label} onKeyDown={move}>
      <div role="row" style={style}>
        <span aria-hidden="true" />
        {[...columns, sums].map((column) => (
          <span key={column} role="columnheader">
            {column}
          </span>
        ))}
      </div>
      {byRow.map((own, at) => (
        <div key={rows[at]} role="row" style={style}>
          <span role="rowheader">{rows[at]}</span>
          {own.map((cell, inRow) => {
            const place = at * columns.length + inRow
            return <Cell key={place} cell={cell} place={place} level={levelOf(cell.value, most)} isStop={place === chosen} onFocus={() => setChosen(place)} />
          })}
          <Sum cells={own} />
        </div>
      ))}
      <SumRow name={sums} byColumn={columns.map((_, column) => byRow.flatMap((own) => own[column] ?? []))} all={cells} style={style} />
    </div>
  )
}

type CellProps = { cell: HeatCell; place: number; level: number; /** Tab stops here. */ isStop: boolean; onFocus: () => void }

function Cell({ cell: { value, words, open }, place, level, isStop, onFocus }: CellProps) {
  return (
    <span
      role="gridcell"
      className="ch-cell"
      data-at={place}
      data-level={level}
      data-opens={open !== undefined || undefined}
      tabIndex={isStop ? 0 : -1}
      aria-label={words}
      title={words}
      onFocus={onFocus}
      onClick={open}
    >
      {value > 0 ? shortest(value) : ''}
    </span>
  )
}

type SumRowProps = { name: string; byColumn: readonly (readonly HeatCell[])[]; all: readonly HeatCell[]; style: CSSProperties }

function SumRow({ name, byColumn, all, style }: SumRowProps) {
  return (
    <div role="row" style={style}>
      <span role="rowheader">{name}</span>
      {byColumn.map((cells, column) => (
        <Sum key={column} cells={cells} />
      ))}
      <Sum cells={all} />
    </div>
  )
}

function Sum({ cells }: { cells: readonly HeatCell[] }) {
  return (
    <span role="gridcell" className="ch-sum">
      {formatShortCount(cells.reduce((sum, { value }) => sum + value, 0))}
    </span>
  )
}

/** Five steps of the square root, so that a few among very many can still be told from none. */
function levelOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(value / most) * LEVELS))
}

/** In at most three characters up to 99 thousand. */
function shortest(value: number): string {
  if (value < 1000) return String(value)
  return value < 1e6 ? `${Math.floor(value / 1000)}k` : `${Math.floor(value / 1e6)}M`
}

function afterKey({ key }: { key: string }, from: number, { rows, columns }: { rows: number; columns: number }): number | null {
  const [row, column] = [Math.floor(from / columns), from % columns]
  const at = (r: number, c: number) => Math.max(0, Math.min(rows - 1, r)) * columns + Math.max(0, Math.min(columns - 1, c))
  switch (key) {
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowDown':
      return at(row + 1, column)
    case 'Home':
      return at(row, 0)
    case 'End':
      return at(row, columns - 1)
    default:
      return null
  }
}
