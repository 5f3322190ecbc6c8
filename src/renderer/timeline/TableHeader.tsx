import { type KeyboardEvent, type PointerEvent, memo } from 'react'
import { useZone } from '../shared'
import { COLUMNS, type Column, type Widths, widthOf, withWidth } from './column-widths'

export type TableHeaderProps = {
  order: 'asc' | 'desc'
  widths: Widths
  onWidths: (widths: Widths) => void
  onOrder: () => void
}

const GROWING = COLUMNS.findIndex((column) => column.grows)

export const TableHeader = memo(function TableHeader({ order, widths, onWidths, onOrder }: TableHeaderProps) {
  const zone = useZone()
  return (
    <div role="row" className="tl-header" aria-rowindex={1}>
      {COLUMNS.map((column, at) => (
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={at + 1}
          aria-sort={column.id === 'time' ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
        >
          {column.id === 'time' ? (
            <button
              type="button"
              title={order === 'desc' ? 'Latest first' : 'Earliest first'}
              onClick={(event) => {
                event.stopPropagation()
                onOrder()
              }}
            >
              Time ({zone.label}) <span aria-hidden="true">{order === 'desc' ? '↓' : '↑'}</span>
            </button>
          ) : (
            <span className={column.fixed || column.id === 'outcome' ? 'tl-unseen' : undefined}>{column.title}</span>
          )}
          {!column.fixed && !column.grows && (
            <Edge column={column} before={at > GROWING} widths={widths} onWidths={onWidths} />
          )}
        </div>
      ))}
    </div>
  )
})

type EdgeProps = { column: Column; before: boolean; widths: Widths; onWidths: (widths: Widths) => void }

/** The edge that sizes a column: behind it, or before it where it stands behind the column that grows. */
function Edge({ column, before, widths, onWidths }: EdgeProps) {
  const sign = before ? -1 : 1
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const target = event.currentTarget
    const start = event.clientX
    const width = target.parentElement?.offsetWidth ?? widthOf(column, widths)
    target.setPointerCapture(event.pointerId)
    target.onpointermove = (move) => onWidths(withWidth(widths, column.id, width + sign * (move.clientX - start)))
    target.onpointerup = () => {
      target.onpointermove = null
    }
    event.preventDefault()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -10, ArrowRight: 10 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onWidths(withWidth(widths, column.id, widthOf(column, widths) + sign * step))
  }
  return (
    <div
      className="tl-edge"
      data-before={before ? true : undefined}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${column.title}`}
      aria-valuenow={widthOf(column, widths)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => {
        const { [column.id]: _, ...rest } = widths
        onWidths(rest)
      }}
    />
  )
}
