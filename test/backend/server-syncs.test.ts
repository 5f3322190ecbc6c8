import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SyncJob } from '../../src/contract'
import { SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { connectServer, syncServers } from '../../src/backend/sync'
import { testPorts } from '../ports'
import { aBackend, addressOf, aSample, begun, connectedByToken, connectionNamed, endOf, NOON, signedIn, synced, type ServedBackend, when } from './a-server-backend'
import { difference } from './sync/server/a-sync'
import { writable } from './store/a-store'
import { tempFolder } from './temp-folder'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const VIEW = { query: '', range: null, order: 'desc' as const }
const MIRA = 'mira.holt@fernhill.test'

/** Ids of the records that are held, by list and machine. */
async function heldKeys({ ask }: ServedBackend): Promise<Set<string>> {
  const view = { ...VIEW, query: 'is:companion' }
  const all = await Promise.all([VIEW, view].map((asked) => ask('timeline.rows', { view: asked, at: 0, count: 1000 })))
  return new Set(all.flatMap(({ rows }) => rows.map(({ key }) => key.split(':').slice(2).join(':'))))
}

/** The sample's records as they are named in keys. */
function givenKeys(sample: Awaited<ReturnType<typeof aSample>>, until: number, role: keyof typeof sample.tokens = 'super_admin'): Set<string> {
  const lists = sample.lists(sample.tokens[role]).filter(({ time }) => time < until)
  return new Set(lists.map(({ stream, machine, id }) => (machine === undefined ? `${stream}:${id}` : `${stream}/${machine}:${id}`)))
}

const lacking = (wanted: Set<string>, held: Set<string>) => [...wanted].filter((key) => !held.has(key))

describe('a sync', () => {
  test('tells how far it is, and ends with all that it said', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    expect(await served.ask('sync.jobs', {})).toEqual([])
    const end = endOf(served, 'acme')
    expect(await served.ask('sync.start', { connection: 'acme' })).toEqual({ started: ['acme'] })
    expect(await served.ask('sync.jobs', {})).toMatchObject([{ connection: 'acme', state: 'running', endedAt: null, fault: null }])
    // A second wish while it runs is the same sync.
    expect(await served.ask('sync.start', {})).toEqual({ started: ['acme'] })
    const last = await end
    expect(last).toMatchObject({ state: 'done', fault: null, reading: null, endedAt: NOON, leftMs: null, waitingUntil: null })
    expect(await served.ask('sync.jobs', {})).toEqual([last])
    for (const [i, job] of served.told.entries()) {
      expect(job.recordsDone).toBeLessThanOrEqual(job.recordsTotal ?? Infinity)
      expect(job.recordsDone).toBeGreaterThanOrEqual(served.told[i - 1]?.recordsDone ?? 0)
    }
    expect(served.told.filter(({ state }) => state !== 'running')).toHaveLength(1)
    expect(last.recordsDone).toBe(last.recordsTotal)
    const { held, companions } = await served.ask('workspace.summary', {})
    expect(last.streams.reduce((sum, { added }) => sum + added, 0)).toBe(held + companions)
    expect(last.streams.every(({ status }) => status === 'ok' || status === 'partial')).toBe(true)
    expect(last.budget.spent).toBeGreaterThanOrEqual(last.requests)
    expect(lacking(givenKeys(sample, NOON), await heldKeys(served))).toEqual([])
    expect(served.errors).toEqual([])
  })

  test('that is cancelled keeps what it read, and the next one finishes', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    const { ended } = await begun(served, 'acme')
    await served.ask('sync.cancel', { connection: 'acme' })
    expect(await ended).toMatchObject({ state: 'cancelled', fault: null })
    const { held } = await served.ask('workspace.summary', {})
    expect(held).toBeGreaterThan(0)
    expect(held).toBeLessThan(600)
    // Nothing is under way: cancelling that is no mistake.
    await served.ask('sync.cancel', { connection: 'acme' })
    expect(await synced(served, 'acme')).toMatchObject({ state: 'done', fault: null })
    expect(lacking(givenKeys(sample, NOON), await heldKeys(served))).toEqual([])
  })

  test('of several connections goes on at once, each to its own end', async () => {
    const [served, one, two] = [await aBackend(), await aSample({ events: 300 }), await aSample({ events: 300, seed: 8, dialect: 'server' })]
    await connectedByToken(served, one, { name: 'one' })
    await connectedByToken(served, two, { name: 'two' })
    const ends = [endOf(served, 'one'), endOf(served, 'two')]
    expect(await served.ask('sync.start', {})).toEqual({ started: ['one', 'two'] })
    expect((await served.ask('sync.jobs', {})).map(({ state }) => state)).toEqual(['running', 'running'])
    expect((await Promise.all(ends)).map(({ state, fault }) => [state, fault])).toEqual([['done', null], ['done', null]])
    const held = await heldKeys(served)
    expect(lacking(givenKeys(one, NOON), held)).toEqual([])
    expect(lacking(givenKeys(two, NOON), held)).toEqual([])
  })
})

