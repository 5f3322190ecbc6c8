import { describe, expect, test } from 'vitest'
import type { CoverageState, StreamFacts } from '../../../src/domain'
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

describe('the ledger of a server', () => {
  const from = { origin: 'request' as const, place: 'GET https://example.org', fetchedAt: 1 }
  const PROD = { connection: 'prod', kind: 'api' }
  const facts = (stream: string, status: StreamFacts['status'] = 'ok'): StreamFacts => ({ stream, label: stream, status, requests: 1 })
  const brief = (ranges: { stream: string; from: number; to: number; state: string; held?: number; serverTotal?: number }[]) =>
    ranges.map(({ stream, from: start, to, state, held, serverTotal }) => `${stream} ${start}-${to} ${state} ${held} of ${serverTotal ?? '?'}`)

  test('counts the rows of each list by its name, whosever they are', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    store.append([on('h', 'a', 15), on('i', 'b', 16), { ...on('h', 'c', 16), stream: 'logs' }], from, { ...PROD, coverage: [range('auth', [10, 20]), range('logs', [10, 20])] })
    await nowAndReopened(store, folder, (at) => expect(at.coverage(null)).toMatchObject([{ stream: 'auth', held: 2 }, { stream: 'logs', held: 1 }]))
  })

  test('tells lists that have no range, and what lies between ranges, by what is known of the list', async () => {
    const store = await writable(tempFolder())
    const streams = [facts('audit'), facts('sessions'), facts('logs/1', 'not-visible'), facts('logs/2', 'not-visible'), facts('rec', 'not-offered')]
    store.note({ ...PROD, streams })
    expect([store.ledger(null), brief(store.coverage({ from: 0, to: 9 })).length]).toEqual([[], 5])
    store.note({ ...PROD, coverage: [range('audit', [10, 20]), range('audit', [30, 40], 'partial'), range('logs/1', [12, 14])] })
    expect(brief(store.coverage({ from: 5, to: 40 }))).toEqual([
      'audit 5-10 not-asked 0 of ?', 'audit 10-20 complete 0 of ?', 'audit 20-30 not-asked 0 of ?', 'audit 30-40 partial 0 of ?',
      'logs/1 5-12 not-visible 0 of ?', 'logs/1 12-14 complete 0 of ?', 'logs/1 14-40 not-visible 0 of ?',
      'sessions 5-40 not-asked 0 of ?', 'logs/2 5-40 not-visible 0 of ?', 'rec 5-40 not-offered 0 of ?',
    ])
    expect(brief(store.coverage(null)).filter((text) => !text.startsWith('audit'))).toEqual([
      'logs/1 12-14 complete 0 of ?', 'sessions 10-40 not-asked 0 of ?', 'logs/2 10-40 not-visible 0 of ?', 'rec 10-40 not-offered 0 of ?',
    ])
  })

  test('keeps a total for the whole range that it was told for', async () => {
    const store = await writable(tempFolder())
    store.note({ ...PROD, coverage: [{ ...range('audit', [10, 20]), serverTotal: 3 }, { ...range('audit', [20, 30]), serverTotal: 4 }] })
    expect(brief(store.coverage({ from: 10, to: 30 }))).toEqual(['audit 10-30 complete 0 of 7'])
    expect(brief(store.coverage({ from: 11, to: 30 }))).toEqual(['audit 11-30 complete 0 of ?'])
    store.note({ ...PROD, coverage: [range('audit', [15, 16], 'partial')] })
    expect(brief(store.coverage(null))).toEqual(['audit 10-30 complete 0 of 7'])
    store.note({ ...PROD, coverage: [{ ...range('audit', [15, 16], 'partial'), overrule: true }] })
    expect(brief(store.coverage(null))).toEqual(['audit 10-15 complete 0 of ?', 'audit 15-16 partial 0 of ?', 'audit 16-30 complete 0 of ?'])
  })

  test('begins with the oldest record where it reaches back to the beginning of time', async () => {
    const store = await writable(tempFolder())
    const [day, hour] = [86_400_000, 3_600_000]
    const coverage = [range('audit', [0, 9 * day]), range('logs', [0, 5 * day], 'unknown'), range('logs', [5 * day, 9 * day]), range('none', [0, 9 * day])]
    const { kind, connection } = PROD
    store.append([{ ...record('a', { time: 2 * day + hour }), stream: 'audit' }], { origin: 'request', place: 'GET /', fetchedAt: 0 }, { kind, connection, coverage })
    const from = 2 * day + hour
    expect(brief(store.coverage(null))).toEqual([
      `audit ${from}-${9 * day} complete 1 of ?`,
      `logs ${from}-${5 * day} unknown 0 of ?`,
      `logs ${5 * day}-${9 * day} complete 0 of ?`,
      `none ${from}-${9 * day} complete 0 of ?`,
    ])
    expect(brief(store.coverage({ from: day, to: 5 * day }))).toContain(`logs ${day}-${5 * day} unknown 0 of ?`)
  })
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
