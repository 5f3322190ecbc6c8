import { statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../temp-folder'
import { add, ALL, faultOf, ids, journalOf, nowAndReopened, NOW, record, reopened, writable } from './a-store'
import { batchOf, bring, FACTS, keyOf, page, SERVER, stream } from './a-server'

const STREAMS = [stream('audit', { label: 'Audit', serverTotal: 12 }), stream('logs/3', { status: 'not-visible', fault: { code: 'forbidden', message: 'No.' } })]

describe('a server connection', () => {
  test('stands before any record came, is ready, and keeps what is known of it', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    store.note({ ...SERVER, server: FACTS, streams: STREAMS })
    store.note({ ...SERVER, server: { ...FACTS, paused: true }, streams: [stream('audit', { requests: 9 }), stream('sessions')] })
    const expected = {
      name: 'prod', kind: 'webxterm', origin: 'server', state: 'ready', rows: 0, companions: 0, first: null, last: null, files: [],
      server: { ...FACTS, paused: true },
      streams: [stream('audit', { requests: 9 }), STREAMS[1], stream('sessions')],
    }
    await nowAndReopened(store, folder, (at) => expect(at.connections()).toEqual([expected]))
  })

  test('stays ready while pages come, also when the process ends among them', async () => {
    const folder = tempFolder()
    let store = await writable(folder)
    bring(store, [{ id: '1' }])
    expect(store.connections()[0]).toMatchObject({ state: 'ready', rows: 1, server: null })
    store = await reopened(store, folder)
    bring(store, [{ id: '2' }], { streams: [stream('audit')], server: FACTS })
    expect(store.connections()[0]).toMatchObject({ state: 'ready', rows: 2, server: FACTS, streams: [stream('audit')] })
  })

  test('lives on as it is when another connection is wiped, and is wiped itself', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [record('file')], { ready: {} })
    store.note({ ...SERVER, server: FACTS, streams: STREAMS })
    bring(store, [{ id: '1' }], { coverage: [{ stream: 'audit', from: NOW, to: NOW + 1, state: 'complete', serverTotal: 1 }] })
    const before = store.connections().filter(({ name }) => name === 'prod')
    await store.remove('logs', true)
    const check = (at: typeof store) => {
      expect(at.connections()).toEqual(before)
      expect(at.ledger({ from: NOW, to: NOW + 1 })).toMatchObject([{ stream: 'audit', serverTotal: 1 }, { stream: 'logs/3', state: 'not-visible' }])
    }
    check(store)
    const again = await reopened(store, folder)
    check(again)
    expect(await again.remove('prod', true)).toEqual({ removedRows: 1 })
    await nowAndReopened(again, folder, (at) => expect([at.connections(), ids(at), at.ledger(null)]).toEqual([[], [], []]))
  })

  test('removed without wiping says so, until it is connected again', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    store.note({ ...SERVER, server: FACTS })
    bring(store, [{ id: '1' }])
    await store.remove('prod', false)
    const again = await reopened(store, folder)
    expect(again.connections()[0]).toMatchObject({ state: 'removed', rows: 1 })
    again.note({ ...SERVER, server: FACTS })
    expect(again.connections()[0]).toMatchObject({ state: 'ready', rows: 1 })
  })

  test('does not take the name of another kind', async () => {
    const store = await writable(tempFolder())
    add(store, [record('x')])
    for (const kind of ['webxterm', 'sshd']) {
      expect(await faultOf(() => store.note({ connection: 'logs', kind, server: FACTS }))).toMatchObject({ code: 'name-taken' })
    }
  })
})

