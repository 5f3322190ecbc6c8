import { describe, expect, test } from 'vitest'
import { Sessions } from '../../../src/backend/query'
import type { ReadableStore, RecordingFacts, WritableStore } from '../../../src/backend/store'
import type { Ask, SessionRow } from '../../../src/contract'
import type { AuditEvent } from '../../../src/domain'
import { aRecording, IMPORTED } from '../store/a-recording'
import { add, event, FROM_FILE, NOW, record, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

const MINUTE = 60_000

const ask = (more: Partial<Ask<'session.list'>> = {}): Ask<'session.list'> => ({
  mine: false, text: '', user: null, machine: null, range: null, recorded: false, at: 0, count: 100, ...more,
})

type Bare = Partial<Omit<AuditEvent, 'key'>>

/** A record of a server with session ids. */
function kept(id: string, minute: number, fields: Bare) {
  const plain = event({ outcome: 'success', category: 'command', action: 'execute', actionRaw: 'command', actor: { name: 'ana' }, machine: { kind: 'machine', name: 'web-01' } })
  return { instance: 'org', stream: 'logs', id, event: { ...plain, time: NOW + minute * MINUTE, ...fields }, raw: Buffer.from(id + JSON.stringify(fields)), offset: 0 }
}

const account = { name: 'Ana', role: 'user' }
const server = { url: 'https://x', dialect: 'documented', account, signIn: { by: 'token' }, paused: false } as const

function arrive(store: WritableStore, records: ReturnType<typeof kept>[]) {
  return store.append(records, { ...FROM_FILE, origin: 'request' }, { connection: 'org', kind: 'webxterm', server })
}

const closed = (id: string, [session, minute, lasts]: [string, number, number], fields: Bare = {}) =>
  kept(id, minute, { category: 'session', action: 'session', actionRaw: 'closed', session, durationMs: lasts * MINUTE, client: 'Web Terminal', ip: '10.0.0.1', ...fields })

/** Keeps recordings, of the same connection unless told. */
function recorded(store: WritableStore, ...rows: (Partial<RecordingFacts> & { connection?: string })[]): WritableStore {
  for (const { connection = 'org', ...facts } of rows) {
    const keeper = connection === 'org' ? { name: 'org', kind: 'webxterm' } : IMPORTED
    const { facts: own, files } = aRecording({ 'a.cast': JSON.stringify(facts) }, facts)
    store.keepRecordings({ ...keeper, name: connection }, [own], files)
  }
  return store
}

const listed = async (store: ReadableStore, more: Partial<Ask<'session.list'>> = {}) => new Sessions(store).list(ask(more))
const names = (rows: SessionRow[]) => rows.map(({ session }) => session)

async function work() {
  const store = await writable(tempFolder())
  arrive(store, [
    closed('s1', ['ws-1', 0, 30]),
    kept('c1', 5, { session: 'ws-1', command: 'whoami' }),
    kept('c2', 6, { session: 'ws-1', command: 'sudo cat /etc/shadow', outcome: 'failure' }),
    kept('f1', 7, { session: 'ws-1', category: 'file', action: 'upload', actionRaw: 'upload' }),
    closed('s2', ['ws-2', 60, 10], { actor: { name: 'ben' }, machine: { kind: 'machine', name: 'db-01' } }),
    kept('c3', 61, { session: 'ws-2', command: 'psql', actor: { name: 'ben' }, machine: { kind: 'machine', name: 'db-01' } }),
    kept('x', 90, { command: 'of no session' }),
  ])
  return store
}

describe('a session', () => {
  test('is what its events say together', async () => {
    const store = await work()
    const { rows, total, users, machines, me } = await listed(store)
    expect({ total, users, machines, me }).toEqual({ total: 2, users: ['ana', 'ben'], machines: ['db-01', 'web-01'], me: ['Ana'] })
    expect(names(rows)).toEqual(['ws-2', 'ws-1'])
    expect(rows[1]).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/), connection: 'org', session: 'ws-1', kind: 'terminal', user: 'ana', machine: 'web-01', client: 'Web Terminal',
      ip: '10.0.0.1', from: NOW, to: NOW + 30 * MINUTE, last: NOW + 30 * MINUTE, state: 'ended', events: 4, commands: 2, failures: 1, sudo: 1, files: 1,
      approval: null, recordings: [],
      marks: [
        { at: NOW + 5 * MINUTE, kind: 'command', failed: false },
        { at: NOW + 6 * MINUTE, kind: 'sudo', failed: true },
        { at: NOW + 7 * MINUTE, kind: 'file', failed: false },
      ],
    })
  })

  test('is open while its record says so, and of unknown end where none does', async () => {
    const store = await writable(tempFolder())
    arrive(store, [
      kept('a', 0, { category: 'session', action: 'session', actionRaw: 'active', session: 'live' }),
      kept('b', 1, { session: 'bare', command: 'ls' }),
    ])
    const { rows } = await listed(store)
    expect(rows.map(({ session, state, to, last }) => ({ session, state, to, last }))).toEqual([
      { session: 'bare', state: 'unknown', to: null, last: NOW + MINUTE },
      { session: 'live', state: 'open', to: null, last: NOW },
    ])
  })

  test('tells who granted it, and is work then', async () => {
    const store = await writable(tempFolder())
    arrive(store, [kept('g', 0, { category: 'approval', action: 'approve', actionRaw: 'approve', session: 'w', approval: 'apr-7', approver: 'mia', decision: 'approved', justification: 'deploy', scope: 'web-01' })])
    const sessions = new Sessions(store)
    const [row] = (await sessions.list(ask())).rows
    expect(row).toMatchObject({ kind: 'work', approval: 'apr-7', marks: [{ kind: 'grant' }] })
    expect((await sessions.detail(row?.id ?? '')).grant).toEqual({ request: 'apr-7', approver: 'mia', decision: 'approved', justification: 'deploy', scope: 'web-01' })
  })
})