describe('a server', () => {
  test('that goes away in the midst of a sync fails it in one sentence; back again, the next one finishes', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    const { ended } = await begun(served, 'acme')
    await sample.close()
    const failed = await ended
    expect(failed).toMatchObject({ state: 'failed', fault: { code: 'unreachable' } })
    expect(failed.fault?.message).toMatch(/^[^\n]*127\.0\.0\.1:\d+[^\n.]*\.$/)
    const { held } = await served.ask('workspace.summary', {})
    expect(held).toBeGreaterThan(0)
    const counted = await served.ask('timeline.count', { view: VIEW })
    expect(counted.rows).toBe(held)
    expect(counted.coverage).not.toBe('complete')
    const range = { from: NOON - 240 * HOUR, to: NOON }
    const { streams } = await connectionNamed(served, 'acme')
    for (const { stream } of streams.slice(1)) {
      const states = (await served.ask('coverage.ranges', { range })).filter((entry) => entry.stream === stream).map(({ state }) => state)
      expect([stream, states]).toEqual([stream, ['not-asked']])
    }
    expect((await connectionNamed(served, 'acme')).streams[0]).toMatchObject({ stream: 'audit' })
    expect(served.errors).toEqual([])

    const again = await aSample({ port: Number(new URL(sample.url).port) })
    expect(await synced(served, 'acme')).toMatchObject({ state: 'done', fault: null })
    expect(lacking(givenKeys(again, NOON), await heldKeys(served))).toEqual([])
  })
})

describe('what an account may not see', () => {
  const stateOf = async ({ ask }: ServedBackend, stream: string) =>
    (await ask('coverage.ranges', { range: { from: NOON - 48 * HOUR, to: NOON - 24 * HOUR } })).find((range) => range.stream === stream)?.state

  test('is told of a plain user: no audit, but the machines that are hers', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    const { ask } = served
    const done = await signedIn(served, sample, { user: 'tess.moreau@fernhill.test' })
    expect(done.server.streams[0]).toEqual({ stream: 'audit', label: 'audit', status: 'not-visible' })
    await ask('server.connect', { ticket: done.ticket, name: 'tess' })
    const job = await synced(served, 'tess')
    expect(job).toMatchObject({ state: 'done', fault: null })
    expect(job.streams.find(({ stream }) => stream === 'audit')).toMatchObject({ status: 'not-visible', added: 0 })
    expect(job.streams.length).toBeGreaterThan(2)
    expect(job.streams.filter(({ stream }) => stream !== 'audit').every(({ status }) => status === 'ok' || status === 'partial')).toBe(true)
    expect(lacking(givenKeys(sample, NOON, 'user'), await heldKeys(served))).toEqual([])
    expect(await stateOf(served, 'audit')).toBe('not-visible')
  })

  test('is told of a company administrator: failed sign-ins without a tenant', async () => {
    const [served, sample] = [await aBackend(), await aSample({ dialect: 'server' })]
    const { ask } = served
    const done = await signedIn(served, sample, { user: 'jonas.lind@fernhill.test' })
    await ask('server.connect', { ticket: done.ticket, name: 'jonas' })
    const job = await synced(served, 'jonas')
    expect(job.state).toBe('done')
    expect((await connectionNamed(served, 'jonas')).streams[0]?.note).toContain('Failed sign-ins that name no tenant are not visible')
    expect(job.streams.some(({ status }) => status === 'not-visible')).toBe(true)
    expect(lacking(givenKeys(sample, NOON, 'company_admin'), await heldKeys(served))).toEqual([])
  })
})

