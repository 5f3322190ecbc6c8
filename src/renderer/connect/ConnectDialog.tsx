import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { Connection } from '../../domain'
import { Button, Dialog, Shown, Spinner } from '../shared'
import { AddressStep } from './AddressStep'
import { CodeStep } from './CodeStep'
import { DoneStep } from './DoneStep'
import { TenantStep } from './TenantStep'
import { type SignInUse, useSignIn } from './use-sign-in'
import './connect.css'

export type ConnectDialogProps = {
  /** The connection that gets a new token; null for a new one. */
  again: Connection | null
  onConnected: (connection: Connection) => void
  onClose: () => void
}

/** From an address to a connection, one question at a time. */
export function ConnectDialog({ again, onConnected, onClose }: ConnectDialogProps) {
  const use = useSignIn(again, onConnected)
  const form = useId()
  const body = useRef<HTMLDivElement>(null)
  useFocus(body, use)
  return (
    <Dialog
      title={
        again ? (
          <>
            Sign in again to <Shown text={again.name} />
          </>
        ) : (
          'Connect a server'
        )
      }
      width={580}
      onClose={use.isBusy ? use.stopWaiting : onClose}
      actions={<Actions use={use} form={form} isAgain={again !== null} onClose={onClose} />}
    >
      <div ref={body} className="connect" aria-busy={use.isBusy}>
        <StepOf use={use} form={form} again={again} />
        {use.problem?.field === null && (
          <p className="connect-problem" role="alert">
            <span aria-hidden="true">! </span>
            <Shown text={use.problem.message} />
          </p>
        )}
      </div>
    </Dialog>
  )
}

function StepOf({ use, form, again }: { use: SignInUse; form: string; again: Connection | null }): ReactNode {
  const { at } = use
  switch (at.step) {
    case 'address':
      return <AddressStep id={form} use={use} again={again} />
    case 'code':
      return <CodeStep id={form} use={use} minutes={at.minutes} />
    case 'tenant':
      return <TenantStep id={form} use={use} tenants={at.tenants} />
    case 'done':
      return <DoneStep id={form} use={use} server={at.server} again={again} />
  }
}

const NEXT: Record<SignInUse['at']['step'], string> = {
  address: 'Sign in',
  code: 'Continue',
  tenant: 'Continue',
  done: 'Connect',
}

const WAITS: Record<SignInUse['at']['step'], string> = {
  address: 'Asking the server',
  code: 'Checking the code',
  tenant: 'Opening the tenant',
  done: 'Connecting',
}

type ActionsProps = { use: SignInUse; form: string; isAgain: boolean; onClose: () => void }

function Actions({ use, form, isAgain, onClose }: ActionsProps) {
  const { at, isBusy } = use
  const next = at.step === 'done' && isAgain ? 'Use this sign-in' : NEXT[at.step]
  return (
    <>
      <span className="connect-wait">{isBusy && <Spinner label={WAITS[at.step]} />}</span>
      {at.step !== 'address' && !isBusy && (
        <Button look="quiet" onClick={use.startOver}>
          Start over
        </Button>
      )}
      <Button onClick={isBusy ? use.stopWaiting : onClose}>Cancel</Button>
      <Button look="primary" type="submit" form={form} aria-disabled={isBusy}>
        {next}
      </Button>
    </>
  )
}

/** To the first field of a step; after a refusal to the field it is about. */
function useFocus(body: React.RefObject<HTMLDivElement | null>, { at, turn, problem }: SignInUse): void {
  const field = problem?.field ?? null
  const latest = useRef(field)
  useEffect(() => {
    latest.current = field
  })
  useEffect(() => {
    const find = (what: string) => body.current?.closest('dialog')?.querySelector<HTMLElement>(what)
    const wanted = latest.current === null ? null : find(`[data-field="${latest.current}"]`)
    const target = wanted ?? find('[data-autofocus]') ?? find('button[type=submit]')
    target?.focus()
    if (target instanceof HTMLInputElement && target.type === 'text') target.select()
  }, [body, at.step, turn])
}
