import { type FormEvent, useId, useState } from 'react'
import type { Notebook, SealPreview } from '../../../contract'
import { shownText } from '../../../domain'
import { useAnswer } from '../../api'
import { Button, Check, Dialog, ErrorState, Fact, formatBytes, formatCount, formatPlural, ProgressBar, Shown, Spinner } from '../../shared'
import type { SaveQueue } from '../save-queue'
import { passphraseIn } from './passphrase-in'
import { Proves } from './Proves'
import { SealDone } from './SealDone'
import { type SealState, useSeal } from './use-seal'
import './seal.css'

type SealDialogProps = { notebook: Pick<Notebook, 'id' | 'revision'>; queue: SaveQueue; onClose: () => void }

/** Shows what a bundle of the notebook will hold, seals it, and says how it is checked. */
export function SealDialog({ notebook: { id }, queue, onClose }: SealDialogProps) {
  const { value, fault } = useAnswer('seal.preview', { id })
  const { state, start, cancel } = useSeal()
  const form = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const [isStamped, setStamped] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const passphrase = passphraseIn(event.currentTarget)
    if (passphrase === '') return setProblem('An encrypted bundle needs a passphrase.')
    if (passphrase !== passphraseIn(event.currentTarget, 'again')) return setProblem('The two passphrases are not the same.')
    setProblem(null)
    const stamp = value?.authority !== null && isStamped
    void start({ id, passphrase, stamp }, () => queue.flush())
  }
  const close = () => {
    cancel()
    onClose()
  }
  if (state.step === 'done') return <SealDone {...state} onClose={onClose} />
  const isSealing = state.step === 'sealing'
  return (
    <Dialog
      title="Seal evidence"
      width={600}
      onClose={close}
      actions={
        <>
          <Button onClick={isSealing ? cancel : close}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={isSealing || !value} hotkey="↵">
            Seal and save
          </Button>
        </>
      }
    >
      <div className="seal-dialog">
        {fault && !value && <ErrorState title="The notebook cannot be sealed" message={fault.message} />}
        {!value && !fault && <Spinner label="Counting what will be in it" />}
        {value && (
          <form id={form} className="seal-form" autoComplete="off" onSubmit={submit}>
            <Holds preview={value} />
            {!isSealing && value.authority !== null && <Stamp authority={value.authority} isOn={isStamped} onToggle={setStamped} />}
            {isSealing ? <Progress state={state} /> : <Passphrase problem={problem ?? state.problem} />}
            <Proves />
          </form>
        )}
      </div>
    </Dialog>
  )
}

function Holds({ preview }: { preview: SealPreview }) {
  const { cited, frozen, findings, recordings, custody, bytes, lacking, key, tlp } = preview
  return (
    <div>
      <dl className="seal-facts">
        <Fact name="Findings">{formatCount(findings)}</Fact>
        <Fact name="Records">
          {formatCount(cited)} cited, {formatCount(frozen)} frozen; {formatBytes(bytes)} with their bytes as received
        </Fact>
        <Fact name="Recordings">{recordings === 0 ? 'none' : `${formatPlural(recordings, 'recording')}, whole, with what was typed`}</Fact>
        <Fact name="Custody log">{formatPlural(custody, 'entry', 'entries')}: all that was done in this workspace</Fact>
        <Fact name="Label">{tlp}</Fact>
        <Fact name="Signed by">{keyWords(key)}</Fact>
      </dl>
      {lacking.length > 0 && (
        <ul className="seal-lacking" aria-label="Not in it">
          {lacking.map((words) => (
            <li key={words}>
              <Shown text={words} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Stamp({ authority, isOn, onToggle }: { authority: string; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  return (
    <div>
      <Check label={`Ask ${shownText(authority)} for a time stamp`} isOn={isOn} onToggle={onToggle} />
      {isOn && <p className="seal-hint">It is sent the root hash alone. Without its answer the bundle is made all the same.</p>}
    </div>
  )
}

function keyWords(key: SealPreview['key']): string {
  if (key === null) return 'this installation’s key, which is made now'
  const place = key.keptIn === 'keystore' ? 'kept in the system’s key store' : 'kept in the workspace’s notebook folder, readable by its owner alone'
  return `this installation’s key ${key.fingerprint.slice(0, 16)}, ${place}`
}

function Passphrase({ problem }: { problem: string | null }) {
  const [isEncrypted, setEncrypted] = useState(false)
  return (
    <>
      <Check label="Encrypt it under a passphrase" isOn={isEncrypted} onToggle={setEncrypted} />
      {isEncrypted && (
        <>
          <label>
            <span>Passphrase, which nobody can bring back</span>
            <input name="passphrase" type="password" className="filter-input" autoComplete="new-password" maxLength={1000} />
          </label>
          <label>
            <span>The same again</span>
            <input name="again" type="password" className="filter-input" autoComplete="new-password" maxLength={1000} />
          </label>
        </>
      )}
      {problem !== null && (
        <p className="nb-problem" role="alert">
          <Shown text={problem} />
        </p>
      )}
    </>
  )
}

const STEPS: Record<Extract<SealState, { step: 'sealing' }>['progress']['step'], string> = {
  events: 'Writing and hashing the records',
  raw: 'Adding response bodies as received',
  recordings: 'Adding recordings',
  report: 'Making the report',
  seal: 'Signing',
  stamp: 'Asking for a time stamp',
}

function Progress({ state: { progress, bytes } }: { state: Extract<SealState, { step: 'sealing' }> }) {
  const { step, done, total } = progress
  return (
    <div>
      <ProgressBar value={total > 0 ? done / total : null} label="Sealing" />
      <p role="status">
        {STEPS[step]}, {formatBytes(bytes)} so far
      </p>
    </div>
  )
}
