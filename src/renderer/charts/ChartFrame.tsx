import { type ReactNode, useId, useState } from 'react'
import './charts.css'

/** The first cell of a row names it; numbers stand at the right. */
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly ReactNode[])[] }

type ChartFrameProps = {
  title: string
  /** Beside the title: what else can be chosen. */
  aside?: ReactNode
  chart: ReactNode
  table: ChartTable
  /** Beneath either. */
  note?: ReactNode
  isStale?: boolean
}

/** A chart that can be read as a table instead. */
export function ChartFrame({ title, aside, chart, table, note, isStale = false }: ChartFrameProps) {
  const id = useId()
  const [isTable, setTable] = useState(false)
  return (
    <section className="ch-frame card" aria-labelledby={id} data-stale={isStale || undefined}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
        <button type="button" className="ch-switch" aria-pressed={isTable} aria-label={`Table of: ${title}`} onClick={() => setTable(!isTable)}>
          Table
        </button>
      </header>
      {isTable ? <ChartTableBox title={title} table={table} /> : chart}
      {note}
    </section>
  )
}

type ChartTableBoxProps = { title: string; table: ChartTable; className?: string }

/** What a chart shows, as a table that scrolls in its own box. */
export function ChartTableBox({ title, table: { columns, rows }, className = '' }: ChartTableBoxProps) {
  return (
    <div className={`ch-table-box ${className}`} tabIndex={0} role="group" aria-label={`${title}, as a table`}>
      <table className="ch-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], at) => (
            <tr key={at}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
