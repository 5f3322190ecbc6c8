import { statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { WritableStore } from '../../../src/backend/store'
import { KeyIndex } from '../../../src/backend/store/key-index'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, close, contents, faultOf, filesWith, ids, journalOf, nowAndReopened, readable, record, records, reopened, writable } from './a-store'

const as = (connection: string) => ({ connection })
const connections = (store: WritableStore) => store.connections().map(({ name, state, rows }) => `${name} ${state} ${rows}`)
const marked = (id: string, time: number) => record(id, { time }, `raw of ${id} MARK-${id}-MARK`)

describe('a record that is held already', () => {
  test('adds nothing, neither the second time nor twice in a batch', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    expect(add(store, records(0, 5))).toEqual({ added: 5, duplicates: 0, companions: 0, changed: 0, late: 0 })
    expect(add(store, records(0, 5))).toEqual({ added: 0, duplicates: 5, companions: 0, changed: 0, late: 0 })
    expect(add(store, [...records(4, 3), ...records(4, 3), record('c', { companion: true })])).toEqual({ added: 3, duplicates: 4, companions: 1, changed: 0, late: 0 })
    expect(ids(store)).toHaveLength(8)
    expect(ids(await reopened(store, folder))).toHaveLength(8)
  })

  test('is another record in another stream, instance or kind', async () => {
    const store = await writable(tempFolder())
    const one = record('id')
    add(store, [one, { ...one, stream: 'other' }, { ...one, instance: 'other' }])
    add(store, [one], { connection: 'b', kind: 'teleport' })
    expect(ids(store)).toHaveLength(4)
  })

  test('is told by its whole key among many of any text', async () => {
    const random = new Random(2)
    const store = await writable(tempFolder())
    const texts = Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(...Array.from({ length: 3 }, () => random.int(65_536))) + i)
    expect(add(store, texts.map((id) => record(id)))).toMatchObject({ added: 20_000 })
    expect(add(store, texts.map((id) => record(id)))).toMatchObject({ added: 0, duplicates: 20_000 })
  })
})

test('rows of one hash are told apart by whoever knows the keys', () => {
  const index = new KeyIndex()
  const [a, b] = [0xdeadbeef, 7]
  for (let row = 0; row < 10_000; row += 2) index.add(Uint32Array.of(a, b, row + 1, row + 1), row)
  for (const row of [0, 2, 4998, 9998]) expect(index.find(a, b, (candidate) => candidate === row)).toBe(row)
  expect(index.find(a, b, (candidate) => candidate === 3)).toBe(-1)
  expect(index.find(3, 3, () => true)).toBe(3)
  expect(index.find(3, 4, () => true)).toBe(-1)
})

describe('a record that two connections hold', () => {
  async function shared() {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [marked('one', 1), marked('two', 2)], { ...as('a'), ready: {} })
    add(store, [marked('two', 2), marked('three', 3)], { ...as('b'), ready: {} })
    return { folder, store }
  }

  test('is one row, counted for each and found under each', async () => {
    const { store } = await shared()
    expect(connections(store)).toEqual(['a ready 2', 'b ready 2'])
    expect(ids(store)).toEqual(['one', 'two', 'three'])
    const of = (value: string) => ({ ...ALL, filter: { kind: 'text' as const, columns: ['connection' as const], match: { op: 'equals' as const, value } } })
    expect(ids(store, of('a'))).toEqual(['one', 'two'])
    expect(ids(store, of('b'))).toEqual(['two', 'three'])
  })

  test.each([
    { wiped: 'a', left: ['two', 'three'], gone: 'one', other: 'b' },
    { wiped: 'b', left: ['one', 'two'], gone: 'three', other: 'a' },
  ])(
    'stays when $wiped is wiped; what only that one held is gone from every file', async ({ wiped, left, gone, other }) => {
      const { folder, store } = await shared()
      expect(await store.remove(wiped, true)).toEqual({ removedRows: 1 })
      await nowAndReopened(store, folder, (at) => {
        expect(ids(at)).toEqual(left)
        expect(connections(at)).toEqual([`${other} ready 2`])
        expect(at.page(ALL, 0, 9).map(({ origin }) => origin.connection)).toEqual([other, other])
      })
      expect(filesWith(folder, `MARK-${gone}-MARK`)).toEqual([])
      for (const id of left) expect(filesWith(folder, `MARK-${id}-MARK`)).toHaveLength(1)
    })

  test('is gone once all are wiped, and can come again', async () => {
    const { folder, store } = await shared()
    await store.remove('a', true)
    await store.remove('b', true)
    expect(store.state()).toMatchObject({ held: 0, range: null })
    expect(filesWith(folder, 'MARK')).toEqual([])
    expect(add(store, [marked('two', 2)], as('c'))).toMatchObject({ added: 1 })
    expect(ids(await reopened(store, folder))).toEqual(['two'])
  })
})

