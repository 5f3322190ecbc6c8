import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { WritableStore } from '../../../src/backend/store'
import { planImport, type Progress } from '../../../src/backend/sync'
import { add, ALL, contents, faultOf, filesWith, ids, keys, readable, record, reopened, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { imported, log, sshdLines, writeLogs } from './an-import'

async function fixture(files: Record<string, string | Uint8Array> = {}) {
  const [folder, logs] = [tempFolder(), tempFolder()]
  writeLogs(logs, files)
  return { folder, logs, path: (name: string) => join(logs, name), store: await writable(folder) }
}

/** Records without what tells where they were read from. */
const facts = (store: WritableStore) => contents(store).map(({ event, raw }) => ({ event, raw }))

async function factsOf(files: Record<string, string | Uint8Array>, items: string[]) {
  const { store, path } = await fixture(files)
  await imported({ store, items: items.map(path), options: { name: 'logs' } })
  return facts(store)
}

describe('an import', () => {
  test('of a plain file holds every line with its bytes, place and provenance', async () => {
    const text = log([...sshdLines(0, 50), 'Nov 20 00:00:49 web-1 cron[1]: nothing of ours'])
    const { store, path } = await fixture({ 'auth.log': text })
    const [summary] = await imported({ store, items: [path('auth.log')] })
    expect(summary).toEqual({ connection: 'auth.log', kind: 'sshd', files: 1, records: 51, events: 50, duplicates: 0, companions: 0, skipped: 1,
      rejected: [], from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T00:00:49.000Z' })
    const { size } = statSync(path('auth.log'))
    for (const held of store.records(ALL, 0, 50)) {
      expect(Buffer.from(text).subarray(held.offset, held.offset + held.raw.length).equals(Buffer.from(held.raw))).toBe(true)
      expect(held.provenance).toMatchObject({ origin: 'file', place: path('auth.log'), size, sha256: expect.stringMatching(/^[\da-f]{64}$/) })
    }
    expect(store.connections()).toMatchObject([{ name: 'auth.log', state: 'ready', rows: 50, files: [{ path: path('auth.log'), size, stream: 'auth · web-1' }] }])
    expect(store.coverage(null)).toMatchObject([{ stream: 'auth · web-1', state: 'complete', held: 50 }])
  })

  test('of a gzipped file is that of the plain one, also of several members', async () => {
    const lines = sshdLines(0, 400)
    const plain = await factsOf({ 'auth.log': log(lines) }, ['auth.log'])
    expect(await factsOf({ 'auth.log.gz': log(lines) }, ['auth.log.gz'])).toEqual(plain)
    const { store, path } = await fixture({ 'a.gz': log(lines.slice(0, 150)), 'b.gz': log(lines.slice(150)) })
    writeFileSync(path('both.gz'), Buffer.concat([readFileSync(path('a.gz')), readFileSync(path('b.gz'))]))
    await imported({ store, items: [path('both.gz')] })
    expect(facts(store)).toEqual(plain)
  })

  test('of folders and files walks the folders and takes each file once', async () => {
    const { store, path, logs } = await fixture({ 'one/a.log': log(sshdLines(0, 3)), 'one/deep/er/b.log.gz': log(sshdLines(10, 3)), 'two.log': log(sshdLines(20, 3)) })
    const [summary] = await imported({ store, items: [logs, path('one'), path('two.log')] })
    expect(summary).toMatchObject({ files: 3, records: 9, events: 9, duplicates: 0 })
    expect(store.connections()[0]?.files).toHaveLength(3)
  })

  test('of a rotated set is that of its concatenation, record for record, over every cut', async () => {
    const lines = sshdLines(0, 60)
    // Equal lines, also on both sides of a cut.
    for (const at of [19, 20, 21, 39, 40]) lines[at] = 'Nov 20 00:00:20 web-1 sshd[7]: Failed password for root from 192.0.2.1 port 22 ssh2'
    const whole = await factsOf({ 'auth.log': log(lines) }, ['auth.log'])
    const rotated = { 'auth.log.2.gz': log(lines.slice(0, 20)), 'auth.log.1': log(lines.slice(20, 40)), 'auth.log': log(lines.slice(40)) }
    expect(await factsOf(rotated, ['auth.log', 'auth.log.1', 'auth.log.2.gz'])).toEqual(whole)
    expect(await factsOf(rotated, ['auth.log.2.gz', 'auth.log', 'auth.log.1'])).toEqual(whole)
  })

  test.each([['the same file', 0, 60], ['its first half', 0, 30], ['a copy that overlaps', 30, 60]])('of %s again adds nothing', async (_name, from, to) => {
    const lines = [...sshdLines(0, 58), ...Array.from({ length: 2 }, () => sshdLines(58, 1)[0] ?? '')]
    const { store, path, folder } = await fixture({ 'auth.log': log(lines), 'copy.log': log(lines.slice(from, to)) })
    await imported({ store, items: [path('auth.log')] })
    const before = facts(store)
    const [summary] = await imported({ store, items: [path('copy.log')], options: { name: 'auth.log' } })
    expect(summary).toMatchObject({ events: 0, duplicates: to - from })
    expect(facts(store)).toEqual(before)
    expect(facts(await reopened(store, folder))).toEqual(before)
  })

  test('of a copy under another name shares the rows', async () => {
    const { store, path, folder } = await fixture({ 'a.log': log(sshdLines(0, 10)), 'b.log': log(sshdLines(5, 10)) })
    await imported({ store, items: [path('a.log')] })
    expect(await imported({ store, items: [path('b.log')] })).toMatchObject([{ events: 5, duplicates: 5 }])
    expect(store.connections().map(({ name, rows }) => [name, rows])).toEqual([['a.log', 10], ['b.log', 10]])
    await store.remove('a.log', true)
    const again = await reopened(store, folder)
    expect(ids(again)).toHaveLength(10)
    expect(filesWith(folder, ' port 4 ')).toEqual([])
    expect(filesWith(folder, ' port 5 ')).toHaveLength(1)
  })

  test('tells of lines and files that it could not read', async () => {
    const { store, path, logs } = await fixture({ 'auth.log': log([...sshdLines(0, 2), 'no line of any log', ...sshdLines(3, 1)]), 'picture.png': '\x89PNG\r\n', 'empty.log': '' })
    const [summary] = await imported({ store, items: [logs] })
    expect(summary).toMatchObject({ records: 4, events: 3 })
    expect(summary?.rejected).toEqual([
      { file: path('auth.log'), line: 3, reason: expect.any(String) },
      { file: path('empty.log'), line: 0, reason: 'the file is empty' },
      { file: path('picture.png'), line: 0, reason: expect.stringContaining('no known kind') },
    ])
  })
})

describe('an import is refused', () => {
  test('by the name of a file that is not there or not to be read', async () => {
    const { store, path, logs } = await fixture({ 'auth.log': log(sshdLines(0, 3)) })
    const fault = await faultOf(() => imported({ store, items: [path('auth.log'), path('missing.log')] }))
    expect(fault).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining(path('missing.log')) })
    mkdirSync(join(logs, 'locked'))
    chmodSync(join(logs, 'locked'), 0)
    if (process.getuid?.() !== 0) {
      expect(await faultOf(() => imported({ store, items: [logs] }))).toMatchObject({ code: 'file-unreadable' })
    }
    chmodSync(join(logs, 'locked'), 0o700)
    expect(ids(store)).toEqual([])
  })

  test.each([['an empty file', 'x.log', ''], ['a picture', 'x.png', '\x89PNG'], ['prose', 'x.txt', 'Once upon a time\n']])('where there is only %s', async (_name, name, text) => {
    const { store, path } = await fixture({ [name]: text })
    const fault = await faultOf(() => imported({ store, items: [path(name)] }))
    expect(fault).toMatchObject({ code: 'nothing-readable', message: expect.stringContaining(path(name)) })
    expect(store.connections()).toEqual([])
  })

  test('where a gzipped file is cut, with what came before it held as interrupted', async () => {
    const { store, path } = await fixture({ 'auth.log.gz': log(sshdLines(0, 2000)) })
    writeFileSync(path('cut.gz'), readFileSync(path('auth.log.gz')).subarray(0, -40))
    expect(await faultOf(() => imported({ store, items: [path('cut.gz')] }))).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('cut.gz') })
    writeFileSync(path('broken.gz'), Buffer.from([0x1f, 0x8b, 1, 2, 3]))
    expect(await faultOf(() => imported({ store, items: [path('broken.gz')] }))).toMatchObject({ code: 'nothing-readable', message: expect.stringContaining('gzip') })
  })

  test('under the name of a connection of another kind', async () => {
    const { store, path } = await fixture({ 'auth.log': log(sshdLines(0, 3)) })
    add(store, [record('x')], { connection: 'prod', kind: 'teleport' })
    const fault = await faultOf(() => imported({ store, items: [path('auth.log')], options: { name: 'prod' } }))
    expect(fault).toMatchObject({ code: 'name-taken', message: expect.stringContaining('teleport') })
    expect(ids(store)).toEqual(['x'])
  })

  test.each([{ kind: 'nonsense' }, { zone: 'Nowhere/Land' }, { zone: '+2' }])('with options that cannot be, %j', async (options) => {
    const { store, path } = await fixture({ 'auth.log': log(sshdLines(0, 3)) })
    expect(await faultOf(() => imported({ store, items: [path('auth.log')], options }))).toMatchObject({ code: 'bad-ask' })
  })
})

