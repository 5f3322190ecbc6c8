import { useCallback, useRef, useState } from 'react'
import type { AccessList, AccessRow } from '../../contract'
import { useAddress } from '../address'
import type { Answered } from '../api'
import { ExportMenu } from '../exports'
import { ErrorState, formatPlural, ListFoot, Spinner, useListCursor, useListFocus, useListRows, useZone } from '../shared'
import { AccessPane } from './AccessPane'
import { AccessTable } from './AccessTable'
import { sumWords } from './access-words'
import { Filters } from './Filters'
import { NoAccess } from './NoAccess'
import { useAccessKeys } from './use-access-keys'
import { type LookUse, useLacking, useLook } from './use-look'
import '../shared/screen.css'
import './access.css'

/** Who reached which machine, by whose grant. */
export function Access() {
  const use = useLook()
  const { look, change, filter } = use
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('access.list', (place) => ({ ...filter, ...place }), first)
  const [cursor, setCursor] = useListCursor(filter)
  const grid = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const { value } = answered
  const total = value?.total ?? 0
  const show = useCallback(
    (pair: Pick<AccessRow, 'person' | 'machine'> | null, how: 'push' | 'replace' = 'push') =>
      change({ open: pair && { person: pair.person, machine: pair.machine } }, how),
    [change],
  )
  const onCursor = (at: number) => {
    setCursor(at)
    const row = rowAt(at)
    if (look.open && row) show(row, 'replace')
  }
  useAccessKeys({ row: rowAt(cursor), total, cursor, onCursor, grid, input, use, show })
  const lacking = useLacking(filter)
  const isListed = total > 0
  useListFocus(grid, isListed)
  return (
    <div className="screen ac">
      <header className="screen-head">
        <h1>Access</h1>
        <span>{value ? sumWords(value.sums) : ''}</span>
        <ExportMenu what={{ table: 'access.list', ask: filter }} noun="rows" disabled={total === 0} />
      </header>
      <Filters use={use} list={value} input={input} />
      <div className="list-body">
        <div className="list-main" data-stale={!answered.current || undefined}>
          {isListed && !answered.fault ? (
            <AccessTable {...{ total, rowAt, cursor, grid, onCursor, use }} onOpen={show} onFirst={setFirst} />
          ) : (
            <NoRows answered={answered} use={use} lacking={lacking} />
          )}
          {value && <Foot list={value} lacking={lacking} />}
        </div>
        {look.open && <AccessPane open={look.open} range={filter.range} onClose={() => show(null)} />}
      </div>
    </div>
  )
}

type NoRowsProps = { answered: Answered<AccessList>; use: LookUse; lacking: string | null }

function NoRows({ answered: { value, fault, current }, use, lacking }: NoRowsProps) {
  if (fault) return <ErrorState title="The accesses could not be listed" message={fault.message} />
  if (value && current) return <NoAccess use={use} lacking={lacking} />
  return (
    <div className="list-wait">
      <Spinner label="Reading who reached what" />
    </div>
  )
}

function Foot({ list: { total, sums, unplaced, heldSince }, lacking }: { list: AccessList; lacking: string | null }) {
  const { go } = useAddress()
  const { format, label } = useZone()
  return (
    <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
      <span>{formatPlural(total, 'row')}</span>
      {sums.ungranted > 0 && <span>{formatPlural(sums.ungranted, 'access', 'accesses')} without a known grant</span>}
      {unplaced > 0 && <span>{formatPlural(unplaced, 'session')} of unknown machine or time in no row</span>}
      {heldSince !== null && (
        <span>
          Held since {format(heldSince, 'min')} {label}
        </span>
      )}
    </ListFoot>
  )
}
