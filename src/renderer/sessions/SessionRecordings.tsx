import { useState } from 'react'
import type { RecordingRow } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { Button, formatBytes, formatDuration, messageOf, Shown, useZone } from '../shared'

export function SessionRecordings({ recordings }: { recordings: RecordingRow[] }) {
  if (recordings.length === 0) return null
  return (
    <ul className="ss-recordings" aria-label="Recordings">
      {recordings.map((recording) => (
        <li key={recording.id}>{recording.isHeld ? <Held recording={recording} /> : <NotFetched recording={recording} />}</li>
      ))}
    </ul>
  )
}

function Held({ recording }: { recording: RecordingRow }) {
  const { go } = useAddress()
  return (
    <>
      <Button look="primary" hotkey="r" onClick={() => go({ screen: 'replay', recording: recording.id, moment: undefined, selected: null })}>
        Replay
      </Button>
      <Facts recording={recording} />
    </>
  )
}

function NotFetched({ recording }: { recording: RecordingRow }) {
  const backend = useBackend()
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const fetchIt = () => {
    setAsking(true)
    setRefusal(null)
    const ended = (told: string | null) => {
      setAsking(false)
      setRefusal(told)
    }
    backend.call('recording.fetch', { id: recording.id }).then(
      () => ended(null),
      (error: unknown) => ended(messageOf(error)),
    )
  }
  return (
    <>
      <Button aria-disabled={isAsking} onClick={isAsking ? undefined : fetchIt}>
        {isAsking ? 'Fetching…' : 'Fetch the recording'}
      </Button>
      <Facts recording={recording} />
      <span className="list-dim" role="status">
        {isAsking ? (
          'asked of the server'
        ) : refusal === null ? (
          'listed by the server, not fetched'
        ) : (
          <>
            not fetched: <Shown text={refusal} />
          </>
        )}
      </span>
    </>
  )
}

function Facts({ recording: { start, durationMs, size, format, title } }: { recording: RecordingRow }) {
  const zone = useZone()
  const facts = [
    start === null ? null : `${zone.format(start)} ${zone.label}`,
    durationMs === null ? null : formatDuration(durationMs),
    size === null ? null : formatBytes(size),
    format,
    title,
  ]
  return <Shown className="list-dim ss-recording-facts" text={facts.filter((fact) => fact !== null).join(' · ')} />
}