describe('a kind that is given', () => {
  test('is taken without looking', async () => {
    const { store, path } = await fixture({ 'odd.txt': log(['a', 'b', 'c', ...sshdLines(0, 1)]) })
    expect(await imported({ store, items: [path('odd.txt')], options: { kind: 'sshd' } })).toMatchObject([{ events: 1, rejected: [{}, {}, {}] }])
  })
})

describe('the name of an import', () => {
  test.each([
    [['a/x.log'], 'x.log'],
    [['a'], 'a'],
    [['a/x.log', 'a/y.log'], 'a'],
    [['a/x.log', 'b/z.log'], 'x.log'],
  ])('of %j is %s', async (items, name) => {
    const { path } = await fixture({ 'a/x.log': log(sshdLines(0, 1)), 'a/y.log': log(sshdLines(1, 1)), 'b/z.log': log(sshdLines(2, 1)) })
    expect((await planImport(items.map((item) => ({ path: path(item) })), {})).name).toBe(name)
  })
})

const LONG = log(sshdLines(0, 20_000))

type Moment = { state: Progress['state']; step: number; options?: object }

/** Imports and cancels at the given step of its survey or of its reading. */
async function cancelled(store: WritableStore, path: string, { state, step, options = {} }: Moment): Promise<void> {
  const abort = new AbortController()
  let steps = 0
  const onProgress = (progress: Progress) => void (progress.state === state && steps++ === step && abort.abort())
  expect(await faultOf(() => imported({ store, items: [path], options, signal: abort.signal, onProgress }))).toMatchObject({ code: 'cancelled' })
}

