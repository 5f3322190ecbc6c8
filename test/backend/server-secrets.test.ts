import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startBackend } from '../../src/backend'
import type { Ask, MethodName, Methods } from '../../src/contract'
import { DIALECTS } from '../../src/sample'
import { testPorts } from '../ports'
import { named, OPEN, SECRETS, talkingServer } from './sync/server/a-talking-server'
import { when } from './a-server-backend'
import { tempFolder } from './temp-folder'

const [PASSWORD, TOKEN, SESSION] = ['hidden-password', 'hidden-token', 'hidden-session']

/** Everything that leaves the backend, as text. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString() : part))
}

test.each(DIALECTS)('no secret of a server that speaks %s is told, logged or written', async (dialect) => {
  const own = await talkingServer(dialect)
  own.answer = ({ path }) => {
    if (path === '/api/auth/login') return { body: { requires_otp: true, username: 'ana', session_token: SESSION, tenants: [] } }
    if (path !== '/api/auth/verify-otp') return undefined
    const user = { id: 'u1', username: 'ana', role: 'super_admin', api_key: SECRETS.key }
    return { body: { token: TOKEN, user, session_token: SESSION, must_reset_password: false } }
  }
  const told: string[] = []
  const log = {
    info: (message: string) => void told.push(message),
    error: (message: string, error?: unknown) => void told.push(`${message} ${error instanceof Error ? error.stack : ''}`),
  }
  const workspace = tempFolder()
  const ports = testPorts({ log, clock: { now: () => own.now } })
  const backend = await startBackend({ workspace, ports })
  onTestFinished(() => backend.close())
  for (const notice of ['sync.progressed', 'store.changed'] as const) backend.on(notice, (payload) => void told.push(textOf(payload)))
  const ask = async <M extends MethodName>(method: M, asked: Ask<M>): Promise<Methods[M]> => {
    const { value } = await backend.call(method, asked)
    told.push(textOf(value))
    return value
  }

  const { ticket } = await ask('server.signIn', { kind: 'webxterm', url: own.url, user: 'ana@acme.test', password: PASSWORD })
  await ask('server.verifyCode', { ticket, code: '123456' })
  await ask('server.connect', { ticket, name: 'acme' })
  const ended = when(backend, ({ state }) => state === 'done' || state === 'failed')
  await ask('sync.start', { connection: 'acme' })
  expect(await ended).toMatchObject({ state: 'done', fault: null })
  // One that fails tells of its request.
  own.refused.set(dialect === 'server' ? '/api/audit-logs' : '/api/audit', 403)
  const refused = when(backend, ({ state }) => state === 'done' || state === 'failed')
  await ask('sync.start', { connection: 'acme' })
  await refused

  const view = { query: '', range: null, order: 'desc' as const }
  const { rows } = await ask('timeline.rows', { view, at: 0, count: 100 })
  expect(rows).toHaveLength(8)
  for (const { key } of rows) {
    await ask('event.get', { key })
    expect(await ask('event.page', { key })).not.toBeNull()
  }
  await ask('connection.list', {})
  await ask('workspace.summary', {})
  await ask('coverage.ranges', { range: null })
  await ask('sync.jobs', {})
  await ask('timeline.facets', { view, fields: ['user', 'action'], limit: 10 })
  for (const format of ['csv', 'jsonl'] as const) {
    const { id } = await ask('export.begin', { view, format })
    await ask('export.read', { id })
  }

  const files = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  for (const all of [told, files]) {
    expect(OPEN.filter((word) => !all.some((text) => text.includes(word)))).toEqual([])
    expect(named(...all)).toEqual([])
    expect([PASSWORD, TOKEN, SESSION].filter((secret) => all.some((text) => text.includes(secret)))).toEqual([])
  }
  expect(await ports.secrets.get('acme')).toBe(TOKEN)
})
