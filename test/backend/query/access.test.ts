import { describe, expect, test } from 'vitest'
import type { Ask } from '../../../src/contract'
import type { AuditEvent } from '../../../src/domain'
import { Access, Sessions } from '../../../src/backend/query'
import type { ReadableStore, WritableStore } from '../../../src/backend/store'
import { event, FROM_FILE, NOW, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Bare = Partial<Omit<AuditEvent, 'key'>>

const server = { url: 'https://x', dialect: 'documented', account: { name: 'Ana', role: 'admin' }, signIn: { by: 'token' }, paused: false } as const

function kept(id: string, minute: number, fields: Bare) {
  const plain = event({ outcome: 'success', category: 'command', action: 'execute', actionRaw: 'command', actor: { name: 'ana' }, machine: { name: 'web-01' } })
  return { instance: 'org', stream: 'logs', id, event: { ...plain, time: NOW + minute * MINUTE, ...fields }, raw: Buffer.from(id + JSON.stringify(fields)), offset: 0 }
}

const session = (id: string, [minute, lasts]: [number, number], fields: Bare = {}) =>
  kept(`s-${id}`, minute, { category: 'session', action: 'session', actionRaw: 'closed', session: id, durationMs: lasts * MINUTE, client: 'Web Terminal', ip: '10.0.0.1', ...fields })

const time = (minute: number) => new Date(NOW + minute * MINUTE).toISOString()

/** A request of Ana for web-01, approved by Ben; minutes of approval, end and revocation. */
function request(id: string, [approved, expires, revoked]: [number | null, number | null, (number | null)?], fields: Bare = {}) {
  const stood = { approved_at: approved, expires_at: expires, revoked_at: revoked ?? null }
  const attributes = Object.fromEntries(Object.entries(stood).flatMap(([name, at]) => (at === null ? [] : [[name, time(at)]])))
  return kept(`r-${id}`, (approved ?? 0) - 5, {
    category: 'approval', action: 'approval.approve', actionRaw: 'approved', approval: id, approver: 'ben', scope: 'web-01, 2 h', justification: 'why', attributes, ...fields,
  })
}

function arrive(store: WritableStore, ...records: ReturnType<typeof kept>[]): WritableStore {
  store.append(records, { ...FROM_FILE, origin: 'request' }, { connection: 'org', kind: 'webxterm', server })
  return store
}

const held = async (...records: ReturnType<typeof kept>[]) => arrive(await writable(tempFolder()), ...records)

const filter = (more: Partial<Ask<'access.list'>> = {}): Ask<'access.list'> => ({
  range: null, text: '', person: null, machine: null, production: false, privileged: false, ungranted: false, first: false, order: 'last', descending: true,
  at: 0, count: 100, ...more,
})

const access = (store: ReadableStore) => new Access(store, new Sessions(store))
const listed = async (store: ReadableStore, more: Partial<Ask<'access.list'>> = {}) => access(store).list(filter(more))
const detail = async (store: ReadableStore, more: Partial<Ask<'access.detail'>> = {}) =>
  access(store).detail({ person: 'ana', machine: 'web-01', range: null, at: 0, count: 100, ...more })
const pairs = async (store: ReadableStore, more: Partial<Ask<'access.list'>>) =>
  (await listed(store, more)).rows.map(({ person, machine }) => `${person} ${machine}`)

describe('a row', () => {
  test('is one person on one machine, with all that was done there', async () => {
    const store = await held(
      session('one', [0, 30]),
      kept('c1', 5, { command: 'whoami' }),
      kept('c2', 6, { command: 'sudo reboot', outcome: 'failure' }),
      kept('f1', 7, { category: 'file', action: 'upload', actionRaw: 'upload' }),
      session('two', [120, 10], { actor: { name: 'ANA' } }),
    )
    const { rows, total, sums, people, machines, heldSince, unplaced } = await listed(store)
    expect(rows).toEqual([
      {
        person: 'ana', machine: 'web-01', first: NOW, last: NOW + 130 * MINUTE, accesses: 2, sessions: 2, commands: 2, sudo: 1, files: 1, isPrivileged: true, isProduction: false,
        isFirst: null, firstHeld: NOW, machineSince: NOW, granted: 0, ungranted: 0, approvers: [], isOwnApprover: false,
      },
    ])
    expect({ total, sums, people, machines, heldSince, unplaced }).toEqual({
      total: 1, sums: { people: 1, machines: 1, accesses: 2, privileged: 1, ungranted: 0, unknown: 2 }, people: ['ana'], machines: ['web-01'], heldSince: NOW, unplaced: 0,
    })
  })

  test('is not made of what shows nobody on a machine', async () => {
    const store = await held(
      kept('1', 0, { category: 'authentication', action: 'login', outcome: 'failure' }),
      { ...kept('2', 1, { category: 'authentication', action: 'login' }), event: { ...kept('2', 1, { category: 'authentication', action: 'login' }).event, machine: {} } },
      kept('3', 2, { category: 'session', action: 'connect', outcome: 'failure' }),
      kept('4', 3, { category: 'session', action: 'session_close' }),
      kept('5', 4, { category: 'sudo', action: 'authenticate', outcome: 'failure' }),
      kept('6', 5, { category: 'resource', action: 'machine_register' }),
      request('r', [0, 60]),
    )
    expect((await listed(store)).rows).toEqual([])
  })

  test('tells what nobody is named for', async () => {
    const bare = kept('1', 0, {})
    const { actor: _actor, ...nobody } = bare.event
    const store = await held({ ...bare, event: nobody })
    const { rows } = await listed(store)
    expect(rows.map(({ person, accesses }) => [person, accesses])).toEqual([[null, 1]])
    expect((await detail(store, { person: null })).query).toBe('-user:* machine:web-01')
  })

  test.each([
    ['sudo that ran', { category: 'sudo', action: 'sudo' }, true, 1],
    ['sudo that was refused', { category: 'sudo', action: 'sudo', outcome: 'failure' }, false, 1],
    ['a command as root', { command: 'id', onBehalf: 'root' }, true, 0],
    ['a command of root', { command: 'id', actor: { name: 'Root' } }, true, 0],
    ['a session of root', { category: 'session', action: 'connect', actor: { name: 'root' } }, true, 0],
    ['su', { command: 'su -' }, true, 0],
    ['sudo as a part of a word', { command: 'sudoku; cat su' }, false, 0],
  ] as const)('of %s is privileged: %s', async (...[, fields, isPrivileged, sudo]) => {
    const { rows } = await listed(await held(kept('1', 0, fields)))
    expect(rows.map((row) => [row.isPrivileged, row.sudo])).toEqual([[isPrivileged, sudo]])
  })
})

describe('accesses', () => {
  const shape = async (store: ReadableStore) =>
    (await detail(store)).entries.map(({ kind, from, to, commands }) => [kind, (from - NOW) / MINUTE, (to - NOW) / MINUTE, commands])

  test('without a session end where nothing is done for half an hour', async () => {
    const store = await held(kept('1', 0, {}), kept('2', 29, {}), kept('3', 59, {}), kept('4', 90, {}))
    expect(await shape(store)).toEqual([['work', 90, 90, 1], ['work', 0, 59, 3]])
  })

  test('are the sessions, and take in what is done in them', async () => {
    const store = await held(kept('0', -1, {}), session('one', [0, 30]), kept('1', 15, {}), kept('2', 31, {}), kept('3', 32, {}), session('two', [20, 60]), kept('4', 40, {}))
    expect(await shape(store)).toEqual([['session', 20, 80, 3], ['session', 0, 30, 2]])
  })

  test('last as long as something is done where nothing says that they ended', async () => {
    const open = kept('s-one', 0, { category: 'session', action: 'session', actionRaw: 'active', session: 'one' })
    const store = await held(open, kept('1', 25, {}), kept('2', 50, {}), kept('3', 90, {}))
    expect(await shape(store)).toEqual([['work', 90, 90, 1], ['session', 0, 50, 2]])
  })

  test('are the sign-ins past the sessions as well', async () => {
    const login = { category: 'authentication', action: 'login', durationMs: 10 * MINUTE } as const
    const store = await held(session('one', [0, 30]), kept('1', 5, login), kept('2', 90, login), kept('3', 95, {}))
    expect(await shape(store)).toEqual([['sign-in', 90, 100, 1], ['sign-in', 5, 15, 0], ['session', 0, 30, 0]])
  })

  test('name their first event, and what leads on', async () => {
    const store = await held(session('one', [0, 30]), kept('1', 5, {}), kept('2', 60, { ip: '10.0.0.9', client: 'cli' }))
    const { entries, query, total, row } = await detail(store)
    expect(entries.map(({ key, session: id, ip, client }) => [key, typeof id, ip, client])).toEqual([
      ['webxterm:org:logs:2', 'object', '10.0.0.9', 'cli'],
      ['webxterm:org:logs:s-one', 'string', '10.0.0.1', 'Web Terminal'],
    ])
    expect({ query, total, accesses: row.accesses }).toEqual({ query: 'user:ana machine:web-01', total: 2, accesses: 2 })
    expect((await detail(store, { at: 1, count: 1 })).entries.map(({ from }) => from)).toEqual([NOW])
    expect((await new Sessions(store).detail(entries[1]?.session ?? '')).session.session).toBe('one')
  })

  test('are looked for by names in any case', async () => {
    const store = await held(kept('1', 0, {}))
    expect((await detail(store, { person: 'ANA', machine: 'Web-01' })).total).toBe(1)
    await expect(detail(store, { person: 'ben' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(detail(store, { range: { from: NOW + 1, to: NOW + 2 } })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('grants', () => {
  const grants = async (...records: ReturnType<typeof kept>[]) => {
    const { entries, row } = await detail(await held(...records))
    return { row, of: entries.map(({ grant }) => (typeof grant === 'string' ? grant : grant.request)).toReversed() }
  }

  test('stand from their approval up to their end', async () => {
    const { of, row } = await grants(request('r1', [0, 60]), session('a', [-1, 0]), session('b', [0, 0]), session('c', [59, 0]), session('d', [60, 0]))
    expect(of).toEqual(['none', 'r1', 'r1', 'none'])
    expect([row.granted, row.ungranted, row.approvers, row.isOwnApprover]).toEqual([2, 2, [{ name: 'ben', accesses: 2 }], false])
  })

  test('end when they are revoked, and without an end never', async () => {
    expect((await grants(request('r1', [0, 60, 30]), session('a', [29, 0]), session('b', [31, 0]))).of).toEqual(['r1', 'none'])
    expect((await grants(request('r1', [0, null]), session('a', [1e6, 0]))).of).toEqual(['r1'])
  })

  test('were approved', async () => {
    expect((await grants(request('r1', [null, 60]), session('a', [10, 0]))).of).toEqual(['none'])
  })

  test('are those of the person, by any of the names, and of the machine', async () => {
    const other = { actor: { name: 'ben' } }
    expect((await grants(request('r1', [0, 60], other), session('a', [10, 0]))).of).toEqual(['none'])
    expect((await grants(request('r1', [0, 60], { actor: { id: '7', email: 'ANA' } }), session('a', [10, 0]))).of).toEqual(['r1'])
    expect((await grants(request('r1', [0, 60], { machine: { name: 'db-01' } }), session('a', [10, 0]))).of).toEqual(['unknown'])
  })

  test('are those that the session names, whenever they were', async () => {
    const store = await held(request('r1', [0, 10]), session('a', [60, 0], { approval: 'r1' }), session('b', [70, 0], { approval: 'gone' }))
    const { entries } = await detail(store)
    expect(entries.map(({ grant }) => grant)).toEqual([
      { request: 'gone', approver: null, from: null, to: null, scope: null, justification: null, key: null, isNamed: true },
      { request: 'r1', approver: 'ben', from: NOW, to: NOW + 10 * MINUTE, scope: 'web-01, 2 h', justification: 'why', key: 'webxterm:org:logs:r-r1', isNamed: true },
    ])
  })

  test('of one person by that person are told', async () => {
    const { row } = await grants(request('r1', [0, 60], { approver: 'Ana' }), session('a', [10, 0]))
    expect(row.isOwnApprover).toBe(true)
  })

  test('of another server are none', async () => {
    const store = await held(session('a', [10, 0]))
    store.append([request('r1', [0, 60])], { ...FROM_FILE, origin: 'request' }, { connection: 'other', kind: 'webxterm', server })
    expect((await detail(store)).entries.map(({ grant }) => grant)).toEqual(['unknown'])
  })
})

describe('the list', () => {
  const many = async () => {
    const store = await held(
      session('a', [0, 30]),
      session('b', [600, 30], { machine: { name: 'db-prod-1' } }),
      kept('b1', 610, { command: 'sudo ls', machine: { name: 'db-prod-1' } }),
      session('c', [300, 10], { actor: { name: 'zoe' }, machine: { name: 'db-prod-1' } }),
      session('d', [700, 10]),
      request('r1', [690, 800]),
    )
    return store
  }

  test('is narrowed by what a person chooses', async () => {
    const store = await many()
    expect(await pairs(store, {})).toEqual(['ana web-01', 'ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { person: 'Zoe' })).toEqual(['zoe db-prod-1'])
    expect(await pairs(store, { machine: 'web-01' })).toEqual(['ana web-01'])
    expect(await pairs(store, { production: true })).toEqual(['ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { privileged: true })).toEqual(['ana db-prod-1'])
    expect(await pairs(store, { ungranted: true })).toEqual(['ana web-01'])
    expect(await pairs(store, { text: 'BEN' })).toEqual(['ana web-01'])
    expect(await pairs(store, { text: 'db-' })).toEqual(['ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { first: true })).toEqual([])
  })

  test('tells of a time only what reaches into it, and what was the first', async () => {
    const store = await many()
    const range = { from: NOW + 299 * MINUTE, to: NOW + 650 * MINUTE }
    expect(await pairs(store, { range, first: true })).toEqual(['ana db-prod-1', 'zoe db-prod-1'])
    const late = { from: NOW + 650 * MINUTE, to: NOW + 900 * MINUTE }
    const { rows } = await listed(store, { range: late })
    expect(rows.map(({ machine, accesses, granted, isFirst, firstHeld, first }) => [machine, accesses, granted, isFirst, firstHeld, first])).toEqual([
      ['web-01', 1, 1, false, NOW, NOW + 700 * MINUTE],
    ])
    expect(await pairs(store, { range: { from: NOW + 30 * MINUTE, to: NOW + 31 * MINUTE } })).toEqual(['ana web-01'])
    expect(await pairs(store, { range: { from: NOW + 30 * MINUTE + 1, to: NOW + 31 * MINUTE } })).toEqual([])
  })

  test('says from when on anything of the machine is held', async () => {
    const store = await many()
    arrive(store, kept('early', -HOUR / MINUTE, { category: 'resource', action: 'machine_register', machine: { name: 'DB-prod-1' } }))
    const { rows, heldSince } = await listed(store, { machine: 'db-prod-1' })
    expect(rows.map(({ machineSince }) => machineSince)).toEqual([NOW - HOUR, NOW - HOUR])
    expect(heldSince).toBe(NOW - HOUR)
  })

  test('comes in the order that is asked for, and a page at a time', async () => {
    const store = await many()
    expect(await pairs(store, { order: 'person', descending: false })).toEqual(['ana web-01', 'ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { order: 'machine', descending: true })).toEqual(['ana web-01', 'ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { order: 'first', descending: false })).toEqual(['ana web-01', 'zoe db-prod-1', 'ana db-prod-1'])
    expect(await pairs(store, { order: 'accesses' })).toEqual(['ana web-01', 'ana db-prod-1', 'zoe db-prod-1'])
    expect(await pairs(store, { order: 'sudo', descending: true, at: 0, count: 1 })).toEqual(['ana db-prod-1'])
    expect((await listed(store, { at: 2, count: 1 })).total).toBe(3)
    expect(await pairs(store, { at: 2, count: 1 })).toEqual(['zoe db-prod-1'])
  })

  test('follows what is held and what production is', async () => {
    const store = await many()
    const whole = access(store)
    expect((await whole.list(filter({ production: true }))).total).toBe(2)
    store.setSetting('production', 'web-*')
    expect((await whole.list(filter({ production: true }))).rows.map(({ machine }) => machine)).toEqual(['web-01'])
    arrive(store, kept('new', 2000, { actor: { name: 'kim' } }))
    expect((await whole.list(filter({ production: true }))).rows.map(({ person }) => person)).toEqual(['kim', 'ana'])
  })

  test('is told while events keep coming', async () => {
    const store = await many()
    const whole = access(store)
    await whole.list(filter())
    let arrived = 0
    const stop = setInterval(() => arrive(store, kept(`more-${arrived}`, 3000 + arrived++, { actor: { name: `m${arrived}` } })), 0)
    const { total } = await whole.list(filter())
    clearInterval(stop)
    expect(total).toBeGreaterThanOrEqual(3)
    expect((await whole.list(filter({ count: 1000 }))).total).toBe(3 + arrived)
  })
})

test('one sign-in that a log tells of twice is one access', async () => {
  const store = await writable(tempFolder())
  const login = { actor: { name: 'ana' }, machine: { name: 'web-1' }, outcome: 'success' } as const
  const line = (id: string, second: number, fields: Bare) => ({ ...kept(id, 0, { ...login, ...fields, time: NOW + second * 1000 }), stream: 'auth' })
  store.append(
    [
      line('1', 0, { category: 'authentication', action: 'login', attributes: { program: 'sshd', pid: '77' } }),
      line('2', 1, { category: 'session', action: 'session_open', attributes: { program: 'sshd', pid: '77' } }),
      line('3', 2, { category: 'session', action: 'session_start', session: '12', attributes: { program: 'systemd-logind', pid: '5' } }),
      line('4', 60, { category: 'sudo', action: 'sudo', onBehalf: 'root', command: '/bin/ls', attributes: { program: 'sudo' } }),
      line('5', 90, { category: 'session', action: 'session_close', attributes: { program: 'sshd', pid: '77' } }),
      line('6', 95, { category: 'session', action: 'session_open', actor: { name: 'root' }, attributes: { program: 'CRON', pid: '9' } }),
    ],
    FROM_FILE,
    { connection: 'auth.log', kind: 'sshd' },
  )
  const { rows } = await listed(store)
  expect(rows.map(({ person, accesses, sessions, sudo, isPrivileged }) => [person, accesses, sessions, sudo, isPrivileged])).toEqual([['ana', 1, 1, 1, true]])
})
