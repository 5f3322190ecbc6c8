import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ImportJobs, planImport, previewImport, Uploads } from '../../../src/backend/sync'
import type { ImportJob, ImportOptions } from '../../../src/contract'
import { faultOf, ids, NOW, writable } from '../store/a-store'
import { testPorts } from '../../ports'
import { tempFolder } from '../temp-folder'
import { log, sshdLines, writeLogs } from './an-import'

async function jobsOver(files: Record<string, string>) {
  const logs = tempFolder()
  writeLogs(logs, files)
  const store = await writable(tempFolder())
  const errors: unknown[] = []
  let now = NOW
  // Each look at the clock is a tenth of a second later than the one before.
  const ports = testPorts({ clock: { now: () => (now += 100) }, log: { info: () => {}, error: (_message, error) => errors.push(error) } })
  const told: ImportJob[] = []
  const listeners = new Set<(job: ImportJob) => void>()
  const jobs = new ImportJobs(store, ports, (job) => {
    told.push(job)
    for (const listener of listeners) listener(job)
  })
  const ended = (id: string) =>
    new Promise<ImportJob>((resolve) => {
      const look = (job: ImportJob) => void (job.job === id && !['surveying', 'importing'].includes(job.state) && resolve(job))
      listeners.add(look)
      jobs.list().forEach(look)
    })
  const released: string[] = []
  const start = async (name: string, options: ImportOptions = {}) => {
    const plan = await planImport([{ path: join(logs, name) }], options)
    return jobs.start(plan, options, async () => void released.push(name))
  }
  return { store, jobs, told, errors, start, ended, released, logs }
}

const LONG = log(sshdLines(0, 15_000))

