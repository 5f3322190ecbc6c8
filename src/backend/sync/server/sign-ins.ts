import { randomUUID } from 'node:crypto'
import { BackendFault, type ProbedServer, type SignInStep } from '../../../contract'
import type { Account, Connection, Instant, ServerFacts, StreamFacts, StreamStatus } from '../../../domain'
import { decodeList, ServerFault, type FetchDoor, type PendingSignIn, type ServerList, type ServerSource, type SignInAnswer } from '../../source'
import { connectionOf, serverOf } from './connections'
import { doorTo, sourceOf, type Address, type ServerContext } from './reach'

const LASTS_MS = 10 * 60_000
/** Lists asked for their state when a server is probed, and at one time. */
const PROBED = 200
const AT_ONCE = 8

export type Variables = { tokenEnv?: string; passwordEnv?: string }

type Under = {
  address: Address
  door: FetchDoor
  source: ServerSource
  user?: string
  pending?: PendingSignIn
  done?: { token: string; server: Omit<ServerFacts, 'signIn' | 'paused'>; streams: StreamFacts[] }
  until: Instant
}

/** Sign-ins under way, and what they end in: connections. Holds secrets in memory only. */
export class SignIns {
  readonly #context: ServerContext
  readonly #under = new Map<string, Under>()

  constructor(context: ServerContext) {
    this.#context = context
  }

