import { BackendFault, type SignInStep } from '../../../contract'
import type { Connection, StreamFacts } from '../../../domain'
import type { Address, ServerContext } from './reach'
import { SignIns, type Variables } from './sign-ins'

export type ConnectAsk = Address &
  Variables & {
    name?: string
    user?: string
    /** Asked when the server wants them. */
    onCode(): Promise<string>
    onTenant(tenants: { id: string; name: string }[]): Promise<string>
  }

/** Signs in from end to end and keeps the connection, whose credentials stay in the named variables. */
export async function connectServer(
  context: ServerContext,
  ask: ConnectAsk,
): Promise<{ connection: Connection; streams: Pick<StreamFacts, 'stream' | 'label' | 'status'>[] }> {
  const signIns = new SignIns(context)
  let step = await begin(context, signIns, ask)
  while (step.step !== 'done') {
    const { ticket } = step
    step =
      step.step === 'code'
        ? await signIns.verifyCode(ticket, await ask.onCode())
        : await signIns.chooseTenant(ticket, await ask.onTenant(step.tenants))
  }
  const variables = { ...(ask.tokenEnv ? { tokenEnv: ask.tokenEnv } : {}), ...(ask.passwordEnv ? { passwordEnv: ask.passwordEnv } : {}) }
  const connection = await signIns.connect(step.ticket, { ...(ask.name === undefined ? {} : { name: ask.name }), variables })
  return { connection, streams: step.server.streams }
}

function begin({ ports }: ServerContext, signIns: SignIns, ask: ConnectAsk): Promise<SignInStep> {
  const { kind, url, caFile, proxy, tokenEnv, user, passwordEnv } = ask
  const address = { kind, url, ...(caFile === undefined ? {} : { caFile }), ...(proxy === undefined ? {} : { proxy }) }
  const valueOf = (variable: string) => {
    const value = ports.env(variable)
    if (value) return value
    throw new BackendFault({ code: 'bad-ask', message: `The variable ${variable} is not set.` })
  }
  if (tokenEnv !== undefined) return signIns.useToken(address, valueOf(tokenEnv))
  if (user !== undefined && passwordEnv !== undefined) return signIns.signIn(address, { user, password: valueOf(passwordEnv) })
  throw new BackendFault({ code: 'bad-ask', message: 'Signing in needs a token, or a user and a password.' })
}
