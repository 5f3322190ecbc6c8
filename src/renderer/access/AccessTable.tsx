import { ACCESS_ORDERS, type AccessOrder, type AccessRow } from '../../contract'
import { formatCount, ListGrid, type ListGridProps, Shown, useZone } from '../shared'
import { grantWords, UNKNOWN_PERSON } from './access-words'
import { Marks } from './Marks'
import type { LookUse } from './use-look'

const COLUMNS: readonly (readonly [title: string, order: AccessOrder | null])[] = [
  ['Last access', 'last'],
  ['Person', 'person'],
  ['Machine', 'machine'],
  ['Marks', null],
  ['Accesses', 'accesses'],
  ['Commands', 'commands'],
  ['Sudo', 'sudo'],
  ['By whose grant', 'ungranted'],
  ['First access held', 'first'],
]
/** Names begin at their top. */
const UPWARD: ReadonlySet<AccessOrder> = new Set(['person', 'machine'])

type TableProps = Pick<ListGridProps<AccessRow>, 'total' | 'rowAt' | 'cursor' | 'onCursor' | 'onOpen' | 'onFirst' | 'grid'> & { use: LookUse }

/** All pairs of a person and a machine that match. */
export function AccessTable({ use: { look, change }, ...list }: TableProps) {
  const { order, descending, open } = look
  const sort = (column: number) => {
    const next = ACCESS_ORDERS.find((one) => one === COLUMNS[column]?.[1])
    if (next === undefined) return null
    return () => change({ order: next, descending: next === order ? !descending : !UPWARD.has(next) }, 'replace')
  }
  return (
    <ListGrid
      {...list}
      label="Who reached what"
      columns={COLUMNS.map(([title]) => title)}
      sorted={{ column: COLUMNS.findIndex(([, one]) => one === order), direction: descending ? 'descending' : 'ascending' }}
      onSort={sort}
      className="ac-list"
      cells={(row) => <Cells row={row} />}
      marks={(row) => ({ 'data-open': (open !== null && open.person === row.person && open.machine === row.machine) || undefined })}
    />
  )
}

function Cells({ row }: { row: AccessRow }) {
  const { format } = useZone()
  const { person, machine, last, firstHeld, accesses, commands, sudo, granted } = row
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(last)}
      </span>
      <span role="gridcell" className={person === null ? 'list-dim' : undefined}>
        <Shown text={person ?? UNKNOWN_PERSON} />
      </span>
      <span role="gridcell" className="list-mono">
        <Shown text={machine} />
      </span>
      <span role="gridcell">
        <Marks row={row} isShort />
      </span>
      <Count count={accesses} />
      <Count count={commands} />
      <Count count={sudo} />
      <span role="gridcell" className={granted === 0 ? 'list-dim' : undefined}>
        <Shown text={grantWords(row)} />
      </span>
      <span role="gridcell" className="list-mono list-dim">
        {format(firstHeld, 'min')}
      </span>
    </>
  )
}

function Count({ count }: { count: number }) {
  return (
    <span role="gridcell" className={count === 0 ? 'list-number list-dim' : 'list-number'}>
      {formatCount(count)}
    </span>
  )
}