describe('jobs', () => {
  test('tell of their way to the end, in which nothing goes back', async () => {
    const { jobs, told, start, ended, released, store } = await jobsOver({ 'auth.log': LONG })
    const id = await start('auth.log')
    const { summaries, ...job } = await ended(id)
    expect(job).toMatchObject({ job: id, name: 'auth.log', state: 'done', bytesDone: LONG.length, bytesTotal: LONG.length, recordsDone: 15_000, leftMs: 0, fault: null })
    expect(summaries).toMatchObject([{ connection: 'auth.log', events: 15_000 }])
    const states = told.map(({ state }) => state)
    expect(states).toEqual(states.toSorted((a, b) => order(a) - order(b)))
    for (const state of ['surveying', 'importing'] as const) {
      const done = told.filter((each) => each.state === state).map(({ bytesDone }) => bytesDone)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
    }
    expect(told.every(({ leftMs }) => leftMs === null || leftMs >= 0)).toBe(true)
    await jobs.close()
    expect(released).toEqual(['auth.log'])
    expect(ids(store)).toHaveLength(15_000)
  })

  test('run one after the other', async () => {
    const { jobs, told, start, ended } = await jobsOver({ 'a.log': LONG, 'b.log': log(sshdLines(40_000, 5)) })
    const [first, second] = [await start('a.log'), await start('b.log')]
    await ended(second)
    const lastOfFirst = told.findLastIndex(({ job }) => job === first)
    const later = told.slice(0, lastOfFirst).filter(({ job }) => job === second)
    expect(later.map(({ bytesDone }) => bytesDone)).toEqual([0])
    expect(jobs.list().map(({ state }) => state)).toEqual(['done', 'done'])
  })

  test('are cancelled with what they have, and what waits behind them still runs', async () => {
    const { jobs, start, ended, store } = await jobsOver({ 'a.log': LONG, 'b.log': log(sshdLines(40_000, 5)) })
    const [first, second] = [await start('a.log'), await start('b.log')]
    await jobs.cancel(first)
    expect(await ended(first)).toMatchObject({ state: 'cancelled', fault: { code: 'cancelled' } })
    expect(await ended(second)).toMatchObject({ state: 'done' })
    expect(store.connections().find(({ name }) => name === 'b.log')).toMatchObject({ state: 'ready', rows: 5 })
  })

  test('that fail say why; what nobody foresaw is logged and said in plain words', async () => {
    const { start, ended, errors, store } = await jobsOver({ 'a.png': 'PNG', 'b.log': LONG })
    expect(await ended(await start('a.png'))).toMatchObject({ state: 'failed', fault: { code: 'nothing-readable' } })
    expect(errors).toEqual([])
    const id = await start('b.log')
    const problem = new Error('no such thing as this')
    store.append = () => {
      throw problem
    }
    expect(await ended(id)).toMatchObject({ state: 'failed', fault: { code: 'internal', message: expect.not.stringContaining('no such thing') } })
    expect(errors).toEqual([problem])
  })

  test('carry a hundred rejected lines and give all when asked', async () => {
    const { jobs, start, ended } = await jobsOver({ 'a.log': log([...sshdLines(0, 200), ...Array.from({ length: 150 }, (_, i) => `line ${i}`)]) })
    const id = await start('a.log')
    const job = await ended(id)
    expect(job.rejects).toBe(150)
    expect(job.summaries[0]?.rejected).toHaveLength(100)
    expect(jobs.rejects(id)).toHaveLength(150)
    expect(await faultOf(() => jobs.rejects('none'))).toMatchObject({ code: 'not-found' })
    expect(await faultOf(() => jobs.cancel('none'))).toMatchObject({ code: 'not-found' })
  })

  test('end when all is closed', async () => {
    const { jobs, start, store } = await jobsOver({ 'a.log': LONG, 'b.log': LONG })
    await start('a.log')
    await start('b.log')
    await jobs.close()
    expect(jobs.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(store.connections().filter(({ state }) => state === 'importing')).toEqual([])
  })
})

function order(state: ImportJob['state']): number {
  return ['surveying', 'importing', 'done'].indexOf(state)
}

describe('a preview', () => {
  test('shows kind, times and first rows of what can be read and says what cannot', async () => {
    const logs = tempFolder()
    writeLogs(logs, { 'a.log': LONG, 'b.png': 'PNG', 'c.log.gz': log(sshdLines(5, 3)) })
    const shown = await previewImport(await planImport([{ path: logs }], { year: 2025 }), { year: 2025 })
    expect(shown.map(({ name, kind, compressed, problem, events }) => ({ name, kind, compressed, problem, rows: events.length }))).toEqual([
      { name: join(logs, 'a.log'), kind: 'sshd', compressed: false, problem: undefined, rows: 5 },
      { name: join(logs, 'c.log.gz'), kind: 'sshd', compressed: true, problem: undefined, rows: 3 },
      { name: join(logs, 'b.png'), kind: null, compressed: false, problem: expect.stringContaining('no known kind'), rows: 0 },
    ])
    expect(shown[1]).toMatchObject({ first: Date.UTC(2025, 10, 20, 0, 0, 5), last: Date.UTC(2025, 10, 20, 0, 0, 7), yearAssumed: true })
  })
})

describe('an upload', () => {
  const begun = async () => {
    const folder = tempFolder()
    const uploads = new Uploads(folder)
    return { folder, uploads, id: await uploads.begin({ name: 'auth.log', mtime: NOW }), incoming: join(folder, 'incoming') }
  }

  test('is written in the order of the calls, kept to its owner, and called as it was', async () => {
    const { uploads, id, incoming } = await begun()
    const received = await Promise.all(['a', 'bb', 'ccc'].map((text) => uploads.append(id, Buffer.from(text))))
    expect(received).toEqual([1, 3, 6])
    const { path, named } = await uploads.take(id)
    expect(named).toEqual({ name: 'auth.log', mtime: NOW })
    expect(statSync(path).size).toBe(6)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(incoming).mode & 0o777).toBe(0o700)
    expect(await faultOf(() => uploads.append(id, Buffer.from('late')))).toMatchObject({ code: 'not-found' })
  })

  test('goes when it is discarded, when all is closed, and when a run before left it', async () => {
    const { uploads, id, incoming, folder } = await begun()
    await uploads.discard(id)
    await uploads.discard(id)
    expect(readdirSync(incoming)).toEqual([])
    expect(await faultOf(() => uploads.append(id, Buffer.from('x')))).toMatchObject({ code: 'not-found' })
    await uploads.begin({ name: '../../evil', mtime: NOW })
    expect(readdirSync(folder)).toEqual(['incoming'])
    await uploads.close()
    expect(readdirSync(incoming)).toEqual([])
    writeFileSync(join(incoming, 'left'), 'x')
    expect(new Uploads(folder)).toBeDefined()
    expect(existsSync(incoming)).toBe(false)
  })
})
