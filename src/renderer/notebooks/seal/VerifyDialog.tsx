import type { FormEvent } from 'react'
import type { VerifiedBundle } from '../../../contract'
import { desktop } from '../../api'
import { Button, Dialog, Fact, formatCount, formatPlural, ProgressBar, Shown, useZone } from '../../shared'
import { passphraseIn } from './passphrase-in'
import { Proves } from './Proves'
import { StampFact } from './StampFact'
import { useVerify, type VerifyState } from './use-verify'
import './seal.css'

/** Checks a sealed bundle and names exactly what differs. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { state, choose, check, again, stop } = useVerify()
  const close = () => {
    stop()
    onClose()
  }
  return (
    <Dialog
      title="Verify a bundle"
      width={640}
      onClose={close}
      actions={
        <>
          {state.step === 'told' && <Button onClick={again}>Verify another</Button>}
          <Button look={state.step === 'told' ? 'primary' : 'plain'} onClick={close}>
            {state.step === 'checking' ? 'Cancel' : 'Close'}
          </Button>
        </>
      }
    >
      <div className="seal-dialog">
        {state.step === 'choose' && <Choose problem={state.problem} onChoose={(what) => void choose(what)} />}
        {state.step === 'checking' && (
          <div role="status">
            <ProgressBar value={state.done} label="Verifying" />
            <p>{state.done === null ? 'Every file, record, citation and custody entry is checked.' : 'The file is handed over.'}</p>
          </div>
        )}
        {state.step === 'locked' && <Passphrase state={state} onGiven={(passphrase) => void check(state.input, passphrase)} />}
        {state.step === 'told' && <Told verified={state.verified} />}
        <Proves />
      </div>
    </Dialog>
  )
}

function Choose({ problem, onChoose }: { problem: string | null; onChoose: (what: 'files' | 'folder') => void }) {
  const isDesktop = desktop() !== null
  return (
    <div>
      <p>{isDesktop ? 'A .zip, an encrypted .zip.enc, or the folder of an unpacked bundle. It is only read.' : 'A .zip or an encrypted .zip.enc. An unpacked folder is verified by its own data/report.html, or by recount verify.'}</p>
      {problem !== null && (
        <p className="nb-problem" role="alert">
          <Shown text={problem} />
        </p>
      )}
      <div className="seal-pick">
        <Button look="primary" data-autofocus="" onClick={() => onChoose('files')}>
          Choose a file
        </Button>
        {isDesktop && <Button onClick={() => onChoose('folder')}>Choose a folder</Button>}
      </div>
    </div>
  )
}

function Passphrase({ state: { problem }, onGiven }: { state: Extract<VerifyState, { step: 'locked' }>; onGiven: (passphrase: string) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const passphrase = passphraseIn(event.currentTarget)
    if (passphrase) onGiven(passphrase)
  }
  return (
    <form className="seal-form" autoComplete="off" onSubmit={submit}>
      <label>
        <span>This bundle is encrypted. Its passphrase:</span>
        <input name="passphrase" type="password" className="filter-input" data-autofocus="" autoComplete="off" maxLength={1000} />
      </label>
      {problem !== null && (
        <p className="nb-problem" role="alert">
          <Shown text={problem} />
        </p>
      )}
      <div className="seal-pick">
        <Button look="primary" type="submit" hotkey="↵">
          Verify
        </Button>
      </div>
    </form>
  )
}

function Told({ verified }: { verified: VerifiedBundle }) {
  const { ok, findings, files, title, sealedAt, sealedBy, version, root, shortRoot, key, isOwnKey, events, citations, custody, stamp } = verified
  const { format, label } = useZone()
  return (
    <div>
      <p className={`seal-state ${ok ? 'seal-good' : 'seal-bad'}`} role="status">
        <span aria-hidden="true">{ok ? '✓' : '✗'}</span>
        <span>{ok ? 'Verified: unchanged since sealed' : `Differs: ${findings.length === 1 ? 'one thing is' : `${formatCount(findings.length)} things are`} not as sealed`}</span>
      </p>
      {findings.length > 0 && (
        <ul className="seal-findings" aria-label="What differs" tabIndex={0}>
          {findings.map(({ file, words }, at) => (
            <li key={`${file} ${at}`}>
              <Shown text={words} />
            </li>
          ))}
        </ul>
      )}
      <dl className="seal-facts">
        {title !== null && <Fact name="Notebook" text={title} />}
        {sealedAt !== null && (
          <Fact name="Sealed">
            {format(sealedAt)} {label} by <Shown text={sealedBy ?? ''} /> with Recount <Shown text={version ?? ''} />
          </Fact>
        )}
        <Fact name="Root hash">
          <span className="seal-hash seal-short">{shortRoot ?? 'none'}</span>
          <br />
          <span className="seal-hash">{root}</span>
        </Fact>
        <Fact name="Key">
          <span className="seal-hash">{key?.slice(0, 16) ?? 'none'}</span>
          {isOwnKey ? ', of this installation' : ', of another installation: whose it is, the key does not say'}
        </Fact>
        <Fact name="Checked">
          {formatPlural(files, 'file')}, {formatPlural(events, 'record')}, {formatPlural(citations, 'citation')}, {formatPlural(custody, 'custody entry', 'custody entries')}
        </Fact>
        {stamp && <StampFact stamp={stamp} />}
      </dl>
      <p>Compare the root hash with the one that was told when it was sealed.</p>
    </div>
  )
}
