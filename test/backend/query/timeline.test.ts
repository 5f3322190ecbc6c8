import { describe, expect, test } from 'vitest'
import { countTimeline, eventDetail, eventPivots, facets, histogram, locate, nextFailure, overallState, readRows, suggest } from '../../../src/backend/query'
import type { View } from '../../../src/contract'
import { COVERAGE_STATES, type CoverageRange, type CoverageState } from '../../../src/domain'
import { add, faultOf, NOW, record, records, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

const view = (query = '', more: Partial<View> = {}): View => ({ query, range: null, order: 'asc', ...more })
const MINUTE = 60_000

/** Ten failed sign-ins a minute apart, then a success of weight five; one companion. */
async function store() {
  const held = await writable(tempFolder())
  const failed = Array.from({ length: 10 }, (_, i) => record(`f${i}`, { time: NOW + i * MINUTE, actor: { name: `user${i % 3}` }, machine: { kind: 'host', name: 'web-1' }, ip: `10.0.0.${i}` }))
  add(held, failed, { coverage: [{ stream: 'auth · web-1', from: NOW, to: NOW + 11 * MINUTE, state: 'complete' }] })
  add(held, [record('ok', { time: NOW + 10 * MINUTE, outcome: 'success', repeat: 5, actor: { email: 'User0@x' }, session: 's 1' })])
  add(held, [record('c', { time: NOW + MINUTE, companion: true, actor: { name: 'user0' }, links: [{ key: 'sshd:web-1:auth:f1', relation: 'companion' }] })])
  return held
}

describe('counting', () => {
  test('tells rows from what they stand for, and what is hidden by what', async () => {
    const held = await store()
    expect(countTimeline(held, { view: view() })).toMatchObject({ rows: 11, matching: 15, held: 11, hidden: { byRange: 0, byQuery: 0, companions: 1 }, coverage: 'complete' })
    const range = { from: NOW, to: NOW + 5 * MINUTE }
    expect(countTimeline(held, { view: view('user:user0', { range }) })).toMatchObject({ rows: 2, matching: 2, held: 11, hidden: { byRange: 2, byQuery: 3, companions: 1 } })
    expect(countTimeline(held, { view: view('is:companion') })).toMatchObject({ rows: 1, hidden: { byRange: 0, byQuery: 11, companions: 0 } })
    expect(countTimeline(held, { view: view('', { range: { from: 0, to: 10 } }) })).toMatchObject({ rows: 0, coverage: 'unknown' })
  })

  test('over nothing held is zero', async () => {
    expect(countTimeline(await writable(tempFolder()), { view: view() })).toMatchObject({ rows: 0, matching: 0, held: 0, coverage: 'not-asked' })
  })

  test('of a query with a fault is refused with its place', async () => {
    expect(await faultOf(async () => countTimeline(await store(), { view: view('nonsense:(') }))).toMatchObject({ code: 'bad-query', detail: { from: expect.any(Number) } })
  })
})

describe('the state of a range as a whole', () => {
  const ranges = (...states: CoverageState[]) => states.map((state): CoverageRange => ({ connection: 'c', stream: 's', from: 0, to: 1, state, held: 0 }))

  test('is that of its worst part', () => {
    expect(overallState([])).toBe('not-asked')
    expect(overallState(ranges('complete', 'complete'))).toBe('complete')
    for (const state of COVERAGE_STATES) expect(overallState(ranges('complete', state))).toBe(state)
    expect(overallState(ranges('complete', 'unknown', 'partial'))).toBe('partial')
  })
})

describe('rows', () => {
  test('come in the order of the view, with where the page is in the whole', async () => {
    const held = await store()
    const { rows, at, total } = readRows(held, { view: view('', { order: 'desc' }), at: 0, count: 2 })
    expect({ at, total, keys: rows.map(({ key }) => key) }).toEqual({ at: 0, total: 11, keys: ['sshd:web-1:auth:ok', 'sshd:web-1:auth:f9'] })
    expect(rows[0]).toEqual({ key: 'sshd:web-1:auth:ok', time: NOW + 10 * MINUTE, timePrecision: 'ms', category: 'authentication', outcome: 'success', severity: 'warning',
      action: 'login', user: 'User0@x', place: null, ip: null, lead: 'Failed password', detail: '', repeat: 5, companion: false, connection: 'logs' })
  })

  test('of a megabyte are shown by their beginning', async () => {
    const held = await writable(tempFolder())
    add(held, [record('long', { command: 'x'.repeat(1_000_000), reason: 'y'.repeat(1_000_000) })])
    const [row] = readRows(held, { view: view(), at: 0, count: 1 }).rows
    expect([row?.lead.length, row?.detail.length]).toEqual([501, 501])
  })

  test('are found by key and by time, and failures from row to row', async () => {
    const held = await store()
    const desc = view('', { order: 'desc' })
    expect(locate(held, { view: view(), key: 'sshd:web-1:auth:f3' })).toEqual({ row: 3 })
    expect(locate(held, { view: desc, key: 'sshd:web-1:auth:f3' })).toEqual({ row: 7 })
    expect(locate(held, { view: view('user:user1'), key: 'sshd:web-1:auth:f3' })).toEqual({ row: null })
    expect(locate(held, { view: view(), time: NOW + MINUTE + 1 })).toEqual({ row: 2 })
    expect(locate(held, { view: desc, time: NOW + MINUTE + 1 })).toEqual({ row: 9 })
    expect(locate(held, { view: view(), time: NOW + 1e9 })).toEqual({ row: 11 })
    expect(nextFailure(held, { view: desc, row: -1, direction: 'forward' })).toEqual({ row: 1 })
    expect(nextFailure(held, { view: view(), row: 9, direction: 'forward' })).toEqual({ row: null })
  })
})

describe('the histogram', () => {
  test.each([1, 2, 3, 7, 60, 2000])('of at most %i buckets counts every row of the view once', async (buckets) => {
    const held = await store()
    for (const asked of [view(), view('outcome:failure'), view('', { range: { from: NOW + MINUTE, to: NOW + 7 * MINUTE + 1 } })]) {
      const { from, to, step, success, failure, unknown } = histogram(held, { view: asked, buckets })
      expect(failure.length).toBeLessThanOrEqual(buckets)
      expect([success.length, unknown.length, (to - from) / step]).toEqual([failure.length, failure.length, failure.length])
      const total = [...success, ...failure, ...unknown].reduce((sum, n) => sum + n, 0)
      expect(total).toBe(countTimeline(held, { view: asked }).matching)
    }
  })

  test.each([1, 2, 10, 300])('of at most %i buckets over a thousand years counts every row once', async (buckets) => {
    const held = await writable(tempFolder())
    const times = [Date.UTC(1970, 0, 1), Date.UTC(2005, 5, 9), Date.UTC(2026, 1, 6), Date.UTC(2969, 11, 31, 23, 59, 59, 999)]
    add(held, times.map((time, i) => record(`y${i}`, { time })))
    const { failure } = histogram(held, { view: view(), buckets })
    expect(failure.length).toBeLessThanOrEqual(buckets)
    expect(failure.reduce((sum, n) => sum + n, 0)).toBe(4)
  })

  test('keeps its axis under a query and takes that of the pin', async () => {
    const held = await store()
    const { from, to } = histogram(held, { view: view(), buckets: 60 })
    expect(histogram(held, { view: view('ip:10.0.0.5'), buckets: 60 })).toMatchObject({ from, to })
    const pinned = histogram(held, { view: view('', { range: { from: NOW, to: NOW + MINUTE } }), buckets: 60 })
    expect(pinned).toMatchObject({ from: NOW, to: NOW + MINUTE, step: 1000 })
  })

  test('over nothing held is empty', async () => {
    expect(histogram(await writable(tempFolder()), { view: view(), buckets: 60 })).toEqual({ from: 0, to: 0, step: 1, success: [], failure: [], unknown: [] })
  })
})

describe('values', () => {
  test('of a field are counted by weight, with those that have none', async () => {
    const [user, ip] = await facets(await store(), { view: view(), fields: ['user', 'ip'], limit: 3 })
    expect(user).toEqual({ field: 'user', distinct: 4, values: [{ value: 'User0@x', rows: 1, count: 5 }, { value: 'user0', rows: 4, count: 4 }, { value: 'user1', rows: 3, count: 3 }] })
    expect(ip).toMatchObject({ distinct: 11, values: [{ value: null, rows: 1, count: 5 }, { value: '10.0.0.0' }, { value: '10.0.0.1' }] })
  })

  test('are offered by their beginning first, then by what they hold, in any case', async () => {
    const held = await store()
    expect(suggest(held, { field: 'user', prefix: 'USER', limit: 9 }).map(({ value }) => value)).toEqual(['User0@x', 'user0', 'user1', 'user2'])
    expect(suggest(held, { field: 'user', prefix: '0', limit: 9 }).map(({ value }) => value)).toEqual(['User0@x', 'user0'])
    expect(suggest(held, { field: 'user', prefix: '', limit: 1 })).toHaveLength(1)
    expect(suggest(held, { field: 'tenant', prefix: 'x', limit: 5 })).toEqual([])
  })
})

describe('one event', () => {
  test('has its bytes, where it came from, and what is linked from both ends', async () => {
    const held = await store()
    const detail = eventDetail(held, 'sshd:web-1:auth:f1')
    expect(detail).toMatchObject({ sentence: 'Failed sign-in as user1 on web-1 from 10.0.0.1', origin: { connection: 'logs', kind: 'sshd', stream: 'auth' },
      provenance: { origin: 'file', place: '/var/log/auth.log', offset: 0, length: 9 } })
    expect(Buffer.from(detail.raw).toString()).toBe('raw of f1')
    expect(detail.rawSha256).toMatch(/^[\da-f]{64}$/)
    expect(detail.linked).toMatchObject([{ relation: 'companion', row: { key: 'sshd:web-1:auth:c', companion: true } }])
    expect(eventDetail(held, 'sshd:web-1:auth:c').linked).toMatchObject([{ relation: 'companion', row: { key: 'sshd:web-1:auth:f1' } }])
    expect(await faultOf(() => eventDetail(held, 'sshd:web-1:auth:none'))).toMatchObject({ code: 'not-found' })
  })

  test('leads to views that have the rows they promise', async () => {
    const held = await store()
    add(held, [record('odd', { time: NOW, actor: { name: 'a"b\\ *? (x) OR y' }, session: '"', machine: { name: 'x y' }, ip: 'host name' })])
    for (const key of ['sshd:web-1:auth:f1', 'sshd:web-1:auth:ok', 'sshd:web-1:auth:odd']) {
      const pivots = await eventPivots(held, key)
      expect(pivots.length).toBeGreaterThan(1)
      for (const { view: looked, rows, label } of pivots) {
        expect(rows, label).toBeGreaterThan(0)
        expect(countTimeline(held, { view: looked }).rows).toBe(rows)
        expect(locate(held, { view: looked, key }).row, label).not.toBeNull()
      }
    }
  })
})

test.each([
  { id: 3000, reach: 0, at: 3000, row: 3000 },
  { id: 3050, reach: 50, at: 3000, row: 3050 },
  { id: 3050, reach: 51, at: 2900, row: 3050 },
  { id: 20, reach: 50, at: 0, row: 20 },
  { id: 9999, reach: 50, at: 700, row: null },
])('rows around event $id, with $reach before it, begin at $at', async ({ id, reach, at, row }) => {
  const held = await writable(tempFolder())
  add(held, records(0, 4000))
  const asked = { view: view(), at: 700, count: 200, around: { key: `sshd:web-1:auth:id-${id}`, align: 100, reach } }
  const found = readRows(held, asked)
  expect({ at: found.at, row: found.row, total: found.total, first: found.rows[0]?.key }).toEqual({ at, row, total: 4000, first: `sshd:web-1:auth:id-${at}` })
})

test('a page deep in the view is that of the whole', async () => {
  const held = await writable(tempFolder())
  add(held, records(0, 5000))
  const whole = Array.from({ length: 5 }, (_, i) => readRows(held, { view: view(), at: i * 1000, count: 1000 }).rows).flat()
  expect(whole.map(({ key }) => key)).toEqual(Array.from({ length: 5000 }, (_, i) => `sshd:web-1:auth:id-${i}`))
})
