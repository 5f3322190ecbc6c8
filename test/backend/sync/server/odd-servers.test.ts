import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../../src/domain'
import { DIALECTS, type Dialect } from '../../../../src/sample'
import { HOUR, MINUTE, NOON, ownServer, reading, row, type OwnServer, type Reading, type Row } from './own-server'

/** Requests that one sync may make of a list of a few hundred records, whatever the server answers. */
const MOST_REQUESTS = 200

type Listing = {
  /** What the window holds, newest first. */
  rows: Row[]
  page: number
  limit: number
  windowed: boolean
  asked: number
}

type Told = { rows: Row[]; total?: number | string; limit?: number | string; date?: Instant }

/** An audit list that is answered by a twist of what an honest server would say. */
async function oddServer(dialect: Dialect, audit: Row[], twist: (listing: Listing) => Told): Promise<OwnServer> {
  let asked = 0
  const server: OwnServer = await ownServer(dialect, {
    audit,
    answer(seen) {
      const { pathname, searchParams } = new URL(seen.path, 'http://own.invalid')
      if (!pathname.startsWith('/api/audit')) return undefined
      const at = (name: string, otherwise: number) => (searchParams.has(name) ? Date.parse(searchParams.get(name) ?? '') : otherwise)
      const [from, to] = [at('from', -Infinity), at('to', Infinity)]
      const rows = server.audit.toSorted((a, b) => b.time - a.time).filter(({ time }) => time >= from && time < to)
      const numbers = { page: Number(searchParams.get('page')), limit: Number(searchParams.get('limit')) }
      const told = twist({ rows, ...numbers, windowed: searchParams.has('from'), asked: ++asked })
      const rest = [told.total === undefined ? '' : `,"total":${told.total}`, told.limit === undefined ? '' : `,"limit":${told.limit}`]
      const headers = told.date === undefined ? {} : { date: new Date(told.date).toUTCString() }
      return { headers, body: `{"logs":[${told.rows.map(({ text }) => text).join(',')}]${rest.join('')}}` }
    },
  })
  return server
}

/** One every ten minutes, the newest an hour old. */
function someRows(count: number, newest = NOON - HOUR): Row[] {
  return Array.from({ length: count }, (_, i) => row(`r${i}`, newest - i * 10 * MINUTE))
}

const cut = (rows: Row[], { page, limit }: Pick<Listing, 'page' | 'limit'>) => rows.slice((page - 1) * limit, page * limit)

function honest(listing: Listing): Told & { total: number; limit: number } {
  return { rows: cut(listing.rows, listing), total: listing.rows.length, limit: listing.limit }
}

/** Records of the audit that lie in what is called complete and are not held. */
function missedIn({ store }: Reading, audit: Row[]): number {
  const held = new Set(store.keysIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity }).map(({ key }) => key.split(':').at(-1)))
  const complete = store.coverage(null).filter(({ stream, state }) => stream === 'audit' && state === 'complete')
  const missing = audit.filter(({ text }) => !held.has((JSON.parse(text) as { id: string }).id))
  return missing.filter(({ time }) => complete.some(({ from, to }) => from <= time && time < to)).length
}

function heldOf({ store }: Reading): number {
  return store.heldIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity })
}

function statusOf({ store }: Reading): string | undefined {
  return store.connections()[0]?.streams.find(({ stream }) => stream === 'audit')?.status
}

type Odd = { name: string; audit?: Row[]; twist: (listing: Listing) => Told; held?: number; status?: string }