  async signIn(address: Address, credentials: { user: string; password: string }): Promise<SignInStep> {
    const under = { ...(await this.#begin(address)), user: credentials.user }
    return this.#advance(this.#ticketFor(under), await under.source.signIn(under.door, credentials))
  }

  async verifyCode(ticket: string, code: string): Promise<SignInStep> {
    const { door, source, pending } = this.#find(ticket)
    return this.#advance(ticket, await source.verifyCode(door, pendingOf(pending), code))
  }

  async chooseTenant(ticket: string, tenant: string): Promise<SignInStep> {
    const { door, source, pending } = this.#find(ticket)
    return this.#advance(ticket, await source.chooseTenant(door, pendingOf(pending), tenant))
  }

  async useToken(address: Address, token: string): Promise<SignInStep> {
    const under = await this.#begin(address)
    const account = under.source.accountOf(token)
    return this.#advance(this.#ticketFor(under), { step: 'done', token, account })
  }

  /** Makes a connection of a finished sign-in. Throws `name-taken`. */
  async connect(ticket: string, ask: { name?: string; variables?: Variables; sample?: ServerFacts['sample'] } = {}): Promise<Connection> {
    const { store } = this.#context
    const { address, user, done } = this.#finished(ticket)
    const name = ask.name ?? freeName(store.connections(), done.server)
    if (store.connections().some((connection) => connection.name === name)) {
      throw new BackendFault({ code: 'name-taken', message: `${name} is the name of another connection. Choose another name.` })
    }
    const { sample } = ask
    const signIn = signInOf(user, ask.variables)
    const server: ServerFacts = { ...done.server, signIn, paused: false, ...(sample ? { sample } : {}) }
    await this.#keepToken(name, done.token, ask.variables)
    store.note({ connection: name, kind: address.kind, server, streams: done.streams })
    this.#under.delete(ticket)
    return connectionOf(this.#context, name)
  }

  /** Gives a connection new credentials. Throws `wrong-account` where they are another account's. */
  async signInAgain(ticket: string, name: string): Promise<Connection> {
    const { store } = this.#context
    const { user, done, address } = this.#finished(ticket)
    const { server } = serverOf(this.#context, name)
    refuseElsewhere(server, done.server)
    refuseOther(server.account, done.server.account)
    await this.#keepToken(name, done.token)
    const { tokenEnv: _, passwordEnv: __, ...rest } = server.signIn
    const signIn: ServerFacts['signIn'] = { ...rest, by: user === undefined ? 'token' : 'password', ...(user === undefined ? {} : { user }) }
    store.note({ connection: name, kind: address.kind, server: { ...server, ...done.server, signIn } })
    this.#under.delete(ticket)
    return connectionOf(this.#context, name)
  }

  async #begin(address: Address): Promise<Under> {
    const door = await doorTo(this.#context, address)
    return { address, door, source: sourceOf(address.kind), until: this.#context.ports.clock.now() + LASTS_MS }
  }

  #ticketFor(under: Under): string {
    const now = this.#context.ports.clock.now()
    for (const [ticket, { until }] of this.#under) if (until < now) this.#under.delete(ticket)
    const ticket = randomUUID()
    this.#under.set(ticket, under)
    return ticket
  }

  #find(ticket: string): Under {
    const under = this.#under.get(ticket)
    if (under && under.until >= this.#context.ports.clock.now()) return under
    this.#under.delete(ticket)
    throw new BackendFault({ code: 'ticket-expired', message: 'This sign-in took too long. Begin it again.' })
  }

  #finished(ticket: string): Under & { done: NonNullable<Under['done']> } {
    const under = this.#find(ticket)
    if (!under.done) throw new BackendFault({ code: 'bad-ask', message: 'This sign-in is not finished.' })
    return { ...under, done: under.done }
  }

  async #advance(ticket: string, answer: SignInAnswer): Promise<SignInStep> {
    const under = this.#find(ticket)
    if (answer.step !== 'done') under.pending = answer.pending
    if (answer.step === 'code') return { step: 'code', ticket, minutes: answer.minutes }
    if (answer.step === 'tenant') return { step: 'tenant', ticket, tenants: answer.tenants }
    under.door.useToken(answer.token)
    const server = await this.#probe(under, answer)
    return { step: 'done', ticket, server }
  }

  async #probe(under: Under, { token, account }: { token: string; account: Account }): Promise<ProbedServer> {
    const { store, ports } = this.#context
    const { address, door, source } = under
    const probe = await source.probe(door)
    const server = { ...reachable(address), dialect: probe.dialect, account: { ...account, ...probe.account } }
    const lists = await source.lists(door, server)
    const streams = await probeLists(door, lists.slice(0, PROBED))
    under.done = { token, server, streams }
    const name = freeName(store.connections(), server)
    const shown = streams.map(({ stream, label, status }) => ({ stream, label, status }))
    const { kind, url } = address
    return { kind, url, dialect: probe.dialect, account: server.account, streams: shown, name, keptIn: await ports.secrets.place() }
  }

  async #keepToken(name: string, token: string, variables: Variables = {}): Promise<void> {
    if (variables.tokenEnv === undefined && variables.passwordEnv === undefined) await this.#context.ports.secrets.set(name, token)
  }
}

async function probeLists(door: FetchDoor, lists: ServerList[]): Promise<StreamFacts[]> {
  const facts: StreamFacts[] = []
  const queue = lists.map((list, at) => ({ list, at }))
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) facts[next.at] = await probeList(door, next.list)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return facts
}

async function probeList(door: FetchDoor, list: ServerList): Promise<StreamFacts> {
  const base = { stream: list.stream, label: list.label, requests: 1, ...(list.note === undefined ? {} : { note: list.note }) }
  try {
    const { place, fetchedAt, said } = await door.read(list.path({ page: 1, limit: 1 }), (body) => decodeList(list.form, body))
    return { ...base, status: 'ok', asked: place, at: fetchedAt, ...(said.total === undefined ? {} : { serverTotal: said.total }) }
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error
    return { ...base, status: statusOf(error), fault: { code: error.code, message: error.message } }
  }
}

function statusOf({ code }: ServerFault): StreamStatus {
  if (code === 'forbidden') return 'not-visible'
  return code === 'not-offered' || code === 'throttled' ? code : 'failed'
}

function reachable({ url, caFile, proxy }: Address): Pick<ServerFacts, 'url' | 'caFile' | 'proxy'> {
  return { url, ...(caFile === undefined ? {} : { caFile }), ...(proxy === undefined ? {} : { proxy }) }
}

function signInOf(user: string | undefined, variables: Variables = {}): ServerFacts['signIn'] {
  return { by: user === undefined ? 'token' : 'password', ...(user === undefined ? {} : { user }), ...variables }
}

function pendingOf(pending: PendingSignIn | undefined): PendingSignIn {
  if (pending) return pending
  throw new BackendFault({ code: 'bad-ask', message: 'This sign-in waits for nothing.' })
}

/** Nothing of one account is shown among another's. */
function refuseOther(before: Account, now: Account): void {
  const isOther = (['tenant', 'id'] as const).some((field) => before[field] !== undefined && now[field] !== undefined && before[field] !== now[field])
  if (!isOther) return
  const name = (account: Account) => [account.name ?? account.email ?? account.id, account.tenant].filter(Boolean).join(' of ')
  const message = `This connection belongs to ${name(before)}; the sign-in was ${name(now)}. Connect the other account on its own.`
  throw new BackendFault({ code: 'wrong-account', message })
}

/** A token may tell nothing of its holder: then only the address says that it is the same server. */
function refuseElsewhere({ url: before }: Pick<ServerFacts, 'url'>, { url: now }: Pick<ServerFacts, 'url'>): void {
  const [own, other] = [new URL(before), new URL(now)]
  if (own.origin === other.origin) return
  const message = `This connection reads ${own.host}; the sign-in was at ${other.host}. Change the connection's address first, or connect the other server on its own.`
  throw new BackendFault({ code: 'wrong-account', message })
}

function freeName(connections: Connection[], { url, account }: Pick<ServerFacts, 'url' | 'account'>): string {
  const base = account.tenant ?? new URL(url).hostname
  const taken = new Set(connections.map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`
    if (!taken.has(name)) return name
  }
}
