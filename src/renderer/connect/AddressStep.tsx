import { type FormEvent, useState } from 'react'
import type { Connection } from '../../domain'
import { Field } from './Field'
import { type SignInWay, takeForm } from './sign-in-form'
import type { SignInUse } from './use-sign-in'

export type AddressStepProps = { id: string; use: SignInUse; again: Connection | null }

/** Where the server is and how to sign in to it. */
export function AddressStep({ id, use, again }: AddressStepProps) {
  const { remembered, problem } = use
  const [way, setWay] = useState(remembered.way)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (use.isBusy) return
    const { remembered: typed, secret } = takeForm(event.currentTarget)
    use.send(typed, secret)
  }
  return (
    <form id={id} className="connect-form" autoComplete="off" onSubmit={submit}>
      <Field
        label="Address"
        field="url"
        name="url"
        type="text"
        inputMode="url"
        placeholder="https://webxterm.example.com"
        defaultValue={remembered.url}
        readOnly={again !== null}
        data-autofocus={again === null ? '' : undefined}
        problem={problem}
        hint="A WebXTerm server. Recount only reads from it."
      />
      <Ways way={way} onChange={setWay} />
      <Credentials way={way} use={use} isAgain={again !== null} />
      <Advanced use={use} isFixed={again !== null} />
    </form>
  )
}

type CredentialsProps = { way: SignInWay; use: SignInUse; isAgain: boolean }

/** Signing in again starts at the secret, as all else is known. */
function Credentials({ way, use: { remembered, problem }, isAgain }: CredentialsProps) {
  const start = (is: boolean) => (is ? { 'data-autofocus': '' } : {})
  const secret = { name: 'secret', type: 'password', problem } as const
  if (way === 'token') {
    return (
      <Field
        {...secret}
        {...start(isAgain)}
        key="token"
        label="Access token"
        field="token"
        hint="Sent to this server alone."
      />
    )
  }
  return (
    <>
      <Field
        {...start(isAgain && remembered.user === '')}
        label="E-mail"
        field="user"
        name="user"
        type="text"
        inputMode="email"
        defaultValue={remembered.user}
        problem={problem}
      />
      <Field
        {...secret}
        {...start(isAgain && remembered.user !== '')}
        label="Password"
        field="password"
        hint="Sent to this server alone, and not kept."
      />
    </>
  )
}

const WAYS: Record<SignInWay, string> = { password: 'E-mail and password', token: 'Access token' }

function Ways({ way, onChange }: { way: SignInWay; onChange: (way: SignInWay) => void }) {
  return (
    <fieldset className="connect-ways">
      <legend>Sign in with</legend>
      {(['password', 'token'] as const).map((name) => (
        <label key={name}>
          <input type="radio" name="way" value={name} checked={way === name} onChange={() => onChange(name)} />
          {WAYS[name]}
        </label>
      ))}
    </fieldset>
  )
}

/** Folded away, but never while something in it is wrong. */
function Advanced({ use: { remembered, problem }, isFixed }: { use: SignInUse; isFixed: boolean }) {
  const isWrong = problem?.field === 'caFile' || problem?.field === 'proxy'
  const [isOpen, setOpen] = useState(remembered.caFile !== '' || remembered.proxy !== '')
  return (
    <details
      className="connect-more"
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Advanced</summary>
      <Field
        label="File with a certificate authority"
        field="caFile"
        name="caFile"
        type="text"
        placeholder="/etc/ssl/company-ca.pem"
        defaultValue={remembered.caFile}
        readOnly={isFixed}
        problem={problem}
        hint="PEM. Trusted for this server, beside those of the system."
      />
      <Field
        label="Proxy"
        field="proxy"
        name="proxy"
        type="text"
        placeholder="http://proxy.example.com:3128"
        defaultValue={remembered.proxy}
        readOnly={isFixed}
        problem={problem}
      />
    </details>
  )
}
