import { describe, expect, test } from 'vitest'
import { BackendFault, type SyncJob } from '../../../../src/contract'
import { SyncJobs, syncServers } from '../../../../src/backend/sync'
import { READING } from '../../../../src/backend/sync/server/notes'
import { PACE } from '../../../../src/backend/sync/server/patient-door'
import { DIALECTS } from '../../../../src/sample'
import { connected, difference, EVERYTHING, falselyComplete, given, held, SAMPLE_NOW } from './a-sync'
import { HOUR, machine, MINUTE, NOON, ownServer, reading, row } from './own-server'

const SAME = { missing: [], other: [], gone: [] }

describe.each(DIALECTS)('of a %s server', (dialect) => {
  test('a sync with nothing new asks little', async () => {
    const synced = await connected({ dialect, events: 20_000, machines: 6 })
    const cost = async (ask: { scheduled?: boolean }) => {
      const before = synced.sample.requests().filter(({ path }) => path.startsWith('/api/audit')).length
      const jobs = new SyncJobs(synced.context, () => {})
      jobs.start({ connection: 'acme', ...ask })
      await jobs.ended('acme')
      return synced.sample.requests().filter(({ path }) => path.startsWith('/api/audit')).length - before
    }
    const pages = Math.ceil(20_000 / 200)
    const first = await cost({})
    expect(first).toBeGreaterThan(pages / 2)
    expect(first).toBeLessThan(pages * 1.5)
    // A part of closed history is looked at again each time: 5 pages by the clock, 25 when asked for.
    const [fixed, spare] = dialect === 'documented' ? [5, 1] : [1, 3]
    expect(await cost({ scheduled: true })).toBeLessThanOrEqual(fixed + 5 + spare)
    expect(await cost({ scheduled: true })).toBeLessThanOrEqual(fixed + 5 + spare)
    expect(await cost({})).toBeLessThanOrEqual(fixed + 25 + spare)
    expect(difference(synced, SAMPLE_NOW)).toEqual(SAME)
  })

  test('a first sync that is cancelled again and again ends equal, each going on where the one before stopped', async () => {
    const synced = await connected({ dialect, events: 6000, machines: 6 })
    const added: number[] = []
    for (let times = 0; times < 6; times++) {
      const stop = new AbortController()
      const before = synced.sample.requests().length
      const job = await synced.sync({ signal: stop.signal, onProgress: () => synced.sample.requests().length > before + 12 && stop.abort() })
      added.push(job.streams.reduce((sum, stream) => sum + stream.added, 0))
      expect(falselyComplete(synced)).toEqual([])
    }
    await synced.sync()
    expect(added[1]).toBeGreaterThan(200)
    expect({ ...difference(synced, SAMPLE_NOW), falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
  })

  test('a disk that is full ends the sync, and with room again the next one finishes', async () => {
    const synced = await connected({ dialect, events: 3000, machines: 6 })
    const { store } = synced
    const { appendSoon } = store
    let pages = 0
    store.appendSoon = (...args) => {
      if (++pages <= 2) return appendSoon.apply(store, args)
      const full = new BackendFault({ code: 'disk-full', message: 'The disk is full.' })
      if (pages % 2 === 0) throw full
      const durable = Promise.reject<void>(full)
      durable.catch(() => {})
      return { appended: { added: 0, duplicates: 0, companions: 0, changed: 0, late: 0 }, durable }
    }
    const asked = synced.sample.requests().length
    expect(await synced.sync()).toMatchObject({ state: 'failed', fault: { code: 'disk-full' } })
    // Nothing more is asked for than was on its way.
    expect(synced.sample.requests().length - asked).toBeLessThan(16)
    expect(falselyComplete(synced)).toEqual([])
    store.appendSoon = appendSoon
    await synced.sync()
    expect({ ...difference(synced, SAMPLE_NOW), falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
  })

  test.each([3, 6, 9, 10])('answer %i that is cut off once changes no moment in which more is called complete than is held', async (nth) => {
    const audit = Array.from({ length: 4000 }, (_, i) => row(`r${i}`, NOON - HOUR - i * 1000))
    const server = await ownServer(dialect, { audit })
    let asked = 0
    server.answer = ({ path }) => (path.includes('audit') && ++asked === nth ? { status: 200, body: '{"logs":[{"id":' } : undefined)
    const { store, sync } = await reading(server)
    const { appendSoon } = store
    const wrong: string[] = []
    let writes = 0
    store.appendSoon = (...args) => {
      const done = appendSoon.apply(store, args)
      writes++
      for (const { stream, state, note, from, to, held } of store.coverage(null)) {
        const there = audit.filter(({ time }) => time >= from && time < to).length
        const isTold = state === 'complete' || note === READING
        if (stream === 'audit' && isTold && held < there) wrong.push(`write ${writes}: ${held} of ${there} are held from ${from} to ${to}`)
      }
      return done
    }
    expect(await sync()).toMatchObject({ state: 'done', fault: null })
    expect(wrong).toEqual([])
    // Several pages came with one write.
    expect(writes).toBeLessThan(15)
    expect(store.heldIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity })).toBe(4000)
  })

  test('two connections hold its records together, each with a ledger of its own', async () => {
    const synced = await connected({ dialect, events: 800, machines: 6 })
    const { store, context, sample, token } = synced
    const server = store.connections()[0]?.server
    if (!server) throw new Error('no server')
    store.note({ connection: 'other', kind: 'webxterm', server })
    const jobs = new SyncJobs(context, () => {})
    expect(jobs.start({})).toEqual(['acme', 'other'])
    const ended = await Promise.all(['acme', 'other'].map((name) => jobs.ended(name)))
    expect(ended.map(({ state, fault }) => [state, fault])).toEqual([['done', null], ['done', null]])
    const listed = given(sample.lists(token).filter(({ time }) => time < SAMPLE_NOW - MINUTE)).size
    for (const connection of ['acme', 'other']) {
      const streams = store.connections().find(({ name }) => name === connection)?.streams ?? []
      const range = { from: 0, to: SAMPLE_NOW - MINUTE }
      expect(streams.reduce((sum, { stream }) => sum + store.heldIn({ connection, stream }, range), 0)).toBe(listed)
    }
    expect(difference(synced, SAMPLE_NOW)).toEqual(SAME)
    await store.remove('other', true)
    expect(held(store).size).toBeGreaterThanOrEqual(listed)
  })

  test('an audit that is refused, and a machine that went meanwhile, are told of; the rest is read', async () => {
    const path = dialect === 'server' ? '/api/audit-logs' : '/api/audit'
    const server = await ownServer(dialect, { machines: new Map([machine('m1'), machine('m2')]), refused: new Map([[path, 403]]) })
    server.logs.set('m1', [row('c1', NOON - HOUR, ',"command":"id"')])
    server.refused.set('/api/machines/m2/logs', 404)
    const here = await reading(server)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    const statuses = Object.fromEntries(here.store.connections()[0]?.streams.map(({ stream, status }) => [stream, status]) ?? [])
    const none = { 'recordings/m1': 'not-offered', 'recordings/m2': 'not-offered', 'signins/m1': 'not-offered', 'signins/m2': 'not-offered', approvals: 'not-offered' }
    expect(statuses).toEqual({ audit: 'not-visible', 'logs/m1': 'ok', 'logs/m2': 'not-offered', 'sessions/m1': 'ok', 'sessions/m2': 'ok', ...none })
    expect(here.store.coverage({ from: NOON - HOUR, to: NOON - 30 * MINUTE }).filter(({ stream }) => stream === 'audit')).toMatchObject([{ state: 'not-visible' }])
  })

  test('a wait longer than anyone has patience for ends the sync as throttled, and the next goes on', async () => {
    const server = await ownServer(dialect, { audit: Array.from({ length: 900 }, (_, i) => row(`r${i}`, NOON - HOUR - i * MINUTE)) })
    let asked = 0
    server.answer = ({ path }) => (path.includes('audit') && ++asked === 6 ? { status: 429, headers: { 'retry-after': '86400' }, body: '{"error":"later"}' } : undefined)
    const here = await reading(server)
    expect(await here.sync()).toMatchObject({ state: 'failed', fault: { code: 'throttled' } })
    expect(here.store.connections()[0]?.streams[0]).toMatchObject({ status: 'throttled' })
    const before = here.store.heldIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity })
    expect(before).toBeGreaterThan(0)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    expect(here.store.heldIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity })).toBe(900)
  })
})

