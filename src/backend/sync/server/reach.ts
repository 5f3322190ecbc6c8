import { readFile } from 'node:fs/promises'
import { BackendFault } from '../../../contract'
import type { Connection, ServerFacts } from '../../../domain'
import type { Ports } from '../../ports'
import { openDoor, ServerFault, serverSources, type FetchDoor, type ServerSource } from '../../source'
import type { WritableStore } from '../../store'
import type { ServerConnection } from './connections'
import { PACE, type Pace } from './patient-door'

export type ServerContext = {
  store: WritableStore
  ports: Ports
  version: string
  pace?: Pace
  /** Asks the person for the one-time code that a sign-in by variables wants; absent where nobody is there. */
  onCode?: () => Promise<string>
}

export type Address = { kind: string; url: string; caFile?: string; proxy?: string }

/** A way to a connection's server with its credentials in place. */
export type Reached = {
  door: FetchDoor
  source: ServerSource
  server: ServerFacts
  /** Signs in again where that needs no person. */
  renew: () => Promise<boolean>
}

export function paceOf({ pace = PACE }: ServerContext): Pace {
  return pace
}

/** Throws `bad-ask` for a kind that nothing reads. */
export function sourceOf(kind: string): ServerSource {
  const source = serverSources.find((known) => known.kind === kind)
  if (source) return source
  const kinds = serverSources.map((known) => known.kind).join(', ')
  throw new BackendFault({ code: 'bad-ask', message: `${kind} is no kind of server that can be connected. Known are: ${kinds}.` })
}

/** Throws `insecure-address`, and `file-unreadable` for the file of authorities. */
export async function doorTo({ ports, version }: ServerContext, address: Address): Promise<FetchDoor> {
  const ca = address.caFile === undefined ? undefined : await readAuthorities(address.caFile)
  const { url, proxy, kind } = address
  return openDoor({
    http: ports.http,
    now: () => ports.clock.now(),
    allowed: sourceOf(kind).allowed,
    address: { url, ...(ca === undefined ? {} : { ca }), ...(proxy === undefined ? {} : { proxy }) },
    version,
  })
}

/** PEM of a file. Throws `file-unreadable`. */
export async function readAuthorities(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (error) {
    const message = `The CA file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`
    throw new BackendFault({ code: 'file-unreadable', message })
  }
  throw new BackendFault({ code: 'file-unreadable', message: `The CA file ${path} holds no certificate in PEM form.` })
}

/** Opens the way to a connection's server. Throws `unauthorized` where a person must sign in first. */
export async function reach(context: ServerContext, connection: ServerConnection): Promise<Reached> {
  const server = await currentServer(context, connection)
  const source = sourceOf(connection.kind)
  const door = await doorTo(context, { kind: connection.kind, ...server })
  const token = await tokenOf(context, { ...connection, server })
  const renew = async () => {
    const fresh = await signInByVariables(context, server, { door, source })
    if (fresh !== null) door.useToken(fresh)
    return fresh !== null
  }
  if (token !== null) door.useToken(token)
  else if (!(await renew())) throw signInNeeded(context, { name: connection.name, server })
  await refreshInTime(context, connection, { door, source, server })
  return { door, source, server, renew }
}

/** A token that ends within this is exchanged for a new one. */
const REFRESH_MS = 2 * 3_600_000

/** Keeps a sign-in by password alive while its token still is. */
async function refreshInTime({ store, ports }: ServerContext, { name, kind }: Connection, { door, source, server }: Way & { server: ServerFacts }): Promise<void> {
  const { account, signIn } = server
  const left = (account.expiresAt ?? Infinity) - ports.clock.now()
  if (signIn.by !== 'password' || signIn.passwordEnv !== undefined || left <= 0 || left > REFRESH_MS) return
  // The token at hand is still good: whether it can be exchanged keeps nobody from reading.
  const fresh = await source.refresh(door).catch((error: unknown) => {
    if (error instanceof ServerFault) return null
    throw error
  })
  if (fresh === null) return
  door.useToken(fresh.token)
  await ports.secrets.set(name, fresh.token)
  store.note({ connection: name, kind, server: { ...server, account: { ...account, ...fresh.account } } })
}

/** The sample server has another address after each start. */
async function currentServer({ store, ports }: ServerContext, connection: ServerConnection): Promise<ServerFacts> {
  const { server } = connection
  if (!server.sample) return server
  const { url, token } = await ports.sample.start(server.sample)
  await ports.secrets.set(connection.name, token)
  if (url === server.url) return server
  const moved = { ...server, url }
  store.note({ connection: connection.name, kind: connection.kind, server: moved })
  return moved
}

async function tokenOf({ ports }: ServerContext, { name, server }: Connection): Promise<string | null> {
  const variable = server?.signIn.tokenEnv
  if (variable === undefined) return ports.secrets.get(name)
  return ports.env(variable) ?? null
}

type Way = { door: FetchDoor; source: ServerSource }

async function signInByVariables({ ports, onCode }: ServerContext, { signIn, account }: ServerFacts, { door, source }: Way): Promise<string | null> {
  const password = signIn.passwordEnv === undefined ? undefined : ports.env(signIn.passwordEnv)
  if (signIn.user === undefined || password === undefined) return null
  const impossible = (wanted: string) => {
    const message = `${signIn.user} can only sign in with ${wanted}. Sign in again.`
    return new BackendFault({ code: 'unauthorized', message })
  }
  let answer = await source.signIn(door, { user: signIn.user, password })
  while (answer.step !== 'done') {
    const { pending } = answer
    if (answer.step === 'code') {
      if (!onCode) throw impossible('a one-time code')
      answer = await source.verifyCode(door, pending, await onCode())
    } else {
      const same = answer.tenants.find(({ id }) => id === account.tenant)
      if (!same) throw impossible('a choice of tenant')
      answer = await source.chooseTenant(door, pending, same.id)
    }
  }
  return answer.token
}

function signInNeeded({ ports, onCode }: ServerContext, { name, server }: { name: string; server: ServerFacts }): BackendFault {
  const { tokenEnv, passwordEnv } = server.signIn
  const unset = [tokenEnv, passwordEnv].find((variable) => variable !== undefined && ports.env(variable) === undefined)
  const message =
    unset === undefined
      ? `${name} is not signed in. ${onCode ? 'Sign in again in the app, or connect it with --token-env.' : 'Sign in again.'}`
      : `${name} is not signed in: the variable ${unset} is not set.`
  return new BackendFault({ code: 'unauthorized', message })
}
