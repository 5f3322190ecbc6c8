import type { Account } from '../../../../src/domain'
import { decodeList, type ListPage, type ServerList, type ServerRecord } from '../../../../src/backend/source'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { aDoor, aServer } from '../a-server'

export const MACHINES = [
  { id: 'm2', agent_id: 'agent-b', name: 'web-2', tenant_id: 'acme', registration_token: 'reg_secret' },
  { id: 'm1', agent_id: 'agent-a', name: 'db-1', tenant_id: 'other', registration_token: 'reg_secret' },
]

export type Dialect = 'documented' | 'server'

/** The lists of a server with two machines, as an account sees them. */
export async function listsOf(dialect: Dialect, account: Account = {}, machines: object[] = MACHINES): Promise<ServerList[]> {
  const server = await aServer(() => ({ body: { machines } }))
  const reach = { url: 'https://audit.example:8443/base', dialect, account }
  return webxtermSource.lists(aDoor(server.url, webxtermSource.allowed), reach)
}

export async function listOf(stream: string, dialect: Dialect = 'documented', account: Account = {}): Promise<ServerList> {
  const list = (await listsOf(dialect, account)).find((one) => one.stream === stream)
  if (!list) throw new Error(`no list ${stream}`)
  return list
}

/** A page whose rows are written exactly so. */
export function pageOf(rows: string[], name = 'logs'): Uint8Array {
  return Buffer.from(`{"${name}":[${rows.join(',')}],"total":${rows.length},"page":1,"limit":200}`)
}

export const AUDIT_ROW = { id: 'a1', timestamp: '2026-03-02T08:14:09Z', action: 'read' }

/** What the audit makes of one row. */
export async function auditRecord(row: object, dialect: Dialect = 'documented', account: Account = {}): Promise<ServerRecord> {
  const page = decoded(await listOf('audit', dialect, account), pageOf([JSON.stringify({ ...AUDIT_ROW, ...row })]))
  return onlyRecord(page)
}

export function decoded(list: ServerList | undefined, body: Uint8Array): ListPage {
  if (!list) throw new Error('no such list')
  return decodeList(list.form, body)
}

export function onlyRecord(page: ListPage): ServerRecord {
  const [record] = page.records
  if (!record || page.records.length !== 1) throw new Error(`${page.records.length} records, ${JSON.stringify(page.rejected)}`)
  return record
}