describe('the list', () => {
  test.each([
    ['user', { user: 'ben' }, ['ws-2']],
    ['machine', { machine: 'web-01' }, ['ws-1']],
    ['own account', { mine: true }, ['ws-1']],
    ['a range that it reaches into', { range: { from: NOW + 29 * MINUTE, to: NOW + 31 * MINUTE } }, ['ws-1']],
    ['a range before', { range: { from: NOW - 10, to: NOW } }, []],
    ['text of a command', { text: 'SHADOW' }, ['ws-1']],
    ['text of its name', { text: 'ws-' }, ['ws-2', 'ws-1']],
    ['text of a machine', { text: 'db-' }, ['ws-2']],
    ['text of nothing', { text: 'nowhere' }, []],
    ['recordings', { recorded: true }, []],
    ['place', { at: 1, count: 1 }, ['ws-1']],
  ])('filters by %s', async (_what, more, expected) => {
    const { rows } = await listed(await work(), more)
    expect(names(rows)).toEqual(expected)
  })

  test('calls mine what the names in the settings did', async () => {
    const store = await work()
    store.setSetting('me', 'nobody, BEN')
    expect(names((await listed(store, { mine: true })).rows)).toEqual(['ws-2', 'ws-1'])
  })

  test('follows the store: new events, a changed state, a removed connection', async () => {
    const store = await work()
    const sessions = new Sessions(store)
    const before = await sessions.list(ask())
    arrive(store, [kept('c9', 65, { session: 'ws-2', command: 'exit' }), kept('o', 70, { category: 'session', action: 'session', actionRaw: 'active', session: 'ws-3' })])
    const after = await sessions.list(ask())
    expect(after.rows.map(({ session, commands, state }) => [session, commands, state])).toEqual([['ws-3', 0, 'open'], ['ws-2', 2, 'ended'], ['ws-1', 2, 'ended']])
    expect(after.rows[2]?.id).toBe(before.rows[1]?.id)
    arrive(store, [closed('o', ['ws-3', 70, 5]), kept('early', -5, { session: 'ws-0', command: 'ls' })])
    expect((await sessions.list(ask())).rows.map(({ session, state }) => [session, state])).toEqual([['ws-3', 'ended'], ['ws-2', 'ended'], ['ws-1', 'ended'], ['ws-0', 'unknown']])
    await store.remove('org', true)
    expect((await sessions.list(ask())).total).toBe(0)
  })

  test('takes two askers at once', async () => {
    const sessions = new Sessions(await work())
    const [a, b] = await Promise.all([sessions.list(ask()), sessions.list(ask())])
    expect([a.total, b.total, a.rows[1]?.commands]).toEqual([2, 2, 2])
  })
})

