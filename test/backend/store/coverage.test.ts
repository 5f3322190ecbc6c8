import { expect, test } from 'vitest'
import type { CoverageState } from '../../../src/domain'
import { tempFolder } from '../temp-folder'
import { add, nowAndReopened, record, reopened, writable } from './a-store'

const range = (stream: string, [from, to]: [number, number], state: CoverageState = 'complete') => ({ stream, from, to, state })
const on = (host: string, id: string, time: number) => ({ ...record(id, { time }), instance: host })
const OUTSIDE = { state: 'unknown', note: 'outside every imported file' }

test('what no file speaks of is unknown, on both sides and between', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, [on('h', 'a', 15), on('h', 'b', 19), on('h', 'c', 45)], { coverage: [range('auth · h', [10, 20]), range('auth · h', [40, 50])] })
  await nowAndReopened(store, folder, (at) => {
    expect(at.coverage({ from: 0, to: 60 })).toEqual([
      { connection: 'logs', stream: 'auth · h', from: 0, to: 10, held: 0, ...OUTSIDE },
      { connection: 'logs', stream: 'auth · h', from: 10, to: 20, held: 2, state: 'complete' },
      { connection: 'logs', stream: 'auth · h', from: 20, to: 40, held: 0, ...OUTSIDE },
      { connection: 'logs', stream: 'auth · h', from: 40, to: 50, held: 1, state: 'complete' },
      { connection: 'logs', stream: 'auth · h', from: 50, to: 60, held: 0, ...OUTSIDE },
    ])
    expect(at.coverage({ from: 16, to: 20 })).toMatchObject([{ from: 16, to: 20, state: 'complete', held: 1 }])
    expect(at.coverage({ from: 100, to: 200 })).toMatchObject([{ from: 100, to: 200, state: 'unknown', held: 0 }])
    expect(at.coverage(null).map(({ from, to, state }) => ({ from, to, state }))).toEqual([
      { from: 10, to: 20, state: 'complete' },
      { from: 20, to: 40, state: 'unknown' },
      { from: 40, to: 50, state: 'complete' },
    ])
  })
})

test('of a server what was not asked is not asked', async () => {
  const store = await writable(tempFolder())
  const from = { origin: 'request' as const, place: 'GET https://example.org', fetchedAt: 1 }
  store.append([on('h', 'a', 15)], from, { connection: 'server', kind: 'api', coverage: [{ ...range('audit', [10, 20], 'partial'), serverTotal: 9 }] })
  expect(store.coverage({ from: 0, to: 20 })).toMatchObject([{ state: 'not-asked' }, { state: 'partial', serverTotal: 9 }])
})

test('a cut import is partial; finished, it is complete', async () => {
  const folder = tempFolder()
  let store = await writable(folder)
  add(store, [on('h', 'a', 15)], { coverage: [{ ...range('auth · h', [10, 20], 'partial'), note: 'the import was not finished' }] })
  store = await reopened(store, folder)
  expect(store.coverage(null)).toMatchObject([{ from: 10, to: 20, state: 'partial', note: 'the import was not finished' }])
  add(store, [], { coverage: [range('auth · h', [10, 20])] })
  expect(store.coverage(null)).toEqual([{ connection: 'logs', stream: 'auth · h', from: 10, to: 20, state: 'complete', held: 1 }])
})

test('two hosts in one file are two streams that are counted apart, companions too', async () => {
  const store = await writable(tempFolder())
  const companion = { ...record('d', { time: 14, companion: true }), instance: 'two' }
  const coverage = [range('auth · one', [10, 20]), range('auth · two', [10, 20])]
  add(store, [on('one', 'a', 11), on('one', 'b', 12), on('two', 'c', 13), companion], { coverage })
  expect(store.coverage(null)).toMatchObject([{ stream: 'auth · one', held: 2 }, { stream: 'auth · two', held: 2 }])
  expect(store.coverage({ from: 12, to: 14 })).toMatchObject([{ stream: 'auth · one', held: 1 }, { stream: 'auth · two', held: 1 }])
})

test('connections whose names are alike or look like patterns keep what is theirs', async () => {
  const store = await writable(tempFolder())
  for (const [i, connection] of ['a.b', 'axb', 'A.B', '(x)+', '^$'].entries()) {
    add(store, [on('h', connection, 15), on('h', 'shared', 16)], { connection, coverage: [range('auth · h', [10 - i, 20])] })
  }
  expect(store.coverage(null).map(({ held }) => held)).toEqual([2, 2, 2, 2, 2])
})

test('what is wiped is not covered any more', async () => {
  const store = await writable(tempFolder())
  add(store, [on('h', 'a', 15)], { coverage: [range('auth · h', [10, 20])] })
  add(store, [on('h', 'a', 15)], { connection: 'other', coverage: [range('auth · h', [12, 18])] })
  await store.remove('logs', true)
  expect(store.coverage({ from: 10, to: 20 })).toMatchObject([
    { connection: 'other', from: 10, to: 12, state: 'unknown' },
    { connection: 'other', from: 12, to: 18, state: 'complete', held: 1 },
    { connection: 'other', from: 18, to: 20, state: 'unknown' },
  ])
})
