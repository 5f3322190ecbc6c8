import { expect, test } from 'vitest'
import { readLedger } from '../../../../src/backend/detect/approvals/read-ledger'
import { from, SERVER } from '../../store/a-server'
import { add, NOW, record, writable } from '../../store/a-store'
import { tempFolder } from '../../temp-folder'
import { drained, HOUR, MINUTE } from './a-ledger'

type Fields = Parameters<typeof record>[1]

const iso = (time: number) => new Date(time).toISOString()

function asked(id: string, action: string, more: Fields = {}) {
  const { attributes, ...rest } = more
  const shared = { category: 'approval' as const, action, actionRaw: action, approval: id, tenant: 'fern', actor: { id: 'u1', name: 'Ann', email: 'ann@fern.test' }, machine: { id: 'agent-1', name: 'db-01' } }
  return record(id, { ...shared, ...rest, attributes: { duration_hours: '2', ...attributes } }, `${id} ${action}`)
}

const approved = (by: string, at: number) => ({ decision: 'approved', approver: by, attributes: { duration_hours: '2', decided_at: iso(at), approved_at: iso(at) } })

async function read(...batches: ReturnType<typeof record>[][]) {
  const store = await writable(tempFolder())
  for (const records of batches) add(store, records, { kind: 'webxterm' })
  return drained(readLedger(store))
}

test('a request is read in each of its states', async () => {
  const { requests } = await read([
    asked('a', 'approval.request'),
    asked('b', 'approval.approve', approved('bob', NOW + MINUTE)),
    asked('c', 'approval.reject', { decision: 'rejected', approver: 'bob', attributes: { decided_at: iso(NOW + MINUTE), reject_comment: 'No ticket' } }),
    asked('d', 'approval.revoke', { ...approved('bob', NOW), attributes: { duration_hours: '0', decided_at: iso(NOW), revoked_by: 'eve', revoked_at: iso(NOW + HOUR) } }),
    asked('e', 'approval.expire', approved('bob', NOW)),
    asked('f', 'approval.expire'),
    record('g', { category: 'approval', action: 'approval.approve' }),
    record('h', { category: 'session', action: 'approval.approve', approval: 'h' }),
  ])
  const byId = new Map(requests.map((one) => [one.id, one]))
  expect([...byId].map(([id, { state }]) => `${id} ${state}`).toSorted()).toEqual(['a pending', 'b approved', 'c rejected', 'd revoked', 'e approved', 'f expired'])
  expect(byId.get('a')).toMatchObject({ decision: null, grant: null, requester: { key: 'ann', name: 'Ann' }, machine: 'db-01', hours: 2, type: 'access' })
  expect(byId.get('b')?.grant).toEqual({ from: NOW + MINUTE, to: NOW + MINUTE + 2 * HOUR, end: NOW + MINUTE + 2 * HOUR, revoked: null })
  expect(byId.get('c')).toMatchObject({ grant: null, decision: { outcome: 'rejected', at: NOW + MINUTE, comment: 'No ticket' } })
  expect(byId.get('d')).toMatchObject({ hours: Number.POSITIVE_INFINITY, grant: { to: null, end: NOW + HOUR, revoked: { by: 'eve', at: NOW + HOUR } } })
  expect(byId.get('f')).toMatchObject({ decision: null, grant: null })
})

test('who decided is the same person by whatever name', async () => {
  const own = (by: string) => approved(by, NOW + MINUTE)
  const { requests } = await read([asked('a', 'approval.approve', own('ANN@fern.test')), asked('b', 'approval.approve', own('u1')), asked('c', 'approval.approve', own('ann ')), asked('d', 'approval.approve', own('anna'))])
  expect(requests.map(({ id, decision }) => `${id} ${decision?.by?.key}`).toSorted()).toEqual(['a ann', 'b ann', 'c ann', 'd anna'])
})

test('what was decided before stays known from earlier states', async () => {
  const no = { decision: 'rejected', approver: 'bob', attributes: { decided_at: iso(NOW + MINUTE) } }
  const store = await writable(tempFolder())
  const states = [asked('a', 'approval.request'), asked('a', 'approval.reject', no), asked('a', 'approval.approve', approved('eve', NOW + HOUR))]
  for (const [i, state] of states.entries()) store.append([state], from(NOW + i), SERVER)
  const { requests } = drained(readLedger(store))
  const [only] = requests
  expect(only?.decision).toMatchObject({ outcome: 'approved', by: { key: 'eve' } })
  expect(only?.earlier.map(({ outcome, by }) => [outcome, by?.key])).toEqual([['rejected', 'bob']])
})

test('hostile values are read as what is not known', async () => {
  const { requests } = await read([
    asked('a', 'approval.approve', { decision: 'approved', approver: '__proto__', attributes: { duration_hours: '-4', decided_at: 'yesterday', expires_at: '0001-01-01T00:00:00Z' } }),
    asked('b', 'approval.approve', { decision: 'approved', approver: 'constructor', attributes: { duration_hours: 'NaN', decided_at: iso(NOW - HOUR) } }),
  ])
  expect(requests.map(({ hours, decision, grant }) => [hours, decision?.at ?? null, grant?.to ?? null])).toEqual([[null, null, null], [null, NOW - HOUR, null]])
})

test('sessions are those of connections with requests; commands without a session are laid to one by person, machine and time', async () => {
  const at = { actor: { name: 'Ann' }, machine: { id: 'agent-1', name: 'db-01' } }
  const begun = record('s', { ...at, category: 'session', action: 'session', session: 's1', durationMs: 30 * MINUTE, time: NOW + HOUR })
  const typed = (id: string, minutes: number, more: Fields = {}) => record(id, { ...at, category: 'command', action: 'execute', command: 'ls', time: NOW + HOUR + minutes * MINUTE, ...more })
  const apart = record('other', { ...at, category: 'command', action: 'execute', session: 's2', time: NOW + 3 * HOUR })
  const { visits } = await read([asked('a', 'approval.request'), begun, typed('x', 5), typed('y', 45), typed('z', 6, { actor: { name: 'bob' } }), apart])
  expect(visits.map(({ session, from, to, commands }) => [session, from, to, commands])).toEqual([
    ['s1', NOW + HOUR, NOW + HOUR + 30 * MINUTE, [NOW + HOUR + 5 * MINUTE]],
    ['s2', NOW + 3 * HOUR, null, [NOW + 3 * HOUR]],
  ])
  expect((await read([begun])).visits).toEqual([])
})