describe('a cancelled import', () => {
  test('keeps what it has, says so, and done again is an undisturbed one', async () => {
    const undisturbed = await fixture({ 'auth.log': LONG })
    await imported({ store: undisturbed.store, items: [undisturbed.path('auth.log')] })
    const { store, folder } = await fixture()
    const path = undisturbed.path('auth.log')
    await cancelled(store, path, { state: 'surveying', step: 0 })
    expect(store.connections()).toEqual([])
    await cancelled(store, path, { state: 'importing', step: 0 })
    const held = ids(store).length
    expect(held).toBeGreaterThan(0)
    expect(held).toBeLessThan(20_000)
    expect(store.connections()).toMatchObject([{ state: 'interrupted' }])
    expect(store.coverage(null)).toMatchObject([{ state: 'partial', note: 'the import was not finished' }])
    await imported({ store, items: [path] })
    const again = await reopened(store, folder)
    expect(contents(again)).toEqual(contents(undisturbed.store))
    expect(again.connections()).toEqual(undisturbed.store.connections())
    expect(again.coverage(null)).toEqual(undisturbed.store.coverage(null))
  })
})

describe('replacing an import', () => {
  const NEW = { replace: 'auth.log', year: 2025 }
  const old = async () => {
    const made = await fixture({ 'auth.log': LONG })
    await imported({ store: made.store, items: [made.path('auth.log')] })
    return { ...made, before: contents(made.store), file: made.path('auth.log') }
  }

  test('with another year gives every record another key and leaves nothing of the old', async () => {
    const { store, folder, file } = await old()
    const before = new Set(keys(store))
    await imported({ store, items: [file], options: NEW })
    const again = await reopened(store, folder)
    expect(again.state().range?.from).toBe(Date.UTC(2025, 10, 20))
    expect(keys(again)).toHaveLength(20_000)
    expect(keys(again).filter((key) => before.has(key))).toEqual([])
    expect(again.connections()).toMatchObject([{ name: 'auth.log', state: 'ready', rows: 20_000 }])
  })

  test('with the same leaves every row', async () => {
    const { store, folder, file, before } = await old()
    expect(await imported({ store, items: [file], options: { replace: 'auth.log' } })).toMatchObject([{ events: 0, duplicates: 20_000 }])
    expect(contents(store)).toEqual(before)
    expect(contents(await reopened(store, folder))).toEqual(before)
  })

  test.each([['surveying', 0], ['importing', 0], ['importing', 1]] as const)('cut while %s at step %i leaves the old import as it was', async (state, step) => {
    const { store, folder, file, before } = await old()
    await cancelled(store, file, { state, step, options: NEW })
    expect(contents(store)).toEqual(before)
    expect(store.connections()).toMatchObject([{ name: 'auth.log', state: 'ready', rows: 20_000 }])
    expect(contents(await reopened(store, folder))).toEqual(before)
  })

  test('that ends with the process leaves the old import as it was, and shows nothing of itself meanwhile', async () => {
    const { store, folder, file, before } = await old()
    let seen = 0
    const running = imported({ store, items: [file], options: NEW, onProgress: ({ state }) => {
      if (state !== 'importing' || seen++ < 1) return
      expect(ids(store)).toHaveLength(20_000)
      throw new Error('the process ends')
    } })
    await expect(running).rejects.toThrow('the process ends')
    expect(contents(await readable(folder))).toEqual(before)
  })

  test('takes nothing over from an attempt that could not even be dropped', async () => {
    const { store, file } = await old()
    add(store, [record('left behind')], { connection: 'auth.log', pending: true })
    await imported({ store, items: [file], options: NEW })
    expect(ids(store)).toHaveLength(20_000)
  })

  test('can give another name, but not that of a third', async () => {
    const { store, folder, file, path } = await old()
    writeFileSync(path('third.log'), log(sshdLines(30_000, 3)))
    await imported({ store, items: [path('third.log')] })
    expect(await faultOf(() => imported({ store, items: [file], options: { ...NEW, name: 'third.log' } }))).toMatchObject({ code: 'name-taken' })
    await imported({ store, items: [file], options: { ...NEW, name: 'mended' } })
    expect((await reopened(store, folder)).connections().map(({ name, rows }) => [name, rows])).toEqual([['mended', 20_000], ['third.log', 3]])
  })

  test('what is not there is refused', async () => {
    const { store, path } = await fixture({ 'auth.log': log(sshdLines(0, 3)) })
    expect(await faultOf(() => imported({ store, items: [path('auth.log')], options: { replace: 'none' } }))).toMatchObject({ code: 'not-found' })
  })
})

