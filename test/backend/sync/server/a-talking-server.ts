import type { Instant } from '../../../../src/domain'
import type { Dialect } from '../../../../src/sample'
import { HOUR, machine, MINUTE, NOON, ownServer, row, type OwnServer, type Row } from './own-server'

/** What nobody may find again. */
export const SECRETS = {
  command: 'hush-command',
  session: 'hush-session',
  key: 'hush-key',
  query: 'hush-query',
  registration: 'hush-registration',
  machineKey: 'hush-machine-key',
}
/** Words beside them that are none, so that looking for secrets is known to find. */
export const OPEN = ['open-tenant', 'open-note', 'open-plain', 'open-output']

/** The secrets that stand in any of these. */
export function named(...texts: (string | Uint8Array)[]): string[] {
  return Object.values(SECRETS).filter((secret) => texts.some((text) => Buffer.from(text).includes(secret)))
}

export function logRow(id: string, time: Instant, more: string): Row {
  return { time, text: `{"id":"${id}","timestamp":"${new Date(time).toISOString()}","username":"ana","success":true,"command":"uptime ${id}"${more}}` }
}

export function sessionRow(id: string, time: Instant, more: string): Row {
  const at = new Date(time).toISOString()
  return { time, text: `{"session_id":"${id}","id":"i-${id}","started_at":"${at}","created_at":"${at}","username":"ana","status":"closed"${more}}` }
}

/** A server whose rows hold secrets in all places that there are. */
export async function talkingServer(dialect: Dialect): Promise<OwnServer> {
  const own = await ownServer(dialect)
  const at = NOON - HOUR
  const told = JSON.parse(machine('m1')[1]) as object
  own.machines.set('m1', JSON.stringify({ ...told, registration_token: SECRETS.registration, config: { api_key: SECRETS.machineKey } }))
  const request = (id: string, i: number, more: object) => row(id, at - i * MINUTE, `,${JSON.stringify(more).slice(1, -1)}`)
  const command = `mysql -p${SECRETS.command}`
  own.audit = [
    request('command', 1, { method: 'POST', endpoint: '/api/machines/m1/command', request_body: { command, env: [SECRETS.command] } }),
    request('text', 2, { method: 'POST', endpoint: '/api/machines/m1/commands', request_body: JSON.stringify({ command }) }),
    request('tenant', 3, { endpoint: '/api/auth/select-tenant', request_body: { session_token: SECRETS.session, tenant_id: 'open-tenant' } }),
    request('key', 4, { request_body: { user: { api_key: SECRETS.key, note: 'open-note' } } }),
    request('query', 5, { endpoint: `/api/terminal/m1/ws?token=${SECRETS.query}&cols=80` }),
    row('plain', at - 6 * MINUTE, ',"note":"open-plain"'),
  ]
  own.sessions.set('m1', [sessionRow('s1', at, `,"session_token":"${SECRETS.session}"`)])
  own.logs.set('m1', [logRow('l1', at, `,"api_key":"${SECRETS.key}","output":"open-output"`)])
  return own
}
