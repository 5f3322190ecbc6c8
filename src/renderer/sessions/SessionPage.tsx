import type { SessionDetail, SessionRow } from '../../contract'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { ExportMenu } from '../exports'
import { MarkPanel } from '../marks'
import { useAddToNotebook } from '../notebooks'
import { Button, EmptyState, ErrorState, formatPlural, Kbd, ListFoot, Shown, Spinner, useZone } from '../shared'
import { Journey } from './Journey'
import { lengthWords, stateWord } from './session-words'
import { SessionEvents } from './SessionEvents'
import { SessionLane } from './SessionLane'
import { SessionRecordings } from './SessionRecordings'
import { useLacking } from './use-look'
import '../shared/screen.css'
import './sessions.css'
import './lanes.css'
import './session-page.css'

/** One session: how it came about, what was done in it, how it ended. */
export function SessionPage() {
  const { address, go } = useAddress()
  const answer = useAnswer('session.detail', address.session === undefined ? null : { id: address.session })
  const { value, fault } = answer
  if (address.session === undefined || fault?.code === 'not-found') {
    return (
      <div className="screen ss-denied">
        <EmptyState title="This session is not held" action={<Button onClick={() => go({ screen: 'sessions' })}>Sessions</Button>}>
          Its connection may have been removed, or its records are not synced yet.
        </EmptyState>
      </div>
    )
  }
  if (fault && !value) return <ErrorState title="The session could not be read" message={fault.message} />
  if (!value || (!answer.current && value.session.id !== address.session)) {
    return (
      <div className="screen list-wait">
        <Spinner label="Reading the session" />
      </div>
    )
  }
  return <Page key={value.session.id} detail={value} />
}

function Page({ detail }: { detail: SessionDetail }) {
  const { session, rows, total, query } = detail
  const { go } = useAddress()
  const range = session.from === null ? null : { from: session.from, to: (session.to ?? session.last ?? session.from) + 1 }
  const lacking = useLacking(range)
  return (
    <div className="screen ss">
      <header className="screen-head ss-page-head">
        <h1>
          <Title session={session} />
        </h1>
        <span>
          <Head detail={detail} />
        </span>
        {query !== '' && (
          <Button onClick={() => go({ screen: 'timeline', query, range: null, order: 'asc', selected: null })}>
            Show on the timeline
          </Button>
        )}
        {query !== '' && <ExportMenu what={{ view: { query, range: null, order: 'asc' } }} noun="events" disabled={total === 0} />}
      </header>
      <SessionMarks session={session} />
      <Journey detail={detail} />
      <SessionLane session={session} />
      <SessionRecordings recordings={session.recordings} />
      <SessionEvents detail={detail} />
      <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
        <span>{total > rows.length ? `The first ${rows.length} of ${formatPlural(total, 'event')}` : formatPlural(total, 'event')}</span>
      </ListFoot>
    </div>
  )
}

function SessionMarks({ session }: { session: SessionRow }) {
  const add = useAddToNotebook()
  const { id, user, machine } = session
  const words = user === null && machine === null ? session.session : `${user ?? '(unknown)'}${machine === null ? '' : ` on ${machine}`}`
  const onAdd = () => add({ words, session: { id, words } })
  return (
    <div className="ss-marks">
      <MarkPanel subject={{ kind: 'session', id }} folded onAdd={onAdd}>
        <button type="button" className="mk-button" onClick={onAdd}>
          To a notebook <Kbd>b</Kbd>
        </button>
      </MarkPanel>
    </div>
  )
}

/** Whose it is and where; a recording from a file may tell neither. */
function Title({ session: { user, machine, session } }: { session: SessionRow }) {
  if (user === null && machine === null) return <Shown text={session} />
  return (
    <>
      <Shown text={user ?? '(unknown)'} />
      {machine !== null && (
        <>
          {' '}
          on <Shown text={machine} />
        </>
      )}
    </>
  )
}

function Head({ detail: { session } }: { detail: SessionDetail }) {
  const { format, label } = useZone()
  const { from, to, client, ip, user, machine } = session
  const day = from === null ? null : format(from)
  const end = to === null ? null : format(to)
  const isSameDay = day?.slice(0, 10) === end?.slice(0, 10)
  const times = day === null ? 'time unknown' : `${day}${end === null ? '' : ` → ${isSameDay ? end.slice(11) : end}`} ${label}`
  const name = user === null && machine === null ? null : session.session
  const facts = [name, client, ip, times, lengthWords(session) || stateWord(session)]
  return facts
    .filter((fact) => fact !== null)
    .map((fact, at) => (
      <span key={at}>
        {at > 0 && ' · '}
        <Shown text={fact} />
      </span>
    ))
}
