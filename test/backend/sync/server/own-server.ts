import { onTestFinished } from 'vitest'
import type { Ports } from '../../../../src/backend'
import type { SyncJob } from '../../../../src/contract'
import type { Account, Instant } from '../../../../src/domain'
import { openWritable, type WritableStore } from '../../../../src/backend/store'
import { syncServers, type ServerContext } from '../../../../src/backend/sync'
import type { Dialect } from '../../../../src/sample'
import { testPorts } from '../../../ports'
import { aServer, type Said, type Seen } from '../../source/a-server'
import { tempFolder } from '../../temp-folder'

export const NOON = Date.UTC(2026, 1, 6, 12)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A row as it is sent, character for character. */
export type Row = { time: Instant; text: string }

/** A server whose lists a test writes by hand, and changes between two syncs. */
export type OwnServer = {
  url: string
  dialect: Dialect
  /** Its clock, which is the client's too. */
  now: Instant
  audit: Row[]
  /** Text of each machine's row by its `agent_id`. */
  machines: Map<string, string>
  sessions: Map<string, Row[]>
  logs: Map<string, Row[]>
  /** Statuses to answer with in place of a list, by path. */
  refused: Map<string, number>
  /** Answers before anything else does. */
  answer: (seen: Seen) => Said | undefined
  /** Requests and the bodies that were sent. */
  seen: Seen[]
  sent: string[]
}

/** Serves rows newest first, in pages and windows of the dialect; each of its machines has lists. */
export async function ownServer(dialect: Dialect, own: Partial<OwnServer> = {}): Promise<OwnServer> {
  const nothing = { audit: [], machines: new Map(), sessions: new Map(), logs: new Map(), refused: new Map(), answer: () => undefined }
  const server: OwnServer = { url: '', dialect, now: NOON, seen: [], sent: [], ...nothing, ...own }
  const { url, seen } = await aServer((asked) => {
    const said = server.answer(asked) ?? listAnswer(server, new URL(asked.path, 'http://own.invalid'))
    if (typeof said.body === 'string') server.sent.push(said.body)
    return { ...said, headers: { date: new Date(server.now).toUTCString(), ...said.headers } }
  })
  return Object.assign(server, { url, seen })
}

function listAnswer(server: OwnServer, { pathname, searchParams }: URL): NonNullable<Said> {
  const status = server.refused.get(pathname)
  if (status !== undefined) return { status, body: '{"error":"refused"}' }
  if (pathname === '/api/machines') return { body: `{"machines":[${[...server.machines.values()].join(',')}]}` }
  const isServer = server.dialect === 'server'
  if (pathname === (isServer ? '/api/audit-logs' : '/api/audit')) return paged('logs', inWindow(server.audit, searchParams), searchParams)
  const [, agent = '', list] = /^\/api\/machines\/([^/]+)\/(logs|sessions)$/.exec(pathname) ?? []
  if (!server.machines.has(agent)) return { status: 404, body: '{"error":"Not found"}' }
  if (list === 'sessions') return { body: bodyOf('sessions', newestFirst(server.sessions.get(agent) ?? []), '') }
  const logs = server.logs.get(agent) ?? []
  return isServer ? paged('logs', logs, searchParams) : { body: bodyOf('logs', newestFirst(logs).slice(0, 100), '') }
}

/** The start is inside a window, the end is not. */
function inWindow(rows: Row[], asked: URLSearchParams): Row[] {
  const at = (name: string, otherwise: number) => (asked.has(name) ? Date.parse(asked.get(name) ?? '') : otherwise)
  const [from, to] = [at('from', -Infinity), at('to', Infinity)]
  return rows.filter(({ time }) => time >= from && time < to)
}

function paged(name: string, rows: Row[], asked: URLSearchParams): NonNullable<Said> {
  const page = Number(asked.get('page') ?? 1)
  const limit = Math.min(Number(asked.get('limit') ?? 25), 200)
  const shown = newestFirst(rows).slice((page - 1) * limit, page * limit)
  return { body: bodyOf(name, shown, `,"total" : ${rows.length},"page":${page},"limit":${limit}`) }
}

/** Rows of one instant keep the order in which they were written. */
function newestFirst(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => b.time - a.time)
}

function bodyOf(name: string, rows: Row[], rest: string): string {
  return `\n{ "${name}" :[ ${rows.map(({ text }) => text).join(' ,\n ')}\t]${rest}}\r\n`
}

export type Reading = {
  store: WritableStore
  workspace: string
  ports: Ports
  context: ServerContext
  /** Lines of the log. */
  lines: string[]
  sync(ask?: Parameters<typeof syncServers>[1]): Promise<SyncJob>
}

/** A workspace connected to such a server under the name `acme`; nothing is synced yet. */
export async function reading(server: OwnServer, account: Account = { role: 'super_admin' }): Promise<Reading> {
  const workspace = tempFolder()
  const store = await openWritable({ folder: workspace, now: () => server.now })
  const lines: string[] = []
  const say = (message: string, error?: unknown) => void lines.push(`${message} ${error instanceof Error ? error.stack : ''}`)
  const ports = testPorts({ env: { TOKEN: 'token' }, log: { info: say, error: say }, clock: { now: () => server.now } })
  const pace = { firstWaitMs: 1, mostWaitMs: 2, tries: 2, hourly: 1_000_000, secondMs: 1, progressMs: 1 }
  const context: ServerContext = { store, ports, version: '0.0.0', pace }
  connect(store, server, { account })
  const sync: Reading['sync'] = async (ask = {}) => {
    const [job] = await syncServers(context, { connection: 'acme', ...ask })
    if (!job) throw new Error('nothing was synced')
    if (lines.length > 0) throw new Error(lines.join('\n'))
    return job
  }
  onTestFinished(() => store.close())
  return { store, workspace, ports, context, lines, sync }
}

/** Connects a workspace to a server, under another name than `acme` too. */
export function connect(store: WritableStore, { url, dialect }: OwnServer, { name = 'acme', account = {} }: { name?: string; account?: Account } = {}): void {
  const signIn = { by: 'token' as const, tokenEnv: 'TOKEN' }
  store.note({ connection: name, kind: 'webxterm', server: { url, dialect, account, signIn, paused: false } })
}

/** A plain row of a list of a server that documents itself: `more` is written into it as it is. */
export function row(id: string, time: Instant, more = ''): Row {
  const written = `"timestamp":"${new Date(time).toISOString()}"`
  return { time, text: `{"id":"${id}",${written},"action":"read","resource":"audit","username":"ana","status":"success"${more}}` }
}

/** A machine and its row. */
export function machine(agent: string, name = agent): [string, string] {
  return [agent, JSON.stringify({ id: `id-${agent}`, agent_id: agent, name, tenant_id: 'acme' })]
}