describe('by the clock', () => {
  /** Only intervals are faked: they are what the clock looks at. */
  function fakeIntervals(): void {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
  }

  test('servers are synced as often as the settings say; one that is paused is not', async () => {
    fakeIntervals()
    const [served, sample] = [await aBackend(), await aSample({ events: 200 })]
    const { ask, clock } = served
    await connectedByToken(served, sample, { name: 'acme' })
    await connectedByToken(served, sample, { name: 'paused' })
    expect(await ask('server.pause', { name: 'paused', paused: true })).toMatchObject({ server: { paused: true } })
    await ask('settings.set', { syncMinutes: 10 })
    const look = async (): Promise<string[]> => {
      vi.advanceTimersByTime(MINUTE)
      return (await ask('sync.jobs', {})).filter(({ state }) => state === 'running').map(({ connection }) => connection)
    }
    await synced(served, 'acme')
    clock.at += 10 * MINUTE - 1
    expect(await look()).toEqual([])
    clock.at += 1
    const end = endOf(served, 'acme')
    expect(await look()).toEqual(['acme'])
    expect(await end).toMatchObject({ state: 'done', live: false, startedAt: clock.at })
    await ask('settings.set', { syncMinutes: 0 })
    clock.at += 24 * HOUR
    expect(await look()).toEqual([])
    await ask('settings.set', { syncMinutes: 10 })
    await ask('server.pause', { name: 'acme', paused: true })
    expect([await look(), await ask('sync.start', {})]).toEqual([[], { started: [] }])
    // Asked for by name it is synced all the same.
    expect(await synced(served, 'paused')).toMatchObject({ state: 'done' })
    await ask('server.pause', { name: 'acme', paused: false })
    const resumed = endOf(served, 'acme')
    expect(await look()).toEqual(['acme'])
    await resumed
  })

  test('a pause ends the sync that is under way', async () => {
    const [served, sample] = [await aBackend(), await aSample()]
    await connectedByToken(served, sample, { name: 'acme' })
    const { ended } = await begun(served, 'acme')
    await served.ask('server.pause', { name: 'acme', paused: true })
    expect(await ended).toMatchObject({ state: 'cancelled' })
  })
})

test('asked for while the live view looks begins as soon as that has ended', async () => {
  const [served, sample] = [await aBackend(), await aSample({ events: 300 })]
  await connectedByToken(served, sample, { name: 'acme' })
  const whole = when(served.backend, ({ live, state }) => !live && state === 'done')
  await served.ask('sync.start', { connection: 'acme', live: true })
  expect(await served.ask('sync.jobs', {})).toMatchObject([{ live: true, state: 'running' }])
  await served.ask('sync.start', { connection: 'acme' })
  expect((await whole).streams.some(({ stream }) => stream.startsWith('sessions/'))).toBe(true)
})

