import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planImport, runImport, Uploads } from '../../../src/backend/sync'
import { Random } from '../random'
import { fill, smallDisks } from '../a-small-disk'
import { tempFolder } from '../temp-folder'
import { aRecording, IMPORTED } from './a-recording'
import { add, close, contents, faultOf, filesWith, ids, journalOf, NOW, readable, record, writable } from './a-store'

const { mount, missing } = smallDisks()
if (missing !== null) console.warn(`skipped: full disk: ${missing}`)

const random = new Random(7)
const large = (id: string, size: number, mark = '') => record(id, { time: NOW }, Buffer.concat([Buffer.from(mark), Buffer.from(random.bytes(size))]))

describe.skipIf(missing !== null)('on a full disk', () => {
  async function filled() {
    const disk = mount(512)
    const folder = join(disk, 'workspace')
    const store = await writable(folder)
    add(store, [large('one', 100_000)])
    add(store, [large('two', 100_000)])
    return { disk, folder, store }
  }

  test('an append throws disk-full, all before it is held and read, and the store says why it cannot write', async () => {
    const { folder, store } = await filled()
    const before = contents(store)
    const size = statSync(journalOf(folder)).size
    const told: (readonly string[])[] = []
    store.onChange((tables) => told.push(tables))
    expect(await faultOf(() => add(store, [large('too much', 400_000)]))).toMatchObject({ code: 'disk-full' })
    expect(contents(store)).toEqual(before)
    expect(store.state().readOnly).toMatchObject({ code: 'disk-full', message: expect.stringContaining('full') })
    expect(told).not.toEqual([])
    expect(statSync(journalOf(folder)).size).toBe(size)
    expect(contents(await readable(folder))).toEqual(before)
  })

  test('writing works again once there is room, and a reopened store is whole', async () => {
    const { disk, folder, store } = await filled()
    const filler = fill(disk)
    expect(await faultOf(() => add(store, [large('three', 20_000)]))).toMatchObject({ code: 'disk-full' })
    rmSync(filler)
    add(store, [large('three', 20_000)])
    expect(store.state().readOnly).toBeNull()
    const before = contents(store)
    close(store)
    const again = await writable(folder)
    expect(ids(again)).toEqual(['one', 'two', 'three'])
    expect(again.state()).toMatchObject({ readOnly: null, recovered: [] })
    expect(contents(again)).toEqual(before)
  })

  test('a smaller record still fits after a larger one did not', async () => {
    const { folder, store } = await filled()
    await faultOf(() => add(store, [large('too much', 400_000)]))
    add(store, [large('small', 10)])
    close(store)
    expect(ids(await writable(folder))).toEqual(['one', 'two', 'small'])
  })

  test('a wipe without room for what stays hides the rows, says so, leaves no half copy, and is done once there is room', async () => {
    const disk = mount(512)
    const folder = join(disk, 'workspace')
    const store = await writable(folder)
    add(store, [large('stays', 200_000)])
    add(store, [large('goes', 50_000, 'MARK-OF-WIPED')], { connection: 'other' })
    const filler = fill(disk)
    rmSync(filler)
    writeFileSync(join(disk, 'half'), Buffer.alloc(100_000))
    expect(await faultOf(() => store.remove('other', true))).toMatchObject({ code: 'disk-full' })
    expect(ids(store)).toEqual(['stays'])
    expect(store.state().readOnly).toMatchObject({ code: 'disk-full' })
    expect(readdirSync(folder).filter((name) => name.startsWith('journal'))).toEqual(['journal-000001.log'])
    close(store)

    // Opening tries again, and opens all the same where there is still no room.
    const again = await writable(folder)
    expect(ids(again)).toEqual(['stays'])
    expect(again.state().readOnly).toMatchObject({ code: 'disk-full' })
    rmSync(join(disk, 'half'))
    close(again)
    const last = await writable(folder)
    expect(ids(last)).toEqual(['stays'])
    expect(last.state().readOnly).toBeNull()
    expect(filesWith(folder, 'MARK-OF-WIPED')).toEqual([])
  })

  test('a torn tail that cannot be kept beside is not cut; what stands before it is read', async () => {
    const { disk, folder, store } = await filled()
    close(store)
    writeFileSync(journalOf(folder), Buffer.alloc(50_000, 1), { flag: 'a' })
    const size = statSync(journalOf(folder)).size
    // Room for the lock, not for the tail.
    const filler = fill(disk)
    writeFileSync(filler, Buffer.alloc(Math.max(0, statSync(filler).size - 16_384)))
    const full = await writable(folder)
    expect(ids(full)).toEqual(['one', 'two'])
    expect(full.state()).toMatchObject({ readOnly: { code: 'disk-full' }, recovered: [] })
    expect(await faultOf(() => add(full, [large('three', 10)]))).toMatchObject({ code: 'disk-full' })
    expect(statSync(journalOf(folder)).size).toBe(size)
    expect(readdirSync(folder).filter((name) => name.includes('.cut-'))).toEqual([])
    close(full)
    rmSync(filler)
    const mended = await writable(folder)
    expect(mended.state()).toMatchObject({ readOnly: null, recovered: [expect.stringContaining('50000 bytes')] })
  })

  test('without room for the lock the fault says what is wrong', async () => {
    const { disk, folder, store } = await filled()
    close(store)
    fill(disk)
    expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'disk-full' })
    expect(ids(await readable(folder))).toEqual(['one', 'two'])
  })

  test('an import fails as disk-full, keeps what it has, and goes on from there once there is room', async () => {
    const disk = mount(1024)
    const store = await writable(join(disk, 'workspace'))
    const log = join(tempFolder(), 'auth.log')
    const lines = Array.from({ length: 8000 }, (_, i) => `Nov 20 15:${String(Math.floor(i / 600) + 10)}:09 web-1 sshd[${i}]: Failed password for user${i} from 10.0.${i % 250}.${i % 199} port 22 ssh2`)
    writeFileSync(log, `${lines.join('\n')}\n`)
    const run = async () => {
      const plan = await planImport([{ path: log }], {})
      return runImport({ store, plan, options: {}, now: () => NOW, signal: new AbortController().signal, onProgress: () => {} })
    }
    expect(await faultOf(run)).toMatchObject({ code: 'disk-full' })
    expect(store.state().readOnly).toMatchObject({ code: 'disk-full' })
    execFileSync('mount', ['-o', 'remount,size=16m', disk])
    const [summary] = await run()
    expect(summary).toMatchObject({ records: 8000, events: expect.any(Number) })
    expect(store.count({ filter: { kind: 'all' }, range: null, order: 'asc', companions: true }).rows).toBe(8000)
    expect(store.connections()).toMatchObject([{ state: 'ready', rows: 8000 }])
  })

  test('a recording that does not fit fails as disk-full, leaves nothing of itself, and what is held is read', async () => {
    const disk = mount(512)
    const folder = join(disk, 'workspace')
    const store = await writable(folder)
    const held = aRecording({ 'one.cast': random.bytes(100_000) })
    store.keepRecordings(IMPORTED, [held.facts], held.files)
    const names = readdirSync(join(folder, 'recordings'))
    const large = aRecording({ small: random.bytes(5000), large: random.bytes(500_000) })
    expect(await faultOf(() => store.keepRecordings(IMPORTED, [large.facts], large.files))).toMatchObject({ code: 'disk-full' })
    expect(store.state().readOnly).toMatchObject({ code: 'disk-full' })
    expect(readdirSync(join(folder, 'recordings'))).toEqual(names)
    expect(store.recordings()).toHaveLength(1)
    expect(store.recordingFiles(held.facts.id).files.map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(held.files.map(({ name, bytes }) => [name, Buffer.from(bytes)]))
    const small = aRecording({ 'small.cast': random.bytes(5000) })
    store.keepRecordings(IMPORTED, [small.facts], small.files)
    expect(store.state().readOnly).toBeNull()

    // Room for the file and none for the journal.
    const filler = fill(disk)
    writeFileSync(filler, Buffer.alloc(Math.max(0, statSync(filler).size - 4096)))
    const tiny = aRecording({ 'tiny.cast': 'x' }, { title: 'y'.repeat(20_000) })
    expect(await faultOf(() => store.keepRecordings(IMPORTED, [tiny.facts], tiny.files))).toMatchObject({ code: 'disk-full' })
    expect(readdirSync(join(folder, 'recordings'))).toHaveLength(2)
    rmSync(filler)
    close(store)
    expect((await writable(folder)).recordings()).toHaveLength(2)
  })

  test('an upload that does not fit fails as disk-full', async () => {
    const disk = mount(64)
    mkdirSync(join(disk, 'workspace'))
    const uploads = new Uploads(join(disk, 'workspace'))
    const id = await uploads.begin({ name: 'auth.log', mtime: NOW })
    expect(await faultOf(() => uploads.append(id, Buffer.alloc(500_000)))).toMatchObject({ code: 'disk-full' })
    await uploads.close()
    expect(readdirSync(join(disk, 'workspace', 'incoming'))).toEqual([])
  })
})
