import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createJournal, openJournal, readJournal } from '../../../src/backend/store/journal'
import type { BatchProvenance, Checkpoint } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { ALL, close, contents, ids, NOW, readable, records, reopened, writable } from './a-store'

const CHECKPOINT: Checkpoint = { connection: 'acme', kind: 'webxterm' }
const FROM: BatchProvenance = { origin: 'request', place: 'GET /page', fetchedAt: NOW }

describe('records that become durable soon', () => {
  test('are held at once for whoever looks, and after a restart', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const { appended, durable } = store.appendSoon(records(0, 3), FROM, CHECKPOINT)
    expect(appended).toMatchObject({ added: 3, duplicates: 0 })
    expect(ids(store)).toHaveLength(3)
    await durable
    expect(ids(await reopened(store, folder))).toHaveLength(3)
  })

  test('count before what comes next, which finds them held', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const first = store.appendSoon(records(0, 3), FROM, CHECKPOINT)
    const second = store.appendSoon(records(2, 3), FROM, CHECKPOINT)
    expect(second.appended).toMatchObject({ added: 2, duplicates: 1 })
    store.setSetting('zone', 'UTC')
    await Promise.all([first.durable, second.durable])
    const again = await reopened(store, folder)
    expect(ids(again)).toHaveLength(5)
    expect(again.settings()).toEqual({ zone: 'UTC' })
  })

  test('are durable when the store was closed meanwhile', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const { durable } = store.appendSoon(records(0, 2), FROM, CHECKPOINT)
    close(store)
    await durable
    expect((await readable(folder)).length(ALL)).toBe(2)
  })

  test('tell of themselves once', async () => {
    const store = await writable(tempFolder())
    let told = 0
    store.onChange(() => told++)
    const { durable } = store.appendSoon(records(0, 2), FROM, CHECKPOINT)
    store.length(ALL)
    await durable
    expect(told).toBe(1)
  })
})

describe('a disk that fails', () => {
  test('takes back all that is not durable, for whoever looks too, and goes on from there', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    await store.appendSoon(records(0, 2), FROM, CHECKPOINT).durable
    const disk = failing('fdatasync')
    const lost = [store.appendSoon(records(2, 2), FROM, CHECKPOINT), store.appendSoon(records(4, 2), FROM, CHECKPOINT)]
    expect(ids(store)).toHaveLength(6)
    for (const { durable } of lost) await expect(durable).rejects.toThrow('EIO')
    disk.mend()
    expect(ids(store)).toHaveLength(2)
    await store.appendSoon(records(2, 4), FROM, CHECKPOINT).durable
    expect(ids(store)).toHaveLength(6)
    expect(contents(await reopened(store, folder))).toHaveLength(6)
  })

  test('fails what brings nothing new too, where what is held of it is not durable', async () => {
    const store = await writable(tempFolder())
    await store.appendSoon(records(0, 1), FROM, CHECKPOINT).durable
    failing('fdatasync')
    const both = [1, 2].map(() => store.appendSoon(records(1, 2), FROM, CHECKPOINT))
    expect(both.map(({ appended }) => appended.added)).toEqual([2, 0])
    for (const { durable } of both) await expect(durable).rejects.toThrow('EIO')
  })

  test('and does not let itself be cut is not written to any more', async () => {
    const store = await writable(tempFolder())
    await store.appendSoon(records(0, 1), FROM, CHECKPOINT).durable
    const disks = [failing('fdatasync'), failing('ftruncateSync')]
    await expect(store.appendSoon(records(1, 2), FROM, CHECKPOINT).durable).rejects.toThrow('EIO')
    for (const disk of disks) disk.mend()
    expect(store.state().readOnly).toMatchObject({ code: 'damaged' })
    expect(() => store.append(records(1, 3), FROM, CHECKPOINT)).toThrow('cannot be read')
  })

  test('marks an import that was cut before as it was', async () => {
    const folder = tempFolder()
    const first = await writable(folder)
    first.append(records(0, 1), { ...FROM, origin: 'file' }, { connection: 'logs', kind: 'sshd' })
    close(first)
    const store = await writable(folder)
    expect(store.connections()).toMatchObject([{ name: 'logs', state: 'interrupted' }])
    failing('fdatasync')
    await expect(store.appendSoon(records(0, 3), FROM, CHECKPOINT).durable).rejects.toThrow('EIO')
    expect(store.connections()).toMatchObject([{ name: 'logs', state: 'interrupted' }])
  })

  test('in a write that waits for it takes back what was to become durable before', async () => {
    const store = await writable(tempFolder())
    const { durable } = store.appendSoon(records(0, 2), FROM, CHECKPOINT)
    const disk = failing('fdatasyncSync')
    expect(() => store.setSetting('zone', 'UTC')).toThrow('EIO')
    disk.mend()
    expect(ids(store)).toEqual([])
    expect(store.appendSoon(records(0, 2), FROM, CHECKPOINT).appended).toMatchObject({ added: 2 })
    await expect(durable).rejects.toThrow('EIO')
    expect(ids(store)).toHaveLength(2)
  })
})

