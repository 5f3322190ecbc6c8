import { type FormEvent, useState } from 'react'
import type { Settings } from '../../contract'
import { useBackend } from '../api'
import { Button, messageOf, Shown, useSettings } from '../shared'
import { Section } from './Section'

type Typed = Pick<Settings, 'stampUrl' | 'stampCaFile' | 'stampProxy'>

const NONE: Typed = { stampUrl: '', stampCaFile: '', stampProxy: '' }

/** Who is asked for a time stamp where a seal asks for one: nobody unless it is named here. */
export function StampAuthority() {
  const { settings } = useSettings()
  const { problem, isKept, keep } = useKeeping()
  const { stampUrl, stampCaFile, stampProxy } = settings
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: keyof Typed) => {
      const typed = data.get(name)
      return typeof typed === 'string' ? typed.trim() : ''
    }
    keep({ stampUrl: text('stampUrl'), stampCaFile: text('stampCaFile'), stampProxy: text('stampProxy') })
  }
  return (
    <Section title="Time stamp authority">
      {/* What is kept is what the fields begin with. */}
      <form key={`${stampUrl} ${stampCaFile} ${stampProxy}`} className="settings-form" autoComplete="off" onSubmit={submit}>
        <Line label="Address" name="stampUrl" kept={stampUrl} placeholder="none; as: https://tsa.example.com/tsr" />
        <details className="settings-more" open={stampCaFile !== '' || stampProxy !== ''}>
          <summary>Advanced</summary>
          <Line label="File with a certificate authority, in PEM form" name="stampCaFile" kept={stampCaFile} placeholder="/etc/ssl/company-ca.pem" />
          <Line label="Proxy" name="stampProxy" kept={stampProxy} placeholder="http://proxy.example.com:3128" />
        </details>
        {problem !== null && (
          <p className="settings-problem" role="alert">
            <Shown text={problem} />
          </p>
        )}
        <div className="settings-acts">
          <Button type="submit">Keep</Button>
          {stampUrl !== '' && <Button onClick={() => keep(NONE)}>Remove</Button>}
          <span role="status">{isKept ? 'Kept.' : ''}</span>
        </div>
      </form>
      <p className="settings-note">
        Where one is named, sealing evidence can ask it for a time stamp (RFC 3161), which proves that the bundle was there at a time. It is asked
        only when a seal asks for it, and is sent a hash and a random number: nothing of the notebook, no name. Like any server it sees the network
        address it is asked from.
      </p>
    </Section>
  )
}

type LineProps = { label: string; name: keyof Typed; kept: string; placeholder: string }

function Line({ label, name, kept, placeholder }: LineProps) {
  return (
    <label>
      <span>{label}</span>
      <input className="settings-names" name={name} type="text" spellCheck={false} maxLength={2000} defaultValue={kept} placeholder={placeholder} />
    </label>
  )
}

function useKeeping() {
  const backend = useBackend()
  const [problem, setProblem] = useState<string | null>(null)
  const [isKept, setKept] = useState(false)
  const keep = (typed: Typed) => {
    setKept(false)
    backend.call('settings.set', typed).then(
      () => {
        setProblem(null)
        setKept(true)
      },
      (error: unknown) => setProblem(messageOf(error)),
    )
  }
  return { problem, isKept, keep }
}
