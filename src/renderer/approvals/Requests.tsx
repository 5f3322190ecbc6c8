import { useMemo, useRef, useState } from 'react'
import { APPROVAL_STATES, type ApprovalSummary, type Ask } from '../../contract'
import { defaultApprovals } from '../address'
import {
  Button,
  Check,
  EmptyState,
  ErrorState,
  formatPlural,
  Spinner,
  TextFilter,
  useListCursor,
  useListFocus,
  useListKeys,
  useListRows,
  useZone,
} from '../shared'
import { STATE_SAID } from './approval-words'
import { basisWords } from './approval-coverage'
import { Foot } from './Foot'
import { RequestPane } from './RequestPane'
import { RequestTable } from './RequestTable'
import type { LookUse } from './use-look'

export type RequestFilter = Omit<Ask<'approval.requests'>, 'at' | 'count'>

/** What the list of requests is asked for, without its place. */
export function useRequestFilter({ look, range }: LookUse): RequestFilter {
  const { zone } = useZone()
  const { text, state, unusual, neverUsed } = look
  return useMemo(() => ({ range, zone, text, state, unusual, neverUsed }), [range, zone, text, state, unusual, neverUsed])
}

/** Every request of the time, and one of them in full. */
export function Requests({ use, summary }: { use: LookUse; summary: ApprovalSummary }) {
  const { look, change } = use
  const filter = useRequestFilter(use)
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('approval.requests', (place) => ({ ...filter, ...place }), first)
  const [cursor, setCursor] = useListCursor(use.chosen)
  const grid = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const { value, fault, current } = answered
  const total = value?.total ?? 0
  const show = (request: string | null, how: 'push' | 'replace' = 'push') => change({ request }, how)
  const onCursor = (at: number) => {
    setCursor(at)
    const row = rowAt(at)
    if (look.request !== null && row) show(row.key, 'replace')
  }
  const open = () => {
    const row = rowAt(cursor)
    if (row) show(look.request === row.key ? null : row.key)
  }
  useListKeys({ total, cursor, onCursor, grid, input, onOpen: open, onClose: look.request === null ? null : () => show(null) })
  const isListed = total > 0
  useListFocus(grid, isListed)
  const isNone = value !== null && current && total === 0
  return (
    <>
      <Filters use={use} input={input} />
      <div className="list-body">
        <div className="list-main" data-stale={!current || undefined}>
          {fault ? (
            <ErrorState title="The requests could not be listed" message={fault.message} />
          ) : isNone ? (
            <NoRequests use={use} summary={summary} />
          ) : isListed ? (
            <RequestTable {...{ total, rowAt, cursor, grid, onCursor, shown: look.request }} onOpen={(row) => show(row.key)} onFirst={setFirst} />
          ) : (
            <div className="list-wait">
              <Spinner label="Reading the requests" />
            </div>
          )}
          <Foot summary={summary}>{value && <span>{formatPlural(total, 'request')}</span>}</Foot>
        </div>
        {look.request !== null && <RequestPane id={look.request} onClose={() => show(null)} />}
      </div>
    </>
  )
}

type FiltersProps = { use: LookUse; input: React.RefObject<HTMLInputElement | null> }

function Filters({ use: { look, change }, input }: FiltersProps) {
  return (
    <search className="filters">
      <TextFilter
        label="Filter requests"
        placeholder="Requester, approver, machine, words or id"
        text={look.text}
        onText={(text) => change({ text }, 'replace')}
        input={input}
      />
      <select
        className="filter-input"
        aria-label="State"
        value={look.state ?? ''}
        onChange={({ target }) => change({ state: APPROVAL_STATES.find((state) => state === target.value) ?? null })}
      >
        <option value="">Any state</option>
        {APPROVAL_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_SAID[state].text}
          </option>
        ))}
      </select>
      <Check label="Approved and never used" isOn={look.neverUsed} onToggle={(neverUsed) => change({ neverUsed })} />
      <Check label="In a pattern" isOn={look.unusual} onToggle={(unusual) => change({ unusual })} />
    </search>
  )
}

function NoRequests({ use: { look, change, range }, summary }: { use: LookUse; summary: ApprovalSummary }) {
  const { text, isLacking } = basisWords(summary)
  const rest = <p>{isLacking ? `${text}. What is not held may tell of requests.` : 'Every list of requests is complete for this time.'}</p>
  if (isNarrowed(look)) {
    const { period } = look
    return (
      <EmptyState title="No request held matches" action={<Button onClick={() => change({ ...defaultApprovals(), tab: 'requests', period })}>Clear the filters</Button>}>
        {rest}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={isLacking ? 'No request of this time is held' : 'No request was made in this time'}
      action={range && <Button onClick={() => change({ period: 'all' })}>Show all that is held</Button>}
    >
      {rest}
    </EmptyState>
  )
}

function isNarrowed({ text, state, unusual, neverUsed }: LookUse['look']): boolean {
  return text !== '' || state !== null || unusual || neverUsed
}
