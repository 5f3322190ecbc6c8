import type { RefObject } from 'react'
import type { NotebookFacts } from '../../contract'
import { formatCount, ListGrid, Shown, useZone } from '../shared'
import { STATUS_WORDS } from './notebook-words'
import { Tlp } from './Tlp'

const COLUMNS = ['Changed', 'Title', 'TLP', 'Status', 'Findings', 'Cells', 'By']

type NotebookTableProps = {
  rows: readonly NotebookFacts[]
  cursor: number
  onCursor: (cursor: number) => void
  onOpen: (row: NotebookFacts) => void
  grid: RefObject<HTMLDivElement | null>
}

export function NotebookTable({ rows, cursor, onCursor, onOpen, grid }: NotebookTableProps) {
  return (
    <ListGrid
      label="Notebooks"
      columns={COLUMNS}
      className="nb-list"
      total={rows.length}
      rowAt={(at) => rows[at]}
      cursor={cursor}
      onCursor={onCursor}
      onOpen={onOpen}
      onFirst={() => {}}
      grid={grid}
      cells={(row) => <Cells row={row} />}
    />
  )
}

function Cells({ row }: { row: NotebookFacts }) {
  const { format } = useZone()
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(row.changedAt)}
      </span>
      <span role="gridcell">
        <Shown text={row.title} />
      </span>
      <span role="gridcell">
        <Tlp label={row.tlp} />
      </span>
      <span role="gridcell">{STATUS_WORDS[row.status]}</span>
      <span role="gridcell" className="list-number">
        {formatCount(row.findings)}
      </span>
      <span role="gridcell" className="list-number">
        {formatCount(row.cells)}
      </span>
      <span role="gridcell" className="list-dim">
        <Shown text={row.createdBy} />
      </span>
    </>
  )
}