describe('removing', () => {
  test('without wiping keeps the rows and says so, over restarts and rewritings', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, records(0, 3), { ...as('kept'), ready: {} })
    add(store, records(3, 3), { ...as('gone'), ready: {} })
    const before = contents(store).slice(0, 3)
    expect(await store.remove('kept', false)).toEqual({ removedRows: 0 })
    expect(connections(store)).toEqual(['gone ready 3', 'kept removed 3'])
    await store.remove('gone', true)
    await nowAndReopened(store, folder, (at) => {
      expect(connections(at)).toEqual(['kept removed 3'])
      expect(contents(at)).toEqual(before)
    })
  })

  test('wipes inside a batch and leaves its neighbours exactly as they were', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [marked('b', 2), marked('d', 4)], as('first'))
    add(store, ['a', 'b', 'c', 'd', 'e'].map((id, i) => marked(id, i + 1)), as('second'))
    add(store, [marked('c', 3)], as('third'))
    const before = contents(store)
    await store.remove('second', true)
    expect(contents(store)).toEqual(before.filter(({ event }) => /:[bcd]$/.test(event.key)).map((held) => (
      held.event.key.endsWith(':c') ? { ...held, origin: { ...held.origin, connection: 'third' } } : held
    )))
    expect(filesWith(folder, 'MARK-a-MARK')).toEqual([])
    expect(contents(await reopened(store, folder))).toHaveLength(3)
  })

  test('what is not there is refused and nothing is written', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const { size } = statSync(journalOf(folder))
    expect(await faultOf(() => store.remove('none', true))).toMatchObject({ code: 'not-found', message: expect.stringContaining('none') })
    expect(statSync(journalOf(folder)).size).toBe(size)
  })

  test('tells of the change before the bytes are taken off the disk, so that nobody counts rows that moved', async () => {
    const store = await writable(tempFolder())
    add(store, records(0, 3))
    const before = store.revision()
    const removing = store.remove('logs', true)
    expect(store.count(ALL).rows).toBe(0)
    expect(store.revision()).toBeGreaterThan(before)
    await removing
  })

  test('while others write, remove and set loses nothing of theirs', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    for (const name of ['a', 'b', 'c']) add(store, [marked(name, 1)], { ...as(name), ready: {} })
    const removing = [store.remove('a', true), store.remove('b', true)]
    add(store, [marked('during', 2)], as('d'))
    store.setSetting('zone', 'UTC')
    await Promise.resolve()
    add(store, [marked('later', 3)], as('d'))
    await Promise.all(removing)
    add(store, [marked('after', 4)], as('d'))
    await nowAndReopened(store, folder, (at) => {
      expect(ids(at)).toEqual(['c', 'during', 'later', 'after'])
      expect(at.settings()).toEqual({ zone: 'UTC' })
    })
    expect(filesWith(folder, 'MARK-a-MARK')).toEqual([])
    expect(filesWith(folder, 'MARK-b-MARK')).toEqual([])
  })

  test('that is overtaken by closing is finished at the next start', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [marked('gone', 1)], as('a'))
    add(store, [marked('kept', 1)], as('b'))
    const removing = store.remove('a', true)
    close(store)
    await removing
    expect(ids(await writable(folder))).toEqual(['kept'])
    expect(filesWith(folder, 'MARK-gone-MARK')).toEqual([])
  })
})

describe('a name that another holds', () => {
  test('is refused for another kind, and nothing of it reaches the journal', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, records(0, 1))
    const { size } = statSync(journalOf(folder))
    expect(await faultOf(() => add(store, records(1, 1), { kind: 'teleport' }))).toMatchObject({ code: 'name-taken' })
    expect(statSync(journalOf(folder)).size).toBe(size)
  })

  test('is refused for what is to replace a third, and the workspace opens again', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, records(0, 1), { ...as('a'), ready: {} })
    add(store, records(1, 1), { ...as('b'), ready: {} })
    add(store, records(2, 1), { ...as('b'), pending: true })
    expect(await faultOf(() => add(store, [], { ...as('b'), pending: true, ready: { replaces: 'a' } }))).toMatchObject({ code: 'name-taken' })
    expect(connections(await reopened(store, folder))).toEqual(['a ready 1', 'b ready 1'])
  })
})