test('a tail of commands all younger than the lag takes none that it pushed out for gone', async () => {
  const server = await ownServer('documented', { machines: new Map([machine('m1')]) })
  const command = (id: string, time: number) => row(id, time, ',"command":"id"')
  server.logs.set('m1', Array.from({ length: 60 }, (_, i) => command(`old${i}`, NOON - 4 * MINUTE + i * 1000)))
  const here = await reading(server)
  await here.sync()
  server.now += MINUTE
  server.logs.get('m1')?.push(...Array.from({ length: 100 }, (_, i) => command(`new${i}`, NOON - 30_000 + i * 100)))
  await here.sync()
  expect(here.store.heldIn({ connection: 'acme', stream: 'logs/m1' }, { from: 0, to: Infinity })).toBe(160)
  expect(here.store.drift()[0]).toMatchObject({ vanished: 0 })
})

test('progress never goes back and never beyond all there is', async () => {
  const { sync } = await connected({ events: 3000, machines: 6 })
  let last = 0
  await sync({
    onProgress({ recordsDone, recordsTotal }) {
      expect(recordsDone).toBeGreaterThanOrEqual(last)
      expect(recordsDone).toBeLessThanOrEqual(recordsTotal ?? Infinity)
      last = recordsDone
    },
  })
  expect(last).toBeGreaterThan(2500)
})

test('progress is told now and then and not for each page, and all of it at the end', async () => {
  const { context, store, sample } = await connected({ events: 3000, machines: 6 })
  const pace = { ...PACE, progressMs: 3_600_000 }
  const told: SyncJob[] = []
  await syncServers({ ...context, pace }, { connection: 'acme', onProgress: (job) => void told.push(job) })
  expect(sample.requests().length).toBeGreaterThan(30)
  expect(told.map(({ state }) => state)).toEqual(['running', 'running', 'done'])
  const [, whole, end] = told
  expect(whole?.streams.reduce((sum, { added }) => sum + added, 0)).toBe(store.length(EVERYTHING))
  expect(whole?.streams.map(({ status }) => status)).not.toContain('failed')
  expect(end).toMatchObject({ recordsDone: whole?.recordsTotal, requests: whole?.requests, streams: whole?.streams })
})
