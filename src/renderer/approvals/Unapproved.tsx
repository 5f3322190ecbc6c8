import { useCallback, useMemo, useRef, useState } from 'react'
import type { ApprovalSummary, UnapprovedSession } from '../../contract'
import { useAddress } from '../address'
import {
  Button,
  EmptyState,
  ErrorState,
  formatCount,
  formatPlural,
  ListGrid,
  Shown,
  Spinner,
  TextFilter,
  useListCursor,
  useListFocus,
  useListKeys,
  useListRows,
  useZone,
} from '../shared'
import { STATE_SAID } from './approval-words'
import { Foot } from './Foot'
import { placeOfSession } from './places'
import type { LookUse } from './use-look'

const COLUMNS = ['Started', 'User', 'Machine', 'Session', 'Commands', 'Why it is here', 'Nearest request']

/** Sessions on machines that are worked on by request, which no grant covers. */
export function Unapproved({ use, summary }: { use: LookUse; summary: ApprovalSummary }) {
  const { look, change, range } = use
  const { go } = useAddress()
  const filter = useMemo(() => ({ range, text: look.text }), [range, look.text])
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('approval.unapproved', (place) => ({ ...filter, ...place }), first)
  const [cursor, onCursor] = useListCursor(use.chosen)
  const grid = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const { value, fault, current } = answered
  const total = value?.total ?? 0
  const open = useCallback((row: UnapprovedSession) => go(placeOfSession(row.id)), [go])
  const openPresent = () => {
    const row = rowAt(cursor)
    if (row) open(row)
  }
  useListKeys({ total, cursor, onCursor, grid, input, onOpen: openPresent, onClose: null })
  const isListed = total > 0
  useListFocus(grid, isListed)
  return (
    <>
      <search className="filters">
        <TextFilter label="Filter sessions" placeholder="User, machine or session" text={look.text} onText={(text) => change({ text }, 'replace')} input={input} />
        {value && value.basis !== '' && (
          <p className="ap-basis">
            <Shown text={value.basis} />
          </p>
        )}
      </search>
      <div className="list-main" data-stale={!current || undefined}>
        {fault ? (
          <ErrorState title="The sessions could not be listed" message={fault.message} />
        ) : value && current && total === 0 ? (
          <None use={use} summary={summary} />
        ) : isListed ? (
          <ListGrid label="Sessions without approval" columns={COLUMNS} className="ap-unapproved" {...{ total, rowAt, cursor, onCursor, grid }} onOpen={open} onFirst={setFirst} cells={(row) => <Cells row={row} />} />
        ) : (
          <div className="list-wait">
            <Spinner label="Reading the sessions" />
          </div>
        )}
        <Foot summary={summary}>{value && <span>{formatPlural(total, 'session')}</span>}</Foot>
      </div>
    </>
  )
}

function Cells({ row }: { row: UnapprovedSession }) {
  const { format } = useZone()
  const { from, user, machine, session, commands, why, nearest } = row
  return (
    <>
      <span role="gridcell" className="list-mono">
        {format(from)}
      </span>
      <span role="gridcell">
        <Shown text={user ?? '(unknown)'} />
      </span>
      <span role="gridcell">
        <Shown text={machine ?? ''} />
      </span>
      <span role="gridcell" className="list-mono list-dim">
        <Shown text={session} />
      </span>
      <span role="gridcell" className="list-number">
        {formatCount(commands)}
      </span>
      <span role="gridcell">
        <Shown text={why} />
      </span>
      <span role="gridcell" className="list-dim">
        {nearest ? `${STATE_SAID[nearest.state].text}, ${format(nearest.asked, 'min')}` : 'none held'}
      </span>
    </>
  )
}

function None({ use: { look, change }, summary: { hasSessions } }: { use: LookUse; summary: ApprovalSummary }) {
  if (look.text !== '') {
    return <EmptyState title="No session held matches" action={<Button onClick={() => change({ text: '' })}>Clear the filter</Button>} />
  }
  if (!hasSessions) {
    return (
      <EmptyState title="No session is held">
        Nothing can be said of sessions without approval: no list of sessions is held.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No session held is without approval">
      Every session held of this time, on a machine that people are let in to by request, has a grant that covers it.
    </EmptyState>
  )
}