const LIARS: Odd[] = [
  { name: 'gives the same page for ever', twist: ({ rows, limit }) => ({ rows: cut(rows, { page: 1, limit }), total: 10_000, limit }), status: 'partial' },
  { name: 'gives the same page for ever and no total', twist: ({ rows, limit }) => ({ rows: cut(rows, { page: 1, limit }), limit }) },
  { name: 'counts more with each request', twist: (listing) => ({ ...honest(listing), total: listing.rows.length + listing.asked * 300 }), held: 500, status: 'partial' },
  { name: 'counts a trillion', twist: (listing) => ({ ...honest(listing), total: 1e12 }), held: 500, status: 'partial' },
  { name: 'counts nothing where there are rows', twist: (listing) => ({ ...honest(listing), total: 0 }), held: 500, status: 'partial' },
  { name: 'gives empty pages and a total', twist: ({ limit }) => ({ rows: [], total: 77, limit }), held: 0, status: 'partial' },
  { name: 'counts below nothing', twist: (listing) => ({ ...honest(listing), total: -5 }), held: 500 },
  { name: 'has no total and no limit', twist: (listing) => ({ rows: cut(listing.rows, listing) }), held: 500, status: 'ok' },
  { name: 'has no total and gives 40 at a time', twist: ({ rows, page }) => ({ rows: cut(rows, { page, limit: 40 }) }), held: 500, status: 'ok' },
  { name: 'gives 40 at a time without a word', twist: ({ rows, page, limit }) => ({ rows: cut(rows, { page, limit: Math.min(limit, 40) }), total: rows.length }), held: 500, status: 'ok' },
  { name: 'says its limit is 0', twist: (listing) => ({ ...honest(listing), limit: 0 }), held: 500, status: 'ok' },
  { name: 'says its limit is larger than asked', twist: (listing) => ({ ...honest(listing), limit: 5000 }), held: 500, status: 'ok' },
  { name: 'gives more than was asked for', twist: ({ rows, page, limit }) => ({ rows: cut(rows, { page, limit: Math.max(limit, 300) }), total: rows.length, limit: Math.max(limit, 300) }), held: 500, status: 'ok' },
  {
    name: 'changes its page size as it goes',
    twist: (listing) => honest({ ...listing, limit: Math.min(listing.limit, [200, 100, 60, 25][listing.asked % 4] ?? 25) }),
    held: 500,
    status: 'ok',
  },
  { name: 'lists oldest first', twist: (listing) => honest({ ...listing, rows: listing.rows.toReversed() }), held: 500, status: 'ok' },
  { name: 'lists in no order', twist: (listing) => honest({ ...listing, rows: listing.rows.toSorted((a, b) => (a.time % 7) - (b.time % 7) || a.time - b.time) }), held: 500, status: 'ok' },
  { name: 'counts the whole list in each window', twist: (listing) => ({ ...honest(listing), total: 500 }), held: 500 },
  { name: 'ignores the window', twist: (listing) => honest({ ...listing, rows: someRows(500) }), held: 500, status: 'ok' },
  { name: 'ignores the window of a short list', audit: someRows(50), twist: (listing) => honest({ ...listing, rows: someRows(50) }), held: 50, status: 'ok' },
  { name: 'has a row of 1970', audit: [...someRows(499), row('r499', 0)], twist: honest, held: 500, status: 'ok' },
  { name: 'has rows of years to come', audit: [...someRows(498), row('r498', NOON + 9000 * HOUR), row('r499', NOON + 90_000 * HOUR)], twist: honest, held: 500, status: 'ok' },
  { name: 'has a Date years behind its rows', twist: (listing) => ({ ...honest(listing), date: NOON - 30_000 * HOUR }), held: 500, status: 'ok' },
  { name: 'has a Date years to come', twist: (listing) => ({ ...honest(listing), date: NOON + 30_000 * HOUR }), held: 500, status: 'ok' },
  { name: 'writes all its rows in one millisecond', audit: Array.from({ length: 10_000 }, (_, i) => row(`r${i}`, NOON - HOUR)), twist: honest, held: 10_000, status: 'ok' },
  { name: 'gives half of its rows unreadable', audit: someRows(500).map(({ time, text }, i) => ({ time, text: i % 2 ? text : text.replace('"timestamp":"', '"timestamp":"x') })), twist: honest, held: 250, status: 'partial' },
  { name: 'gives no row that can be read', audit: someRows(500).map(({ time, text }) => ({ time, text: text.replace('"id"', '"no"') })), twist: honest, held: 0, status: 'partial' },
]

describe.each(DIALECTS)('a %s server', (dialect) => {
  test.each(LIARS)('that $name ends a sync, and nothing is called complete that is not', async ({ audit = someRows(500), twist, held, status }) => {
    const server = await oddServer(dialect, audit, twist)
    const here = await reading(server)
    const costs = []
    for (let times = 0; times < 3; times++) {
      const before = server.seen.length
      const job = await here.sync()
      costs.push(server.seen.length - before)
      expect(missedIn(here, audit)).toBe(0)
      expect(job.recordsDone).toBeLessThanOrEqual(job.recordsTotal ?? 0)
    }
    expect(Math.max(...costs)).toBeLessThan(MOST_REQUESTS)
    if (held !== undefined) expect(heldOf(here)).toBe(held)
    if (status !== undefined) expect(statusOf(here)).toBe(status)
    expect(here.store.drift()[0]).toMatchObject({ vanished: 0 })
    expect(here.store.coverage(null).filter(({ state, to }) => state === 'complete' && to > NOON)).toEqual([])
  })
})
