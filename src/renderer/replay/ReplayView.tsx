import { memo, useState } from 'react'
import type { BackendFault, RecordingRow } from '../../contract'
import { seesAll } from '../../domain'
import { type Address, type AddressUse, useAddress } from '../address'
import { useAnswer, useBackend } from '../api'
import { Button, EmptyState, ErrorState, messageOf, Shown, Spinner } from '../shared'
import { Player } from './Player'
import { useOpened } from './use-opened'
import type { Arrival } from './use-search'
import './replay.css'

/** The recording of the address. */
export function ReplayView() {
  const { recording } = useAddress().address
  if (recording === undefined) {
    return (
      <div className="rp-wait">
        <EmptyState title="No recording is chosen">
          A recording is opened from its session, or from a command that was typed in it.
        </EmptyState>
      </div>
    )
  }
  return <Arrived key={recording} id={recording} />
}

function Arrived({ id }: { id: string }) {
  const { address, go } = useAddress()
  const [arrival] = useState(() => arrivalOf(address))
  return <Recording id={id} arrival={arrival} go={go} />
}

/** Only a hit has a moment and no event: the words of an earlier search are not brought along by another way. */
function arrivalOf({ sessions, moment, selected }: Address): Arrival | null {
  return sessions && sessions.find !== '' && moment !== undefined && selected === null ? { text: sessions.find, moment } : null
}

type RecordingProps = { id: string; arrival: Arrival | null; go: AddressUse['go'] }

/** Not drawn anew where another moment is all that the address says: that is the player's affair. */
const Recording = memo(function Recording({ id, arrival, go }: RecordingProps) {
  const { opened, fault, retry, now } = useOpened(id)
  if (opened) {
    const newest = () => now().opened ?? opened
    return <Player id={id} opened={opened} fault={fault} arrival={arrival} go={go} now={newest} onRetry={retry} />
  }
  if (fault) return <NotOpened id={id} fault={fault} onRetry={retry} />
  return (
    <div className="rp-wait">
      <Spinner label="Opening the recording" />
    </div>
  )
})

type NotOpenedProps = { id: string; fault: BackendFault; onRetry: () => void }

/** A server may list it without its bytes being held: then it is no fault. */
function NotOpened({ id, fault, onRetry }: NotOpenedProps) {
  const listed = useAnswer('recording.list', {})
  const row = listed.value?.find((recording) => recording.id === id)
  const title = TITLES[fault.code] ?? 'This recording could not be opened'
  return (
    <div className="rp-wait">
      {row && (!row.isHeld || isMendable(row, fault)) ? (
        <NotFetched row={row} damage={row.isHeld ? fault.message : null} />
      ) : listed.state === 'loading' ? null : !row && fault.code === 'not-found' ? (
        <NotHeld />
      ) : (
        <ErrorState title={title} message={fault.message} onRetry={onRetry} />
      )}
    </div>
  )
}

/** Its server may still have the bytes that are damaged here. */
function isMendable({ id }: RecordingRow, { code }: BackendFault): boolean {
  return code === 'recording-damaged' && !id.startsWith('sha256:')
}

function NotHeld() {
  const { go } = useAddress()
  const connections = useAnswer('connection.list', {}).value
  const screen = connections && seesAll(connections) ? 'sessions' : 'my-sessions'
  return (
    <EmptyState
      title="This recording is not held"
      action={<Button onClick={() => go({ screen })}>{screen === 'sessions' ? 'Sessions' : 'My sessions'}</Button>}
    >
      Its connection may have been removed, or its list is not synced yet.
    </EmptyState>
  )
}

const TITLES: Partial<Record<BackendFault['code'], string>> = {
  'recording-unreadable': 'This recording cannot be read',
  'recording-damaged': 'The bytes of this recording have changed',
}

function NotFetched({ row, damage }: { row: RecordingRow; damage: string | null }) {
  const backend = useBackend()
  const { go } = useAddress()
  const [state, setState] = useState<{ fetching: boolean; problem: string | null }>({ fetching: false, problem: null })
  const fetchIt = () => {
    setState({ fetching: true, problem: null })
    backend.call('recording.fetch', { id: row.id }).then(
      ({ value }) => go({ recording: value.id }, 'replace'),
      (error: unknown) => setState({ fetching: false, problem: messageOf(error) }),
    )
  }
  return (
    <EmptyState
      title={damage === null ? 'This recording is not fetched yet' : 'The bytes of this recording have changed'}
      action={
        <Button look="primary" aria-disabled={state.fetching} onClick={state.fetching ? undefined : fetchIt}>
          {state.fetching ? 'Fetching…' : damage === null ? 'Fetch it' : 'Fetch it again'}
        </Button>
      }
    >
      {damage !== null && (
        <p>
          <Shown text={damage} />
        </p>
      )}
      <p>
        <Shown text={row.connection} /> lists it
        {row.user !== null && (
          <>
            {' '}
            for <Shown text={row.user} />
          </>
        )}
        {row.machine !== null && (
          <>
            {' '}
            on <Shown text={row.machine} />
          </>
        )}
        . {damage === null ? 'Its bytes stay on the server until they are fetched; once' : 'It may still have them; once'} they are
        held it plays without a network.
      </p>
      {state.fetching && <p role="status">It is asked of the server.</p>}
      {state.problem !== null && (
        <p className="rp-problem" role="alert">
          It could not be fetched: <Shown text={state.problem} />
        </p>
      )}
    </EmptyState>
  )
}