describe('a recording', () => {
  test('belongs to the session that it names, of another connection too', async () => {
    const store = recorded(await work(), { session: 'ws-1', start: NOW }, { session: 'ws-2', connection: 'files' })
    expect((await listed(store)).rows.map(({ session, recordings }) => [session, recordings.map(({ connection }) => connection)])).toEqual([['ws-2', ['files']], ['ws-1', ['org']]])
    expect(names((await listed(store, { recorded: true })).rows)).toEqual(['ws-2', 'ws-1'])
  })

  test('is a session of its own where nothing fits', async () => {
    const start = NOW + 1000 * MINUTE
    const store = recorded(
      await work(),
      { session: 'ws-1', user: 'somebody else', start },
      { session: 'ws-2', start: NOW - 5000 * MINUTE },
      { title: 'deploy', start, durationMs: 500, user: 'cy', machine: 'm' },
      { title: 'when?' },
    )
    const { rows } = await listed(store)
    expect(names(rows).toSorted()).toEqual(['deploy', 'when?', 'ws-1', 'ws-1', 'ws-2', 'ws-2'])
    expect(rows.find(({ session }) => session === 'deploy')).toMatchObject({ from: start, to: start + 500, state: 'ended', user: 'cy', machine: 'm', events: 0 })
    expect(rows.at(-1)).toMatchObject({ session: 'when?', from: null, to: null })
    const [deploy] = (await listed(store, { text: 'deploy' })).rows
    expect(await new Sessions(store).detail(deploy?.id ?? '')).toMatchObject({ rows: [], total: 0, query: '' })
  })
})

