import type { RefObject } from 'react'
import type { ApprovalChain } from '../../contract'
import { formatCount, ListGrid, Shown, useZone, Level } from '../shared'
import { latencyWords, type Said, STATE_SAID, USE_SAID } from './approval-words'

const COLUMNS = ['Requested', 'Requester', 'Scope', 'State', 'Approver', 'Decided in', 'Sessions', 'Use', 'Pattern']

type RequestTableProps = {
  total: number
  rowAt: (at: number) => ApprovalChain | undefined
  cursor: number
  onCursor: (cursor: number) => void
  onOpen: (row: ApprovalChain) => void
  /** Key of the request whose details are open. */
  shown: string | null
  onFirst: (first: number) => void
  grid: RefObject<HTMLDivElement | null>
}

export function RequestTable({ shown, ...list }: RequestTableProps) {
  const { format } = useZone()
  return (
    <ListGrid
      {...list}
      label="Requests"
      columns={COLUMNS}
      className="ap-requests"
      cells={(row) => <Cells row={row} asked={format(row.asked)} />}
      marks={(row) => ({ 'data-open': row.key === shown || undefined })}
    />
  )
}

function Cells({ row, asked }: { row: ApprovalChain; asked: string }) {
  const { requester, scope, machine, state, decision, sessionCount, outcome, patterns, level } = row
  const use = USE_SAID[outcome]
  return (
    <>
      <span role="gridcell" className="list-mono">
        {asked}
      </span>
      <Text text={requester ?? '(unknown)'} />
      <Text text={scope ?? machine ?? ''} />
      <Tag said={STATE_SAID[state]} />
      <span role="gridcell">
        <Shown text={decision ? (decision.approver ?? '(unknown)') : ''} />
        {decision?.isRobot && <span className="list-dim"> (automation)</span>}
        {decision?.isSelf && <span className="ap-tag" data-tone="odd">own request</span>}
      </span>
      <span role="gridcell" className="list-mono list-dim">
        {latencyWords(decision?.latency)}
      </span>
      <span role="gridcell" className="list-number">
        {sessionCount === 0 ? '' : formatCount(sessionCount)}
      </span>
      {use ? <Tag said={use} /> : <span role="gridcell" />}
      <span role="gridcell">
        {level !== null && (
          <>
            <Level level={level} /> <Shown text={patterns[0]?.title ?? ''} />
          </>
        )}
      </span>
    </>
  )
}

function Text({ text }: { text: string }) {
  return (
    <span role="gridcell">
      <Shown text={text} />
    </span>
  )
}

function Tag({ said: { text, tone } }: { said: Said }) {
  return (
    <span role="gridcell" data-tone={tone} className="ap-said">
      {text}
    </span>
  )
}