test('progress only grows, first over the survey, then over the reading, to the size of all files', async () => {
  const { store, logs, path } = await fixture({ 'a.log': LONG, 'b.log.gz': log(sshdLines(20_000, 9000)), 'c.log': log(sshdLines(30_000, 9000)) })
  const seen: Progress[] = []
  await imported({ store, items: [logs], onProgress: (progress) => seen.push(progress) })
  const total = ['a.log', 'b.log.gz', 'c.log'].reduce((sum, name) => sum + statSync(path(name)).size, 0)
  for (const state of ['surveying', 'importing'] as const) {
    const part = seen.filter((progress) => progress.state === state)
    expect(part.length).toBeGreaterThanOrEqual(3)
    expect(part.map(({ bytesDone }) => bytesDone)).toEqual(part.map(({ bytesDone }) => bytesDone).toSorted((a, b) => a - b))
    expect(part.map(({ recordsDone }) => recordsDone)).toEqual(part.map(({ recordsDone }) => recordsDone).toSorted((a, b) => a - b))
    expect(part.at(-1)?.bytesDone).toBe(total)
  }
  expect(seen.findIndex(({ state }) => state === 'importing')).toBe(seen.filter(({ state }) => state === 'surveying').length)
  expect(seen.at(-1)?.recordsDone).toBeGreaterThan(29_000)
})

test('of two hosts in one file each has its own coverage', async () => {
  const { store, path } = await fixture({ 'auth.log': log([...sshdLines(0, 5), ...sshdLines(10, 5, 'db-1')]) })
  await imported({ store, items: [path('auth.log')] })
  const range = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 20, 0, 0, 14) + 1 }
  expect(store.coverage(null)).toMatchObject([
    { stream: 'auth · db-1', ...range, state: 'complete', held: 5 },
    { stream: 'auth · web-1', ...range, state: 'complete', held: 5 },
  ])
  expect(store.coverage({ from: range.to, to: range.to + 10 })).toMatchObject([{ state: 'unknown' }, { state: 'unknown' }])
})
