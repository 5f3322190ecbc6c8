import { useCallback, useRef, useState } from 'react'
import type { SessionRow } from '../../contract'
import { seesAll } from '../../domain'
import { defaultSessions, useAddress } from '../address'
import { useAnswer } from '../api'
import { ExportMenu } from '../exports'
import {
  Button,
  EmptyState,
  ErrorState,
  formatCount,
  formatPlural,
  ListFoot,
  Spinner,
  useHotkeys,
  useListCursor,
  useListFocus,
  useListKeys,
  useListRows,
} from '../shared'
import { FoundPane } from './FoundPane'
import { Lanes } from './Lanes'
import { NoSessions } from './NoSessions'
import { SessionFilters } from './SessionFilters'
import { SessionTable } from './SessionTable'
import { toReplay } from './to-replay'
import { type LookUse, useLacking, useLook } from './use-look'
import '../shared/screen.css'
import './sessions.css'
import './lanes.css'

/** All sessions, or under the address `my-sessions` those of the person's own accounts. */
export function Sessions() {
  const { address, go } = useAddress()
  const connections = useAnswer('connection.list', {}).value
  const mine = address.screen === 'my-sessions'
  if (!mine && connections && !seesAll(connections)) {
    return (
      <div className="screen ss-denied">
        <EmptyState
          title="Sessions of everybody are for administrators"
          action={<Button onClick={() => go({ screen: 'my-sessions' })}>My sessions</Button>}
        >
          This account is a regular user on its server. Its own sessions stand under My sessions.
        </EmptyState>
      </div>
    )
  }
  return <SessionsScreen key={String(mine)} mine={mine} />
}

function SessionsScreen({ mine }: { mine: boolean }) {
  const use = useLook(mine)
  const { look, change, filter } = use
  const { go } = useAddress()
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('session.list', (place) => ({ ...filter, ...place }), first)
  const [cursor, setCursor] = useListCursor(filter)
  const grid = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const open = useCallback((row: SessionRow) => go({ screen: 'session', session: row.id, selected: null }), [go])
  useSessionKeys({ use, row: rowAt(cursor), total: answered.value?.total ?? 0, cursor, setCursor, grid, input, open })
  const { value, fault } = answered
  const total = value?.total ?? 0
  const lacking = useLacking(filter.range)
  const clear = () => go({ sessions: { ...defaultSessions(), shape: look.shape, by: look.by }, range: null })
  const isNone = value !== null && answered.current && total === 0
  return (
    <div className="screen ss">
      <header className="screen-head">
        <h1>{mine ? 'My sessions' : 'Sessions'}</h1>
        <span>{value ? sumWords(total, value.me, mine) : ''}</span>
        <Shapes use={use} />
        <ExportMenu what={{ table: 'session.list', ask: filter }} noun="sessions" disabled={total === 0} />
      </header>
      <SessionFilters use={use} list={value} input={input} />
      <div className="list-body">
        <div className="list-main" data-stale={!answered.current || undefined}>
          {fault ? (
            <ErrorState title="The sessions could not be listed" message={fault.message} />
          ) : !value ? (
            <div className="list-wait">
              <Spinner label="Reading the sessions" />
            </div>
          ) : isNone ? (
            <NoSessions use={use} lacking={lacking} me={value.me} isNarrowed={isNarrowed(use)} onClear={clear} />
          ) : look.shape === 'lanes' ? (
            <Lanes use={use} onOpen={open} />
          ) : (
            <SessionTable {...{ total, rowAt, cursor, grid }} onCursor={setCursor} onOpen={open} onFirst={setFirst} />
          )}
          {value && (
            <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
              <span>{formatPlural(total, 'session')}</span>
            </ListFoot>
          )}
        </div>
        {look.find !== '' && <FoundPane key={look.find} words={look.find} mine={mine} onClose={() => change({ find: '' })} />}
      </div>
    </div>
  )
}

function sumWords(total: number, me: string[], mine: boolean): string {
  const count = `${formatCount(total)}${total === 1 ? ' session' : ' sessions'}`
  return mine && me.length > 0 ? `${count} of ${me.join(', ')}` : count
}

function isNarrowed({ look, filter }: LookUse): boolean {
  return look.text !== '' || look.user !== null || look.machine !== null || look.recorded || filter.range !== null
}

function Shapes({ use: { look, change } }: { use: LookUse }) {
  return (
    <div className="ss-shapes" role="group" aria-label="Show as">
      {(['list', 'lanes'] as const).map((shape) => (
        <button key={shape} type="button" aria-pressed={look.shape === shape} onClick={() => change({ shape })}>
          {shape === 'list' ? 'List' : 'Lanes'}
        </button>
      ))}
    </div>
  )
}

type Keys = {
  use: LookUse
  row: SessionRow | undefined
  total: number
  cursor: number
  setCursor: (cursor: number) => void
  grid: React.RefObject<HTMLDivElement | null>
  input: React.RefObject<HTMLInputElement | null>
  open: (row: SessionRow) => void
}

function useSessionKeys({ use, row, total, cursor, setCursor, grid, input, open }: Keys): void {
  const { go } = useAddress()
  const { look, change } = use
  const replay = () => {
    const recording = toReplay(row?.recordings ?? [])
    if (recording) go({ screen: 'replay', recording: recording.id, moment: undefined, selected: null })
  }
  const isList = look.shape === 'list'
  const isListed = isList && total > 0
  useListFocus(grid, isListed)
  const onClose = look.find === '' ? null : () => change({ find: '' })
  useListKeys({ total: isList ? total : 0, cursor, onCursor: setCursor, grid, input, onOpen: () => row && open(row), onClose })
  useHotkeys({ v: () => change({ shape: isList ? 'lanes' : 'list' }) })
  useHotkeys({ r: replay }, { when: isListed })
}
