import type { ProbedServer } from '../../contract'
import type { Connection } from '../../domain'
import { Shown, accountWords, kindWords, roleWords, typedText, useZone } from '../shared'
import { Field } from './Field'
import { ProbedStreams } from './ProbedStreams'
import type { SignInUse } from './use-sign-in'

export type DoneStepProps = { id: string; use: SignInUse; server: ProbedServer; again: Connection | null }

const KEPT: Record<ProbedServer['keptIn'], string> = {
  keystore: "Kept in this computer's key store",
  memory: 'Kept in memory until Recount ends; sign in again after the next start',
}

/** What the server said of itself and of the account, before anything is kept. */
export function DoneStep({ id, use, server, again }: DoneStepProps) {
  return (
    <form
      id={id}
      className="connect-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (!use.isBusy) use.keep(typedText(event.currentTarget, 'name'))
      }}
    >
      <Facts server={server} />
      <ProbedStreams streams={server.streams} />
      {!again && (
        <Field
          label="Name"
          field="name"
          name="name"
          type="text"
          maxLength={200}
          defaultValue={server.name}
          data-autofocus=""
          problem={use.problem}
          hint="As it stands in Recount; it can be changed later."
        />
      )}
    </form>
  )
}

function Facts({ server }: { server: ProbedServer }) {
  const { format, label } = useZone()
  const { account } = server
  return (
    <dl className="connect-facts">
      <dt>Signed in as</dt>
      <dd>
        <Shown text={accountWords(account)} />
      </dd>
      {account.role !== undefined && (
        <>
          <dt>Role</dt>
          <dd>
            <Shown text={roleWords(account.role)} />
          </dd>
        </>
      )}
      {account.tenant !== undefined && (
        <>
          <dt>Tenant</dt>
          <dd>
            <Shown text={account.tenant} />
          </dd>
        </>
      )}
      <dt>Server</dt>
      <dd>
        <Shown className="mono" text={server.url} />
        <span className="connect-quiet">
          <Shown text={`${kindWords(server.kind)}, ${dialectWords(server.dialect)}`} />
        </span>
      </dd>
      <dt>Token</dt>
      <dd>
        {KEPT[server.keptIn]}
        {account.expiresAt !== undefined && (
          <span className="connect-quiet">
            ends {format(account.expiresAt, 'min')} {label}
          </span>
        )}
      </dd>
    </dl>
  )
}

/** The two ways in which such servers are known to speak. */
function dialectWords(dialect: string): string {
  if (dialect === 'documented') return 'speaking as its documentation says'
  if (dialect === 'server') return 'speaking as deployed servers do'
  return `dialect “${dialect}”`
}