describe('renaming', () => {
  test('keeps all that is held, under the new name alone', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    store.note({ ...SERVER, server: FACTS })
    bring(store, [{ id: '1' }])
    const named = (value: string) => ({ ...ALL, filter: { kind: 'text' as const, columns: ['connection' as const], match: { op: 'equals' as const, value } } })
    expect(ids(store, named('prod'))).toEqual(['1'])
    store.renameConnection('prod', 'staging')
    bring(store, [{ id: '2' }], { connection: 'staging' })
    await nowAndReopened(store, folder, (at) => {
      expect(at.connections()).toMatchObject([{ name: 'staging', rows: 2, server: FACTS }])
      expect([ids(at, named('prod')), ids(at, named('staging'))]).toEqual([[], ['1', '2']])
      expect(at.find(keyOf('1'))?.origin.connection).toBe('staging')
    })
  })

  test('to a name that is taken, and of what is not there, is refused', async () => {
    const store = await writable(tempFolder())
    add(store, [record('x')])
    bring(store, [{ id: '1' }])
    expect(await faultOf(() => store.renameConnection('prod', 'logs'))).toMatchObject({ code: 'name-taken' })
    expect(await faultOf(() => store.renameConnection('none', 'other'))).toMatchObject({ code: 'not-found' })
    store.renameConnection('prod', 'prod')
    expect(store.connections().map(({ name }) => name)).toEqual(['logs', 'prod'])
  })
})

describe('what a walk asks of a stream', () => {
  test('is counted by time, connection and stream, newest states alone', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const at = (time: number) => ({ fields: { time } })
    bring(store, [{ id: '5', ...at(50) }, { id: '4', ...at(40) }, { id: 'l', stream: 'logs/3', ...at(45) }])
    expect(store.heldIn({ connection: 'prod', stream: 'audit' }, { from: 0, to: 100 })).toBe(2)
    bring(store, [{ id: '3', ...at(30) }, { id: '4', text: 'new', ...at(41) }])
    bring(store, [{ id: '3', ...at(30) }], { connection: 'other' })
    add(store, [{ ...record('file', { time: 30 }), stream: 'audit' }])
    await nowAndReopened(store, folder, (now) => {
      const place = { connection: 'prod', stream: 'audit' }
      expect(now.keysIn(place, { from: 0, to: 100 })).toEqual([['3', 30], ['4', 41], ['5', 50]].map(([id, time]) => ({ key: keyOf(String(id)), time })))
      expect(now.heldIn(place, { from: 30, to: 50 })).toBe(2)
      expect(now.heldIn(place, { from: 31, to: 41 })).toBe(0)
      expect(now.oldestIn(place)).toBe(30)
      expect(now.heldIn({ ...place, stream: 'logs/3' }, { from: 0, to: 100 })).toBe(1)
      expect(now.heldIn({ ...place, connection: 'other' }, { from: 0, to: 100 })).toBe(1)
      for (const none of [{ ...place, stream: 'none' }, { ...place, connection: 'none' }]) {
        expect([now.heldIn(none, { from: 0, to: 100 }), now.keysIn(none, { from: 0, to: 100 }), now.oldestIn(none)]).toEqual([0, [], null])
      }
    })
  })

  test('holds what every page brought, in whatever order they come', async () => {
    const store = await writable(tempFolder())
    const place = { connection: 'prod', stream: 'audit' }
    for (const [n, start] of [700, 100, 900, 400, 650, 0, 1000].entries()) {
      bring(store, Array.from({ length: 50 }, (_, i) => ({ id: `${start + 50 - i}`, fields: { time: start + 50 - i } })))
      expect(store.heldIn(place, { from: -1, to: 2000 })).toBe(50 * (n + 1))
      expect(store.heldIn(place, { from: start + 1, to: start + 51 })).toBe(50)
      expect(store.keysIn(place, { from: start + 10, to: start + 12 }).map(({ time }) => time)).toEqual([start + 10, start + 11])
    }
  })
})

test('a page that says nothing new is not written and tells nobody', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  bring(store, [{ id: '1' }])
  const { size } = statSync(journalOf(folder))
  const before = store.revision()
  expect(bring(store, [{ id: '1' }], { at: NOW + 1 })).toMatchObject({ duplicates: 1 })
  expect([statSync(journalOf(folder)).size, store.revision()]).toEqual([size, before])
  bring(store, [{ id: '1' }], { streams: [stream('audit')] })
  expect(statSync(journalOf(folder)).size).toBeGreaterThan(size)
})

test('what is of no use is refused: a record that does not stand in its page', () => {
  const { records, body } = page([{ id: '1' }])
  expect(() => batchOf(records, body.subarray(1))).toThrow(/does not stand/)
})
