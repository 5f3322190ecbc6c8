import { useRef, useState } from 'react'
import type { AddressDatabase, Backend } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { chooseInputs, handOver } from '../import'
import { Button, formatBytes, messageOf, ProgressBar, Shown, useZone } from '../shared'
import { Section } from './Section'

/** A database of addresses that the person supplies: none comes with the program. */
export function Addresses() {
  const state = useAnswer('addressDatabase.get', {}).value
  const { busy, problem, choose, remove, cancel } = useDatabase()
  const database = state?.database ?? null
  const said = problem ?? state?.problem ?? null
  return (
    <Section title="Places of addresses">
      {database ? <Facts database={database} /> : <p className="settings-preview">{state ? 'No database of addresses is set.' : ''}</p>}
      {said !== null && (
        <p className="settings-problem" role="alert">
          <Shown text={said} />
        </p>
      )}
      <div className="settings-acts">
        <Button disabled={busy !== null} onClick={choose}>
          {database ? 'Choose another file' : 'Choose a file'}
        </Button>
        {(database || state?.problem) && (
          <Button disabled={busy !== null} onClick={remove}>
            Remove
          </Button>
        )}
        {busy !== null && (
          <>
            <ProgressBar value={busy.done} label="Copying the file" />
            <Button onClick={cancel}>Cancel</Button>
          </>
        )}
      </div>
      <p className="settings-note">
        A file in MaxMind DB form (<span className="mono">.mmdb</span>), as GeoLite2, DB-IP and others give it. With it, events tell the country of
        an address, and Detections look at travel. It is copied into the workspace, of up to 1 GB, and held in memory while Recount runs; files of
        100 MB are usual. Nothing is asked of the network.
      </p>
    </Section>
  )
}

function Facts({ database: { name, bytes, type, built, description, ipVersion } }: { database: AddressDatabase }) {
  const { format, label } = useZone()
  return (
    <dl className="facts">
      <dt>File</dt>
      <dd>
        <Shown text={name} />, {formatBytes(bytes)}
      </dd>
      <dt>Type</dt>
      <dd>
        <Shown text={type === '' ? '(not said)' : type} />, {ipVersion === 4 ? 'addresses of version 4 alone' : 'addresses of version 4 and 6'}
      </dd>
      <dt>Built</dt>
      <dd>{built === null ? '(not said)' : `${format(built, 'min')} ${label}`}</dd>
      {description !== '' && (
        <>
          <dt>Description</dt>
          <dd>
            <Shown text={description} />
          </dd>
        </>
      )}
    </dl>
  )
}

type Busy = { done: number | null }

function useDatabase() {
  const backend = useBackend()
  const [busy, setBusy] = useState<Busy | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const run = async (work: (signal: AbortSignal) => Promise<void>) => {
    const control = new AbortController()
    stop.current = control
    setProblem(null)
    try {
      await work(control.signal)
    } catch (error) {
      if (!control.signal.aborted) setProblem(messageOf(error))
    }
    setBusy(null)
  }
  const choose = () => void run((signal) => take(backend, { signal, onProgress: (done) => setBusy({ done }) }))
  const remove = () =>
    void run(async () => {
      await backend.call('addressDatabase.remove', {})
    })
  return { busy, problem, choose, remove, cancel: () => stop.current?.abort() }
}

type Taking = { signal: AbortSignal; /** Null while it is read by the backend. */ onProgress: (done: number | null) => void }

async function take(backend: Backend, { signal, onProgress }: Taking): Promise<void> {
  const [chosen] = await chooseInputs('files')
  if (!chosen) return
  onProgress(null)
  const [input] = await handOver(backend, [chosen], { signal, onProgress: (done, total) => onProgress(total > 0 ? done / total : null) })
  if (!input) return
  onProgress(null)
  await backend.call('addressDatabase.set', { input })
}
