import type { AccessEntry, AccessGrant, AccessRow } from '../../../contract'
import { time, type TableShape } from './table-shape'

export const ACCESS: TableShape<AccessRow> = {
  table: 'access.list',
  name: 'access',
  columns: [
    ['person', ({ person }) => person],
    ['machine', ({ machine }) => machine],
    ['first_access', ({ first }) => time(first)],
    ['last_access', ({ last }) => time(last)],
    ['accesses', ({ accesses }) => accesses],
    ['sessions', ({ sessions }) => sessions],
    ['commands', ({ commands }) => commands],
    ['sudo', ({ sudo }) => sudo],
    ['files', ({ files }) => files],
    ['privileged', ({ isPrivileged }) => String(isPrivileged)],
    ['production', ({ isProduction }) => String(isProduction)],
    ['approved_by', ({ approvers }) => approvers.map(({ name, accesses }) => `${name ?? '(unknown)'} (${accesses})`).join('; ')],
    ['granted', ({ granted }) => granted],
    ['without_grant', ({ ungranted }) => ungranted],
    ['grant_unknown', ({ accesses, granted, ungranted }) => accesses - granted - ungranted],
    ['first_in_range', ({ isFirst }) => (isFirst === null ? '' : String(isFirst))],
    ['first_access_held', ({ firstHeld }) => time(firstHeld)],
    ['machine_held_since', ({ machineSince }) => time(machineSince)],
  ],
  fields: { person: 'user', machine: 'machine', 'approvers.*.name': 'user' },
  ask: { person: 'user', machine: 'machine', order: 'plain' },
}

export const ACCESSES: TableShape<AccessEntry> = {
  table: 'access.detail',
  name: 'accesses',
  columns: [
    ['from', ({ from }) => time(from)],
    ['to', ({ to }) => time(to)],
    ['kind', ({ kind }) => kind],
    ['client', ({ client }) => client],
    ['ip', ({ ip }) => ip],
    ['commands', ({ commands }) => commands],
    ['sudo', ({ sudo }) => sudo],
    ['files', ({ files }) => files],
    ['failures', ({ failures }) => failures],
    ['privileged', ({ isPrivileged }) => String(isPrivileged)],
    ['grant', ({ grant }) => (typeof grant === 'string' ? grant : 'held')],
    ['request', (row) => grantOf(row)?.request],
    ['approver', (row) => grantOf(row)?.approver],
    ['granted_from', (row) => time(grantOf(row)?.from)],
    ['granted_to', (row) => time(grantOf(row)?.to)],
    ['scope', (row) => grantOf(row)?.scope],
    ['reason', (row) => grantOf(row)?.justification],
    ['connection', ({ connection }) => connection],
    ['session', ({ session }) => session],
    ['key', ({ key }) => key],
  ],
  fields: {
    kind: 'plain',
    session: 'key',
    connection: 'tenant',
    client: 'client',
    ip: 'ip',
    key: 'key',
    grant: 'plain',
    'grant.request': 'session',
    'grant.approver': 'user',
    'grant.scope': 'text',
    'grant.justification': 'text',
    'grant.key': 'key',
  },
  ask: { person: 'user', machine: 'machine' },
}

function grantOf({ grant }: AccessEntry): AccessGrant | null {
  return typeof grant === 'string' ? null : grant
}
