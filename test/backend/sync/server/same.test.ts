import { describe, expect, test } from 'vitest'
import { storeView } from '../../../../src/backend/query/view'
import { DIALECTS, type Dialect } from '../../../../src/sample'
import { bring, keyOf } from '../../store/a-server'
import { ALL, ids } from '../../store/a-store'
import { connected } from './a-sync'
import { HOUR, machine, NOON, ownServer, reading, type OwnServer, type Row } from './own-server'

const AT = NOON - HOUR
const COMMAND = 'sudo systemctl restart "nginx" && echo é'

/** A command as the audit tells it; the server dialect tells it as a request, whose body is a secret. */
function listed(dialect: Dialect, id: string, { time = AT, command = COMMAND } = {}): Row {
  const shared = { id, timestamp: new Date(time).toISOString(), username: 'ana', user_id: 'u1' }
  const endpoint = '/api/machines/m1/command'
  const asRequest = { action: 'create', resource_type: 'machine', method: 'POST', endpoint, request_body: { command }, response_status: 200 }
  const asFact = { action: 'command_executed', resource: 'machine:m1', command, status: 'success' }
  return { time, text: JSON.stringify({ ...shared, ...(dialect === 'server' ? asRequest : asFact) }) }
}

function logged(id: string, { time = AT + 800, command = COMMAND, username = 'ana' } = {}): Row {
  return { time, text: JSON.stringify({ id, timestamp: new Date(time).toISOString(), username, command, success: true, session_id: 's1' }) }
}

const machines = () => new Map([machine('m1'), machine('m2')])

describe.each(DIALECTS)('a command of a server that speaks %s', (dialect) => {
  const ORDERS = [
    ['the audit', (own: OwnServer) => own.audit.push(listed(dialect, 'a')), (own: OwnServer) => own.logs.set('m1', [logged('l')])],
    ['the log of the machine', (own: OwnServer) => own.logs.set('m1', [logged('l')]), (own: OwnServer) => own.audit.push(listed(dialect, 'a'))],
  ] as const

  test.each(ORDERS)('that first came in %s is linked to its other record when that comes, and counted once', async (_, first, second) => {
    const own = await ownServer(dialect, { machines: machines() })
    const { store, sync } = await reading(own)
    const shown = () => ids(store, storeView({ query: '', range: null, order: 'asc' }))
    first(own)
    await sync()
    expect(shown()).toHaveLength(1)
    second(own)
    await sync()
    const [inAudit, inLog] = [`webxterm:acme:audit:a`, `webxterm:acme:logs/m1:l`]
    expect([ids(store), shown()]).toEqual([['a', 'l'], ['l']])
    expect(store.count({ ...ALL, companions: false })).toEqual({ rows: 1, weighted: 1 })
    expect(store.find(inLog)?.event).toMatchObject({ command: COMMAND, links: [{ key: inAudit, relation: 'same' }] })
    expect(store.find(inAudit)?.event).toMatchObject({ companion: true, links: [{ key: inLog, relation: 'same' }] })
    expect(ids(store, storeView({ query: 'is:companion', range: null, order: 'asc' }))).toEqual(['a'])
    // A later look changes nothing.
    await sync()
    expect(shown()).toEqual(['l'])
  })

  test('that came in both at once is linked; others are not', async () => {
    const own = await ownServer(dialect, { machines: machines() })
    own.audit = [listed(dialect, 'a'), listed(dialect, 'late', { time: AT + 10_000 }), listed(dialect, 'else', { command: 'id' })]
    own.logs.set('m1', [logged('l'), logged('other', { username: 'bo' }), logged('far', { time: AT + 12_001 })])
    own.logs.set('m2', [logged('elsewhere')])
    const { store, sync } = await reading(own)
    await sync()
    expect(ids(store, storeView({ query: 'is:companion', range: null, order: 'asc' }))).toEqual(['a'])
    expect(store.count({ ...ALL, companions: false }).rows).toBe(6)
  })
})

test('commands that a sync held and did not come to link are linked by the next', async () => {
  const own = await ownServer('documented', { machines: machines() })
  const { store, sync } = await reading(own)
  const ran = { category: 'command' as const, command: COMMAND, actor: { name: 'ana' }, machine: { id: 'm1' }, time: AT }
  bring(store, [{ id: 'a', fields: ran }, { id: 'l', stream: 'logs/m1', fields: ran }], { connection: 'acme' })
  expect(store.find(keyOf('a'))?.event).not.toHaveProperty('links')
  await sync()
  expect(store.find(keyOf('a'))?.event).toMatchObject({ companion: true, links: [{ key: keyOf('l', 'logs/m1'), relation: 'same' }] })
})

test.each(DIALECTS)('every command in the audit of a sample that speaks %s is counted once where the log of its machine is held', async (dialect) => {
  const { store, sync } = await connected({ dialect, events: 1500 })
  await sync()
  const inAudit = store.records(ALL, 0, store.length(ALL)).filter(({ event }) => event.key.includes(':audit:') && event.category === 'command')
  const expected = inAudit.filter(({ event: { machine: where, time } }) => {
    const oldest = store.oldestIn({ connection: 'acme', stream: `logs/${where?.id}` })
    return oldest !== null && time > oldest
  })
  expect(expected.length).toBeGreaterThan(0)
  for (const { event } of expected) {
    expect(event).toMatchObject({ companion: true, links: [{ relation: 'same' }] })
    const other = store.find(event.links?.[0]?.key ?? '')?.event
    expect(other).toMatchObject({ machine: { id: event.machine?.id }, actor: { name: event.actor?.name }, links: [{ key: event.key }] })
    expect(Math.abs((other?.time ?? 0) - event.time)).toBeLessThanOrEqual(2000)
    if (event.command !== undefined) expect(other?.command).toBe(event.command)
  }
})
