import { PlaceLink } from '../address'
import { useAnswer } from '../api'
import { Shown, useZone } from '../shared'
import { ClipButtons } from './ClipButtons'
import { ExportButton } from './ExportButton'
import { wallClock } from './clock-words'
import { useReplay } from './replay-context'

/** Whose recording it is, of what and when. */
export function Head() {
  const { opened, duration } = useReplay()
  const { recording } = opened
  const session = useSession()
  const user = recording.user ?? session?.user ?? null
  const machine = recording.machine ?? session?.machine ?? null
  return (
    <header className="rp-head">
      <h1 title={recording.title ?? undefined}>
        <Title user={user} machine={machine} />
      </h1>
      <span className="rp-about">
        {recording.session !== null && (
          <>
            <SessionLink name={recording.session} id={session?.id ?? null} /> ·{' '}
          </>
        )}
        {session && session.client !== null && (
          <span className="rp-client">
            <Shown text={session.client} /> ·{' '}
          </span>
        )}
        <When seconds={duration} />
      </span>
      {session?.approval && (
        <span className="rp-badge" title="Approval of the session">
          <Shown text={session.approval} />
        </span>
      )}
      <span className="rp-head-gap" />
      <ClipButtons />
      <ExportButton />
    </header>
  )
}

function Title({ user, machine }: { user: string | null; machine: string | null }) {
  const { recording } = useReplay().opened
  const name = recording.title ?? recording.command ?? recording.files[0]?.name ?? 'Recording'
  if (user === null && machine === null) return <Shown text={name} />
  if (user === null) return <>On {<Shown text={machine ?? ''} />}</>
  return (
    <>
      <Shown text={user} />
      {machine !== null && (
        <>
          {' on '}
          <Shown text={machine} />
        </>
      )}
    </>
  )
}

function SessionLink({ name, id }: { name: string; id: string | null }) {
  if (id === null) return <Shown text={name} />
  return (
    <PlaceLink place={{ screen: 'session', session: id }} title="Show the whole session">
      <Shown text={name} />
    </PlaceLink>
  )
}

function When({ seconds }: { seconds: number }) {
  const { recording, index } = useReplay().opened
  const zone = useZone()
  const from = wallClock(recording, 0, { zone, finest: 's' })
  const to = wallClock(recording, seconds, { zone, finest: 's' })
  if (!from || !to) return <span title="Neither the recording nor a server says when it began">start not known</span>
  const end = index.done ? (to.date === from.date ? to.time : `${to.date} ${to.time}`) : '…'
  return (
    <span title={recording.startPrecision === 's' ? 'The start is known to the second' : undefined}>
      {from.date} {from.time} → {end} {zone.label}
    </span>
  )
}

/** The session that the recording belongs to, as far as events tell of one. */
function useSession() {
  const { id, opened } = useReplay()
  const text = opened.recording.session?.slice(0, 200) ?? ''
  const ask = { mine: false, text, user: null, machine: null, range: null, recorded: true, at: 0, count: 50 }
  const rows = useAnswer('session.list', text === '' ? null : ask).value?.rows
  return rows?.find(({ recordings }) => recordings.some((recording) => recording.id === id)) ?? null
}