describe('a token', () => {
  test('of a sign-in by password is exchanged before it ends, one that was given is not', async () => {
    const [served, sample] = [await aBackend(), await aSample({ events: 200 })]
    const { ask, clock, ports } = served
    const { ticket, server } = await signedIn(served, sample, { user: MIRA })
    await ask('server.connect', { ticket, name: 'acme' })
    await connectedByToken(served, sample, { name: 'given' })
    const first = await ports.secrets.get('acme')
    const ends = server.account.expiresAt ?? 0
    const refreshes = () => again.requests().filter(({ path }) => path === '/api/auth/refresh').length
    await sample.close()

    // The same server an hour and a half before the token's end.
    clock.at = ends - 1.5 * HOUR
    const again = await aSample({ events: 200, now: clock.at, origin: NOON, port: Number(new URL(sample.url).port) })
    for (const name of ['given', 'acme']) expect(await synced(served, name, { live: true })).toMatchObject({ state: 'done', fault: null })
    expect(refreshes()).toBe(1)
    const second = await ports.secrets.get('acme')
    expect([second === first, second === null]).toEqual([false, false])
    const { account } = (await connectionNamed(served, 'acme')).server
    expect(account.expiresAt).toBeGreaterThan(ends + 20 * HOUR)
    expect(account).toMatchObject({ name: 'mira.holt', role: 'super_admin' })
    // The new one lasts.
    expect(await synced(served, 'acme', { live: true })).toMatchObject({ state: 'done' })
    expect([refreshes(), await ports.secrets.get('acme')]).toEqual([1, second])
  })

  test('that has ended is told, and needs the person', async () => {
    const [served, sample] = [await aBackend(), await aSample({ events: 200 })]
    await connectedByToken(served, sample, { name: 'acme' })
    await sample.close()
    served.clock.at = NOON + 25 * HOUR
    await aSample({ events: 200, now: served.clock.at, origin: NOON, port: Number(new URL(sample.url).port) })
    const failed: SyncJob = await synced(served, 'acme')
    expect(failed).toMatchObject({ state: 'failed', fault: { code: 'unauthorized' } })
    expect(served.errors).toEqual([])
  })

  test('of a password in the environment is got anew when the server knows it no longer', async () => {
    const sample = await aSample({ events: 300, faults: ['401-mid-walk'] })
    const store = await writable(tempFolder())
    const ports = testPorts({ env: { PASSWORD: SAMPLE_PASSWORD }, clock: { now: () => NOON } })
    const context = { store, ports, version: '0.0.0', pace: { firstWaitMs: 1, mostWaitMs: 2, tries: 6, hourly: 1_000_000, secondMs: 1, progressMs: 1 } }
    const nobody = () => Promise.reject(new Error('nobody is asked'))
    await connectServer(context, { ...addressOf(sample), user: MIRA, passwordEnv: 'PASSWORD', name: 'acme', onCode: nobody, onTenant: nobody })
    expect([await ports.secrets.get('acme'), store.connections()[0]?.server?.signIn]).toEqual([null, { by: 'password', user: MIRA, passwordEnv: 'PASSWORD' }])
    const signIns = () => sample.requests().filter(({ path }) => path === '/api/auth/login').length
    for (let times = 1; signIns() < 4 && times < 20; times++) {
      const before = signIns()
      const [job] = await syncServers(context, { connection: 'acme' })
      expect(job).toMatchObject({ state: 'done', fault: null })
      expect(signIns()).toBeGreaterThan(before)
    }
    const token = sample.tokens.super_admin
    expect(difference({ store, sample, token }, NOON)).toEqual({ missing: [], other: [], gone: [] })
  })

  test('that only a person can get is told so: a variable that is not set, a password that wants a code too', async () => {
    const sample = await aSample({ events: 200 })
    const store = await writable(tempFolder())
    const env: Record<string, string> = { TOKEN: sample.tokens.super_admin, PASSWORD: SAMPLE_PASSWORD }
    const context = { store, ports: testPorts({ env, clock: { now: () => NOON } }), version: '0.0.0' }
    const answers = { onCode: () => Promise.resolve(SAMPLE_CODE), onTenant: () => Promise.resolve('fernhill') }
    await connectServer(context, { ...addressOf(sample), ...answers, tokenEnv: 'TOKEN', name: 'by token' })
    await connectServer(context, { ...addressOf(sample), ...answers, user: 'jonas.lind@fernhill.test', passwordEnv: 'PASSWORD', name: 'by code' })
    delete env['TOKEN']
    const jobs = await syncServers(context, {})
    expect(jobs.map(({ connection, state, fault }) => [connection, state, fault?.code])).toEqual([
      ['by code', 'failed', 'unauthorized'],
      ['by token', 'failed', 'unauthorized'],
    ])
    expect(jobs[0]?.fault?.message).toContain('can only sign in with a one-time code')
    expect(jobs[1]?.fault?.message).toBe('by token is not signed in: the variable TOKEN is not set.')
  })
})
