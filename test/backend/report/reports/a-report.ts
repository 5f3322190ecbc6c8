import { reportGround } from '../../../../src/backend'
import { makeReport, type ReportGround } from '../../../../src/backend/report'
import type { ReadableStore } from '../../../../src/backend/store'
import type { ReportAsked, ReportFormat, ReportHead } from '../../../../src/contract'
import type { AuditEvent } from '../../../../src/domain'
import { event, FROM_FILE, NOW, writable } from '../../store/a-store'
import { tempFolder } from '../../temp-folder'

export const MINUTE = 60_000
export const DAY = 1440 * MINUTE
export const PERIOD = { from: NOW, to: NOW + DAY }

type Bare = Partial<Omit<AuditEvent, 'key'>>

/** A record of a server; minutes after the begin of the period. */
export function told(id: string, minute: number, fields: Bare) {
  const plain = event({ outcome: 'success', category: 'command', action: 'execute', actionRaw: 'command', actor: { name: 'ana' }, machine: { name: 'web-01' } })
  return { instance: 'org', stream: 'logs', id, event: { ...plain, time: NOW + minute * MINUTE, ...fields }, raw: Buffer.from(id), offset: 0 }
}

export const session = (id: string, minute: number, fields: Bare = {}) =>
  told(`s-${id}`, minute, { category: 'session', action: 'session', actionRaw: 'closed', session: id, durationMs: 10 * MINUTE, ...fields })

/** A request of Ana for web-01, decided by Ben a minute later and open for two hours. */
export function request(id: string, minute: number, fields: Bare = {}) {
  const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString()
  const attributes = { approved_at: at(minute + 1), decided_at: at(minute + 1), expires_at: at(minute + 121) }
  return told(`r-${id}`, minute, { category: 'approval', action: 'approval.approve', actionRaw: 'approved', approval: id, approver: 'ben', scope: 'web-01, 2 h', justification: 'why', attributes, ...fields })
}

export const login = (id: string, minute: number, fields: Bare = {}) =>
  told(id, minute, { category: 'authentication', action: 'login', actionRaw: 'login_failed', outcome: 'failure', ip: '203.0.113.7', ...fields })

type Role = 'super_admin' | 'user'

export async function held(records: ReturnType<typeof told>[], role: Role = 'super_admin'): Promise<ReadableStore> {
  const store = await writable(tempFolder())
  const server = { url: 'https://x.example', dialect: 'documented', account: { name: 'Ana', role, tenant: 'fernhill' }, signIn: { by: 'token' }, paused: false } as const
  const coverage = [{ stream: 'logs', from: PERIOD.from, to: PERIOD.to, state: 'complete' as const, serverTotal: records.length }]
  const streams = [{ stream: 'logs', label: 'logs', status: 'ok' as const, requests: 1 }]
  store.append(records, { ...FROM_FILE, origin: 'request' }, { connection: 'org', kind: 'webxterm', server, coverage, streams })
  return store
}

export function ground(store: ReadableStore): ReportGround {
  return reportGround({ store, ports: { clock: { now: () => NOW + 2 * DAY } } }, '1.2.3')
}

export const asked = (more: Partial<ReportAsked> = {}): ReportAsked => ({ kind: 'access', range: PERIOD, zone: 'UTC', tlp: 'TLP:AMBER', text: '', only: [], sample: null, ...more })

export async function made(store: ReadableStore, more: Partial<ReportAsked> & { format?: ReportFormat } = {}): Promise<{ head: ReportHead; text: string }> {
  const { format = 'csv', ...rest } = more
  const { head, pieces } = await makeReport(ground(store), { ...asked(rest), format }, { isStale: () => false, onStep: () => {} })
  return { head, text: [...pieces].join('') }
}

/** Cells of a CSV without quotes, by the names of its columns. */
export function rowsOf(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.replace('\ufeff', '').trimEnd().split('\r\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])))
}

/** Objects of JSON Lines. */
export function linesOf(text: string): Record<string, unknown>[] {
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
}