describe('a connection that is pending', () => {
  const pending = { ...as('logs'), pending: true }

  test('is hidden with its rows until it is ready, then stands in the place of the other', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [marked('old', 1), marked('both', 2)], { ready: {} })
    const before = contents(store)
    add(store, [marked('new', 3), marked('both', 2)], pending)
    expect(contents(store)).toEqual(before)
    expect(store.find('sshd:web-1:auth:new')).toBeNull()
    expect(store.rowOf(ALL, 'sshd:web-1:auth:new')).toBeNull()
    expect(connections(store)).toEqual(['logs ready 2'])
    expect(contents(await readable(folder))).toEqual(before)
    add(store, [], { ...pending, ready: { replaces: 'logs' } })
    await nowAndReopened(store, folder, (at) => {
      expect(ids(at)).toEqual(['both', 'new'])
      expect(connections(at)).toEqual(['logs ready 2'])
    })
    expect(filesWith(folder, 'MARK-old-MARK')).toEqual([])
  })

  test('goes without a trace when it is dropped or the process ends', async () => {
    const folder = tempFolder()
    let store = await writable(folder)
    add(store, [marked('old', 1), marked('both', 2)], { ready: {} })
    const before = contents(store)
    for (const end of ['dropped', 'closed']) {
      add(store, [marked('new', 3), marked('both', 2)], pending)
      if (end === 'dropped') await store.dropPending('logs')
      else store = await reopened(store, folder)
      expect(contents(store)).toEqual(before)
      expect(connections(store)).toEqual(['logs ready 2'])
      expect(filesWith(folder, 'MARK-new-MARK')).toEqual([])
      expect(filesWith(folder, 'MARK-both-MARK')).toHaveLength(1)
    }
  })

  test('stays hidden and whole when another connection is wiped meanwhile', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [marked('old', 1), marked('both', 2)], { ready: {} })
    add(store, [marked('else', 9)], as('other'))
    add(store, [marked('new', 3), marked('both', 2)], { ...pending, coverage: [{ stream: 's', from: 1, to: 4, state: 'complete' }] })
    await store.remove('other', true)
    expect(ids(store)).toEqual(['old', 'both'])
    expect(connections(store)).toEqual(['logs ready 2'])
    add(store, [], { ...pending, ready: { replaces: 'logs' } })
    await nowAndReopened(store, folder, (at) => {
      expect(ids(at)).toEqual(['both', 'new'])
      expect(connections(at)).toEqual(['logs ready 2'])
      expect(at.coverage(null)).toMatchObject([{ stream: 's', state: 'complete' }])
    })
  })
})

describe('the state of a connection', () => {
  test('is ready once it said so, and interrupted where it was cut or the process ended', async () => {
    const folder = tempFolder()
    let store = await writable(folder)
    add(store, records(0, 1), as('a'))
    add(store, records(1, 1), { ...as('b'), ready: {} })
    add(store, records(2, 1), { ...as('c'), interrupted: true })
    expect(connections(store)).toEqual(['a importing 1', 'b ready 1', 'c interrupted 1'])
    await store.remove('b', true)
    expect(connections(store)).toEqual(['a importing 1', 'c interrupted 1'])
    store = await reopened(store, folder)
    expect(connections(store)).toEqual(['a interrupted 1', 'c interrupted 1'])
    add(store, [], { ...as('a'), ready: {} })
    expect(connections(await reopened(store, folder))).toEqual(['a ready 1', 'c interrupted 1'])
  })

  test('carries its files and its range', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const file = { path: '/var/log/auth.log', size: 10, mtime: 5, sha256: 'ab', stream: 'auth', first: 1, last: null }
    add(store, [record('x', { time: 5 }), record('y', { time: 3, companion: true })], { files: [file], ready: {} })
    add(store, [], { files: [file, { ...file, sha256: 'cd', first: null }], ready: {} })
    const expected = [{ name: 'logs', kind: 'sshd', origin: 'files', state: 'ready', rows: 1, companions: 1, first: 3, last: 5 }]
    await nowAndReopened(store, folder, (at) => {
      expect(at.connections()).toMatchObject(expected)
      expect(at.connections()[0]?.files).toEqual([{ ...file, sha256: 'cd', first: null }, file])
    })
  })
})
