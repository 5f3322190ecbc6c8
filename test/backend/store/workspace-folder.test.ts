import { copyFileSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeBatch, type ReadableStore } from '../../../src/backend/store'
import { FORMAT } from '../../../src/backend/store/folder'
import { createJournal, openJournal, readJournal } from '../../../src/backend/store/journal'
import { tempFolder } from '../temp-folder'
import { add, close, faultOf, FROM_FILE, ids, journalOf, NOW, readable, records, writable } from './a-store'

async function workspace(): Promise<string> {
  const folder = join(tempFolder(), 'workspace')
  const store = await writable(folder)
  add(store, records(0, 3))
  close(store)
  return folder
}

const snapshot = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')])

test('the folder is made for its owner alone, and so is every file in it', async () => {
  const folder = await workspace()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const store = await writable(folder)
  await store.remove('logs', true)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
})

describe('the description of a workspace', () => {
  test.each([
    ['with a journal as today', { program: 'recount', format: FORMAT + 1, created: 'x', journal: 'journal-000001.log' }],
    ['with other things in it', { program: 'recount', format: 37, segments: ['a'] }],
  ])('of a newer format %s is refused by name and left alone', async (_name, manifest) => {
    const folder = await workspace()
    writeFileSync(join(folder, 'workspace.json'), JSON.stringify(manifest))
    const before = snapshot(folder)
    const fault = { code: 'workspace-newer', detail: { format: manifest.format }, message: expect.stringContaining(folder) }
    expect(await faultOf(() => writable(folder))).toMatchObject(fault)
    expect(await faultOf(() => readable(folder))).toMatchObject(fault)
    expect(snapshot(folder)).toEqual(before)
  })

  test.each(['', '{', 'null', '[]', '"recount"', '{"program":"other","format":1}', '{"program":"recount"}', '{"program":"recount","format":1}',
    '{"program":"recount","format":"1","journal":"journal-000001.log"}', '{"program":"recount","format":1,"journal":"../../etc/passwd"}',
  ])('%j is refused as damaged and left alone', async (text) => {
    const folder = await workspace()
    writeFileSync(join(folder, 'workspace.json'), text)
    const before = snapshot(folder)
    expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'workspace-damaged', message: expect.stringContaining('workspace.json') })
    expect(await faultOf(() => readable(folder))).toMatchObject({ code: 'workspace-damaged' })
    expect(snapshot(folder)).toEqual(before)
  })

  test('that is lost does not cost the journal', async () => {
    const folder = await workspace()
    rmSync(join(folder, 'workspace.json'))
    const before = snapshot(folder)
    expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'workspace-damaged', message: expect.stringContaining('journal-000001.log') })
    expect(snapshot(folder)).toEqual(before)
  })

  test('that was not written before a crash does not stop the next start', async () => {
    const folder = tempFolder()
    createJournal(join(folder, 'journal-000001.log'), new Uint8Array(32))
    writeFileSync(join(folder, 'workspace.json.new'), '{"program"')
    const store = await writable(folder)
    add(store, records(0, 2))
    expect(ids(store)).toEqual(['id-0', 'id-1'])
  })
})

test('a workspace of the format before opens as it is, and is one of today once it is open for writing', async () => {
  const folder = tempFolder()
  const manifest = { program: 'recount', format: 1, created: 'x', journal: 'journal-000001.log' }
  const path = join(folder, manifest.journal)
  createJournal(path, new Uint8Array(32))
  const journal = openJournal(path, readJournal(path, () => {}))
  const { columns, raw } = encodeBatch(records(0, 3), 'sshd')
  const checkpoint = { connection: 'logs', kind: 'sshd', coverage: [{ stream: 'auth · web-1', from: NOW, to: NOW + 3, state: 'complete' }], ready: {} }
  const head = { type: 'append', provenance: FROM_FILE, checkpoint, claims: [], columns: columns.length, raw: raw.length }
  const text = Buffer.from(JSON.stringify(head))
  const padded = Buffer.concat([text, Buffer.alloc(8 - ((4 + text.length) % 8), ' ')])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(padded.length)
  journal.append([size, padded, columns, raw])
  journal.append([Buffer.from([49, 0, 0, 0]), Buffer.from('{"type":"setting","name":"zone","value":"UTC"}'.padEnd(49))])
  journal.close()
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify(manifest))
  const check = (store: ReadableStore) => {
    expect([ids(store), store.settings()]).toEqual([['id-0', 'id-1', 'id-2'], { zone: 'UTC' }])
    expect(store.connections()).toMatchObject([{ name: 'logs', state: 'ready', rows: 3, server: null, streams: [] }])
    expect(store.coverage(null)).toMatchObject([{ state: 'complete', held: 3 }])
  }
  check(await readable(folder))
  expect(JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8'))).toEqual(manifest)
  check(await writable(folder))
  expect(JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8'))).toEqual({ ...manifest, format: FORMAT })
})

test('a journal that an interrupted rewriting left is removed, the named one stays', async () => {
  const folder = await workspace()
  const journal = journalOf(folder)
  copyFileSync(journal, join(folder, 'journal-000002.log'))
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(ids(await readable(folder))).toHaveLength(3)
  expect(readdirSync(folder)).toContain('journal-000002.log')
  expect(ids(await writable(folder))).toHaveLength(3)
  expect(journalOf(folder)).toBe(journal)
  expect(readdirSync(folder)).toContain('notes.txt')
})

test('settings are held over a restart and a rewriting', async () => {
  const folder = await workspace()
  const store = await writable(folder)
  store.setSetting('zone', 'Europe/Berlin')
  store.setSetting('zone', 'UTC')
  store.setSetting('appearance', 'dark')
  await store.remove('logs', true)
  expect(store.settings()).toEqual({ zone: 'UTC', appearance: 'dark' })
  close(store)
  expect((await writable(folder)).settings()).toEqual({ zone: 'UTC', appearance: 'dark' })
})
