import type { FindingRow } from '../../contract'
import { SubjectGlyphs } from '../marks'
import { formatShortCount, ListGrid, type ListGridProps, Shown, useZone, Level } from '../shared'

const COLUMNS = ['Found', 'Level', 'Finding', 'Who or what', 'Events', 'Why']

type TableProps = Omit<ListGridProps<FindingRow>, 'label' | 'columns' | 'className' | 'cells' | 'marks'> & {
  /** Id of the finding whose details are open. */
  shown: string | null
}

/** All findings that match. */
export function FindingTable({ shown, ...list }: TableProps) {
  return (
    <ListGrid
      {...list}
      label="Findings"
      columns={COLUMNS}
      className="dt-list"
      cells={(row) => <Cells row={row} />}
      marks={(row) => ({ 'data-open': row.id === shown || undefined, 'data-suppressed': row.suppressed !== null || undefined })}
    />
  )
}

function Cells({ row }: { row: FindingRow }) {
  const { format } = useZone()
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(row.crossed)}
      </span>
      <span role="gridcell">
        <Level level={row.level} />
      </span>
      <span role="gridcell">
        <SubjectGlyphs subject={{ kind: 'finding', id: row.id }} />
        {row.suppressed !== null && <span className="dt-mark">suppressed</span>}
        <Shown text={row.title} />
      </span>
      <span role="gridcell" className="list-mono">
        <Shown text={row.who} />
      </span>
      <span role="gridcell" className="list-number">
        {formatShortCount(row.events)}
      </span>
      <span role="gridcell" className="list-dim">
        <Shown text={row.why} />
      </span>
    </>
  )
}