describe('the page of a session', () => {
  test('tells of the grant that stood on its machine when it began, though neither names the other', async () => {
    const store = await work()
    const at = (minute: number) => new Date(NOW + minute * MINUTE).toISOString()
    const request = (id: string, minute: number, fields: Bare) =>
      kept(id, minute, { category: 'approval', action: 'approval.approve', approval: id, approver: `by ${id}`, decision: 'approved', ...fields })
    arrive(store, [
      request('never-decided', -2, { attributes: {} }),
      request('ran-out', -300, { attributes: { approved_at: at(-290), expires_at: at(-1) } }),
      request('no-end', -500, { attributes: { approved_at: at(-400), expires_at: '0001-01-01T00:00:00Z' } }),
      request('revoked', -100, { attributes: { approved_at: at(-90), revoked_at: at(-10) } }),
      request('later', -4, { attributes: { approved_at: at(2) } }),
      request('elsewhere', -3, { attributes: { approved_at: at(-3) }, machine: { kind: 'machine', name: 'db-01' } }),
    ])
    const sessions = new Sessions(store)
    const { rows } = await sessions.list(ask({ text: 'ws-' }))
    const grants = await Promise.all(rows.map(async ({ id, session }) => [session, (await sessions.detail(id)).grant?.request ?? null]))
    expect(new Map(grants as [string, string | null][])).toEqual(new Map([['ws-2', null], ['ws-1', 'no-end']]))
  })

  test('has its events in time order and the query for them', async () => {
    const sessions = new Sessions(await work())
    const { rows } = await sessions.list(ask({ user: 'ana' }))
    const detail = await sessions.detail(rows[0]?.id ?? '')
    expect(detail).toMatchObject({ total: 4, query: 'connection:org session:ws-1', grant: null })
    expect(detail.rows.map(({ key }) => key.split(':').at(-1))).toEqual(['s1', 'c1', 'c2', 'f1'])
  })

  test('tells of commands of its user on its machine in its time, where none names it', async () => {
    const store = await work()
    recorded(store, { title: 'late', start: NOW + 2000 * MINUTE, durationMs: 600_000, user: 'ana', machine: 'web-01' })
    const by = { actor: { name: 'ana' }, machine: { kind: 'machine', name: 'web-01' } }
    arrive(store, [kept('near', 2003, { ...by, command: 'ls' }), kept('far', 2030, { ...by, command: 'ls' }), kept('else', 2004, { ...by, machine: { kind: 'machine', name: 'db-01' }, command: 'ls' })])
    const sessions = new Sessions(store)
    const { rows } = await sessions.list(ask({ user: 'ana' }))
    const nearby = await Promise.all(rows.map(async ({ id, session }) => [session, (await sessions.detail(id)).nearby]))
    expect(nearby).toEqual([['late', 1], ['ws-1', 0]])
  })

  test('of no session is refused', async () => {
    await expect(new Sessions(await work()).detail('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('sign-ins of a log', () => {
  const line = (id: string, [minute, pid]: [number, string], fields: Bare) =>
    record(id, { time: NOW + minute * MINUTE, category: 'session', outcome: 'success', actor: { name: 'root' }, machine: { kind: 'host', name: 'h1' }, attributes: { pid, program: 'sshd' }, ...fields })

  test('are what one process did, apart by host and by life', async () => {
    const store = await writable(tempFolder())
    add(store, [
      line('a', [0, '7'], { category: 'authentication', action: 'login', actionRaw: 'Accepted publickey', ip: '10.0.0.9' }),
      line('b', [0.01, '7'], { action: 'session_open', actionRaw: 'session opened' }),
      line('c', [20, '7'], { action: 'session_close', actionRaw: 'session closed' }),
      line('d', [20.01, '7'], { action: 'disconnect', actionRaw: 'Disconnected from' }),
      line('e', [40, '7'], { action: 'session_open', actionRaw: 'session opened' }),
      line('f', [41, '7'], { action: 'session_open', actionRaw: 'session opened', machine: { kind: 'host', name: 'h2' } }),
      line('g', [42, '8'], { action: 'disconnect', actionRaw: 'Connection closed by' }),
      line('h', [43, '9'], { category: 'authentication', action: 'login', outcome: 'failure' }),
      line('i', [44, '10'], { action: 'session_open', actionRaw: 'session opened', attributes: { pid: '10', program: 'CRON' } }),
    ])
    const sessions = new Sessions(store)
    const { rows } = await sessions.list(ask())
    expect(rows.map(({ session, machine, state, events, kind }) => [session, machine, state, events, kind])).toEqual([
      ['sshd[7]', 'h2', 'unknown', 1, 'login'],
      ['sshd[7]', 'h1', 'unknown', 1, 'login'],
      ['sshd[7]', 'h1', 'ended', 4, 'login'],
    ])
    const first = rows.at(-1)
    expect([first?.from, first?.to, first?.ip]).toEqual([NOW, NOW + 20 * MINUTE, '10.0.0.9'])
    const detail = await sessions.detail(first?.id ?? '')
    expect(detail.rows.map(({ key }) => key.split(':').at(-1))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('with numbers that a restart gives again are two', async () => {
    const store = await writable(tempFolder())
    add(store, [
      line('a', [0, '1'], { action: 'session_start', session: '3' }),
      line('b', [5, '1'], { action: 'session_end', session: '3' }),
      line('c', [60, '1'], { action: 'session_start', session: '3' }),
    ])
    const { rows } = await listed(store)
    expect(rows.map(({ session, state, to }) => [session, state, to])).toEqual([['3', 'unknown', null], ['3', 'ended', NOW + 5 * MINUTE]])
    expect(rows[0]?.id).not.toBe(rows[1]?.id)
  })
})