describe('a journal', () => {
  test('keeps what is put after a late sync began, and what that wrote', async () => {
    const { journal, contents: found } = aJournal()
    journal.put([Buffer.from('one')])
    const soon = journal.syncSoon()
    journal.append([Buffer.from('two')])
    await soon
    journal.put([Buffer.from('three')])
    await journal.syncSoon()
    expect(found()).toMatchObject({ state: 'whole', payloads: ['one', 'two', 'three'] })
  })

  test('whose sync fails late, when another made all durable, keeps it', async () => {
    const { journal, contents: found, losses } = aJournal()
    const disk = failing('fdatasync')
    journal.put([Buffer.from('one')])
    const soon = journal.syncSoon()
    journal.sync()
    await soon
    disk.mend()
    expect(losses()).toBe(0)
    expect(found()).toMatchObject({ state: 'whole', payloads: ['one'] })
  })

  test('whose sync ends well late, when another took all back, keeps what was written instead', async () => {
    const { journal, contents: found, losses } = aJournal()
    journal.put([Buffer.from('lost')])
    const soon = journal.syncSoon()
    const disk = failing('fdatasyncSync')
    expect(() => journal.sync()).toThrow('EIO')
    disk.mend()
    journal.put([Buffer.from('instead')])
    await expect(soon).rejects.toThrow('EIO')
    await journal.syncSoon()
    expect(losses()).toBe(1)
    expect(found()).toMatchObject({ state: 'whole', payloads: ['instead'] })
  })
})

function aJournal() {
  const path = join(tempFolder(), 'journal')
  createJournal(path, new Uint8Array(32))
  const journal = openJournal(path, readJournal(path, () => {}))
  let losses = 0
  journal.onLoss(() => losses++)
  const read = () => {
    journal.close()
    const payloads: string[] = []
    return { ...readJournal(path, (payload) => payloads.push(Buffer.from(payload).toString())), payloads }
  }
  return { journal, contents: read, losses: () => losses }
}

/** The disk's own function fails until it is mended. */
function failing(name: 'fdatasync' | 'fdatasyncSync' | 'ftruncateSync') {
  const own = fs[name]
  const error = new Error('EIO: the disk failed')
  const fail = () => {
    throw error
  }
  const broken = { fdatasync: (_: number, done: (error: Error) => void) => setImmediate(() => done(error)), fdatasyncSync: fail, ftruncateSync: fail }
  const mend = () => {
    Object.assign(fs, { [name]: own })
    syncBuiltinESMExports()
  }
  Object.assign(fs, { [name]: broken[name] })
  syncBuiltinESMExports()
  onTestFinished(mend)
  return { mend }
}
