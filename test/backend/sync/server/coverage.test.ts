import { describe, expect, test } from 'vitest'
import { storeView } from '../../../../src/backend/query/view'
import type { TimeRange } from '../../../../src/domain'
import { DIALECTS, type Dialect } from '../../../../src/sample'
import { ids } from '../../store/a-store'
import { logRow, sessionRow } from './a-talking-server'
import { DAY, HOUR, machine, MINUTE, NOON, ownServer, reading, row, type Reading, type Row } from './own-server'

/** What is younger is not settled. */
const LAG = 5 * MINUTE
const ALWAYS = { from: 0, to: NOON + DAY }

/** Rows newest first, one each `step`. */
function rows(name: string, count: number, { from, step = MINUTE }: { from: number; step?: number }): Row[] {
  return Array.from({ length: count }, (_, i) => row(`${name}${i}`, from - i * step))
}

function logs(name: string, count: number, from: number): Row[] {
  return Array.from({ length: count }, (_, i) => logRow(`${name}${i}`, from - i * MINUTE, ''))
}

/** States of a stream over a range, in order. */
function states({ store }: Reading, stream: string, range: TimeRange = ALWAYS): string[] {
  return store.coverage(range).filter((entry) => entry.stream === stream).map(({ state }) => state)
}

const shown = ({ store }: Reading, query: string) => ids(store, storeView({ query, range: null, order: 'asc' }))
const keyOf = (id: string, own: { url: string }, stream = 'audit') => `webxterm:${new URL(own.url).hostname}:${stream}:${id}`

describe.each(DIALECTS)('the ledger of a server that speaks %s', (dialect) => {
  const auditPath = dialect === 'server' ? '/api/audit-logs' : '/api/audit'

  test('calls complete what is settled and counted; what comes after the last sync was not asked', async () => {
    const own = await ownServer(dialect, { audit: rows('a', 450, { from: NOON - MINUTE }) })
    const read = await reading(own)
    expect(await read.sync()).toMatchObject({ state: 'done', streams: [{ stream: 'audit', status: 'ok', added: 450, serverTotal: 450 }, { stream: 'approvals', status: 'not-offered' }] })
    // The fifth row is as old as the lag, and that is too young.
    const settled = NOON - LAG
    const audit = read.store.coverage(ALWAYS).filter(({ stream }) => stream === 'audit')
    expect(audit.map(({ from, to, state, held }) => ({ from, to, state, held }))).toEqual([
      { from: 0, to: settled, state: 'complete', held: 445 },
      { from: settled, to: NOON, state: 'unknown', held: 5 },
      { from: NOON, to: ALWAYS.to, state: 'not-asked', held: 0 },
    ])
    const [whole] = read.store.ledgerOf({ connection: 'acme', stream: 'audit' })
    expect(whole).toMatchObject({ state: 'complete', serverTotal: 445 })

    own.now += HOUR
    own.audit.unshift(...rows('b', 10, { from: own.now - MINUTE }))
    expect(await read.sync()).toMatchObject({ streams: [{ status: 'ok', added: 10, late: 0 }, { stream: 'approvals' }] })
    expect(states(read, 'audit')).toEqual(['complete', 'unknown', 'not-asked'])
  })

  test('of a second that pages part, with a record listed twice in it, knows one that went', async () => {
    const crowd = rows('crowd', 250, { from: NOON - HOUR, step: 0 })
    const [twice] = crowd
    const audit = [...rows('later', 30, { from: NOON - MINUTE }), ...(twice ? [twice] : []), ...crowd, ...rows('earlier', 300, { from: NOON - 2 * HOUR })]
    const own = await ownServer(dialect, { audit })
    const read = await reading(own)
    const second = { from: NOON - HOUR, to: NOON - HOUR + 1000 }
    await read.sync()
    expect(read.store.heldIn({ connection: 'acme', stream: 'audit' }, second)).toBe(250)
    own.audit = own.audit.filter(({ text }) => !text.includes('"crowd100"'))
    for (let sync = 1; sync <= 3; sync++) await read.sync()
    expect(shown(read, 'is:vanished')).toEqual(['crowd100'])
    expect(read.store.drift()).toMatchObject([{ vanished: 1, changed: 0 }])
    expect(read.store.heldIn({ connection: 'acme', stream: 'audit' }, second)).toBe(249)
    expect(read.store.coverage(second).filter(({ stream }) => stream === 'audit')).toMatchObject([
      { state: 'partial', serverTotal: 250, note: 'The server lists 1 record twice.' },
    ])
    // It is listed once from now on, and all of the second is known.
    own.audit = own.audit.filter((listed, at) => own.audit.indexOf(listed) === at)
    for (let sync = 1; sync <= 3; sync++) await read.sync()
    expect(read.store.drift()).toMatchObject([{ vanished: 1, changed: 0 }])
    expect(states(read, 'audit', second)).toEqual(['complete'])
  })

  test('of a walk that was cut calls nothing complete that is not, and the next sync fills the hole', async () => {
    const own = await ownServer(dialect, { audit: rows('a', 1500, { from: NOON - MINUTE }) })
    const read = await reading(own)
    const stop = new AbortController()
    let pages = 0
    own.answer = ({ path }) => {
      if (path.startsWith(`${auditPath}?`) && path.includes('limit=200') && ++pages === 6) stop.abort()
      return undefined
    }
    expect(await read.sync({ signal: stop.signal })).toMatchObject({ state: 'cancelled' })
    const held = read.store.coverage(ALWAYS).reduce((sum, entry) => sum + entry.held, 0)
    expect(held).toBeGreaterThanOrEqual(200)
    expect(held).toBeLessThan(1500)
    expect(read.store.connections()[0]?.streams[0]).toMatchObject({ stream: 'audit', status: 'partial' })
    // Never complete, and never taken for empty: walked in part, or not come to.
    const rest = read.store.coverage({ from: 0, to: NOON - LAG }).filter(({ state }) => state !== 'complete')
    expect(['partial', 'not-asked']).toEqual(expect.arrayContaining(rest.map(({ state }) => state)))
    expect(rest[0]?.from).toBe(0)
    for (const { state, from, to, held: inside } of read.store.coverage(ALWAYS)) {
      if (state === 'complete') expect(inside).toBe(own.audit.filter(({ time }) => time >= from && time < to).length)
    }
    expect(await read.sync()).toMatchObject({ state: 'done', streams: [{ status: 'ok', added: 1500 - held }, { stream: 'approvals' }] })
    expect(states(read, 'audit')).toEqual(['complete', 'unknown', 'not-asked'])
  })

  test('tells which lists are kept from the account and which are not there', async () => {
    const machines = new Map([machine('open'), machine('closed'), machine('none')])
    const own = await ownServer(dialect, { audit: rows('a', 3, { from: NOON - HOUR }), machines })
    for (const list of ['logs', 'sessions']) {
      own.refused.set(`/api/machines/closed/${list}`, 403)
      own.refused.set(`/api/machines/none/${list}`, 404)
    }
    const read = await reading(own)
    const job = await read.sync()
    expect(job).toMatchObject({ state: 'done', fault: null })
    const statuses = Object.fromEntries(job.streams.map(({ stream, status }) => [stream, status]))
    expect(statuses).toEqual({
      audit: 'ok',
      'logs/open': 'ok',
      'sessions/open': 'ok',
      'logs/closed': 'not-visible',
      'sessions/closed': 'not-visible',
      'logs/none': 'not-offered',
      'sessions/none': 'not-offered',
      'recordings/open': 'not-offered',
      'recordings/closed': 'not-offered',
      'recordings/none': 'not-offered',
      approvals: 'not-offered',
      'signins/open': 'not-offered',
      'signins/closed': 'not-offered',
      'signins/none': 'not-offered',
    })
    expect([states(read, 'logs/closed'), states(read, 'sessions/none')]).toEqual([['not-visible'], ['not-offered']])
    expect(states(read, 'logs/open', { from: NOON - DAY, to: NOON - HOUR })).toEqual(['complete'])

    // Opened, it is read; closed again, what was proven stays.
    own.refused.clear()
    own.logs.set('closed', logs('l', 5, NOON - HOUR))
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/closed')).toMatchObject({ status: 'ok', added: 5 })
    own.refused.set('/api/machines/closed/logs', 403)
    own.now += DAY
    await read.sync()
    expect(states(read, 'logs/closed', { from: 0, to: own.now })).toEqual(['complete', 'unknown', 'not-visible'])
    expect(read.store.drift()).toMatchObject([{ vanished: 0 }])
  })

  test('keeps to the range that was asked for; a sync without one fills the rest', async () => {
    const own = await ownServer(dialect, { audit: rows('a', 480, { from: NOON - HOUR, step: HOUR / 2 }), machines: new Map([machine('m')]) })
    own.logs.set('m', logs('l', 90, NOON - HOUR))
    const read = await reading(own)
    const range = { from: NOON - 4 * DAY, to: NOON - 2 * DAY }
    const inside = own.audit.filter(({ time }) => time >= range.from && time < range.to).length
    const job = await read.sync({ range })
    expect(job).toMatchObject({ state: 'done', fault: null })
    expect(job.streams.find(({ stream }) => stream === 'audit')).toMatchObject({ added: inside, status: 'ok' })
    expect(shown(read, '')).toHaveLength(inside)
    expect(states(read, 'audit')).toEqual(['not-asked', 'complete', 'not-asked'])
    const windows = own.seen.flatMap(({ path }) => {
      const { searchParams } = new URL(path, own.url)
      return searchParams.has('from') ? [[Date.parse(searchParams.get('from') ?? ''), Date.parse(searchParams.get('to') ?? '')]] : []
    })
    if (dialect === 'documented') {
      // But for the look at what an end of a window means, which is at the newest record.
      const newest = own.audit[0]?.time ?? 0
      const others = windows.filter(([from = 0, to = 0]) => !(from >= newest - 1000 && to <= newest + 1000))
      expect(others.length).toBeGreaterThan(0)
      for (const [from, to] of others) expect([(from ?? 0) >= range.from - 1, (to ?? 0) <= range.to]).toEqual([true, true])
    }
    expect(await read.sync()).toMatchObject({ state: 'done', fault: null })
    expect(shown(read, '')).toHaveLength(480 + 90)
    expect(states(read, 'audit')).toEqual(['complete', 'unknown', 'not-asked'])
    expect(read.store.drift()).toMatchObject([{ changed: 0, late: 0, vanished: 0 }])
  })

  test('is overruled by what a later look finds: changed, late and vanished records, each and as counts', async () => {
    const own = await ownServer(dialect, { audit: rows('a', 300, { from: NOON - HOUR }) })
    const read = await reading(own)
    const { store } = read
    await read.sync()
    expect(states(read, 'audit')).toEqual(['complete', 'unknown', 'not-asked'])

    const [changed, vanished, lateAt] = [10, 200, NOON - 3 * HOUR + 30_000]
    const before = own.audit[changed] ?? row('', 0)
    own.now += MINUTE
    own.audit[changed] = row(`a${changed}`, before.time, ',"note":"later"')
    own.audit.splice(vanished, 1)
    own.audit.push(row('late', lateAt))
    const job = await read.sync()
    expect(job.streams[0]).toMatchObject({ status: 'ok', added: 1, changed: 1, late: 1, vanished: 1 })
    expect(store.drift()).toEqual([{ connection: 'acme', changed: 1, late: 1, vanished: 1 }])
    expect([shown(read, 'is:changed'), shown(read, 'is:late'), shown(read, 'is:vanished')]).toEqual([[`a${changed}`], ['late'], [`a${vanished}`]])
    const key = keyOf(`a${changed}`, own)
    expect(Buffer.from(store.find(key)?.raw ?? []).toString()).toBe(own.audit[changed]?.text)
    expect(store.revisions(key).map(({ raw, until }) => [Buffer.from(raw).toString(), until])).toEqual([[before.text, own.now]])
    expect(store.find(keyOf('late', own))).toMatchObject({ late: own.now })
    expect(store.find(keyOf(`a${vanished}`, own))).toMatchObject({ vanished: own.now })
    // What the server no longer gives is held, and not counted against its total.
    expect(shown(read, '')).toHaveLength(301)
    expect(states(read, 'audit')).toEqual(['complete', 'unknown', 'not-asked'])
    expect(store.heldIn({ connection: 'acme', stream: 'audit' }, ALWAYS)).toBe(300)

    own.now += MINUTE
    expect((await read.sync()).streams[0]).toMatchObject({ added: 0, changed: 0, late: 0, vanished: 0 })
  })
})

test.each(DIALECTS)('sessions of a server that speaks %s are compared whole: one that ended keeps what it was before', async (dialect) => {
  const own = await ownServer(dialect, { machines: new Map([machine('m')]) })
  const at = NOON - HOUR
  const begun = sessionRow('s1', at, ',"note":"begun"')
  own.sessions.set('m', [begun, sessionRow('s2', at - MINUTE, ''), sessionRow('s3', at - HOUR, '')])
  const read = await reading(own)
  await read.sync()
  const ended = sessionRow('s1', at, ',"note":"ended"')
  own.sessions.set('m', [ended, sessionRow('s3', at - HOUR, ''), sessionRow('s4', at - 2 * HOUR, '')])
  const job = await read.sync()
  expect(job.streams.find(({ stream }) => stream === 'sessions/m')).toMatchObject({ status: 'ok', added: 1, changed: 1, late: 1, vanished: 1, serverTotal: 3 })
  expect([shown(read, 'is:changed'), shown(read, 'is:vanished'), shown(read, 'is:late')]).toEqual([['s1'], ['s2'], ['s4']])
  const { raw, event } = read.store.records(storeView({ query: 'is:changed', range: null, order: 'asc' }), 0, 1)[0] ?? {}
  expect(Buffer.from(raw ?? []).toString()).toBe(ended.text)
  expect(read.store.revisions(event?.key ?? '').map((before) => Buffer.from(before.raw).toString())).toEqual([begun.text])
})

describe('the commands of a machine, of which a server that documents itself gives the last hundred', () => {
  const DIALECT: Dialect = 'documented'
  const settled = NOON - LAG

  test('are unknown between two looks that share none', async () => {
    const own = await ownServer(DIALECT, { machines: new Map([machine('m')]) })
    own.logs.set('m', logs('old', 150, NOON - HOUR))
    const read = await reading(own)
    const ledger = () => read.store.coverage(ALWAYS).filter(({ stream }) => stream === 'logs/m').map(({ from, to, state, held }) => ({ from, to, state, held }))
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/m')).toMatchObject({ added: 100, status: 'partial', serverTotal: null })
    const oldest = NOON - HOUR - 99 * MINUTE
    expect(ledger()).toEqual([
      { from: 0, to: oldest + 1, state: 'unknown', held: 1 },
      { from: oldest + 1, to: settled, state: 'complete', held: 99 },
      { from: settled, to: NOON, state: 'unknown', held: 0 },
      { from: NOON, to: ALWAYS.to, state: 'not-asked', held: 0 },
    ])

    own.now = NOON + 5 * HOUR
    own.logs.get('m')?.push(...logs('new', 120, NOON + 4 * HOUR))
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/m')).toMatchObject({ added: 100, status: 'partial', vanished: 0 })
    const next = NOON + 4 * HOUR - 99 * MINUTE
    expect(ledger().slice(1, 4)).toEqual([
      { from: oldest + 1, to: settled, state: 'complete', held: 99 },
      { from: settled, to: next + 1, state: 'unknown', held: 1 },
      { from: next + 1, to: own.now - LAG, state: 'complete', held: 99 },
    ])
    const [, , hole] = read.store.ledgerOf({ connection: 'acme', stream: 'logs/m' })
    expect(hole?.note).toBe('The server returns only the last 100; none of them was held before.')
  })

  test('are complete between two looks that share some', async () => {
    const own = await ownServer(DIALECT, { machines: new Map([machine('m')]) })
    own.logs.set('m', logs('old', 150, NOON - HOUR))
    const read = await reading(own)
    await read.sync()
    own.now = NOON + 5 * HOUR
    own.logs.get('m')?.push(...logs('new', 60, NOON + 4 * HOUR))
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/m')).toMatchObject({ added: 60, duplicates: 40 })
    const oldest = NOON - HOUR - 99 * MINUTE
    expect(states(read, 'logs/m', { from: oldest + 1, to: own.now - LAG })).toEqual(['complete'])
    expect(states(read, 'logs/m', { from: 0, to: oldest })).toEqual(['unknown'])
  })

  test('are complete altogether where there are fewer', async () => {
    const own = await ownServer(DIALECT, { machines: new Map([machine('m')]) })
    own.logs.set('m', logs('old', 99, NOON - HOUR))
    const read = await reading(own)
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/m')).toMatchObject({ added: 99, status: 'ok', serverTotal: 99 })
    expect(states(read, 'logs/m', { from: 0, to: settled })).toEqual(['complete'])
    own.logs.get('m')?.splice(50, 1)
    expect((await read.sync()).streams.find(({ stream }) => stream === 'logs/m')).toMatchObject({ vanished: 1, status: 'ok' })
    expect(shown(read, 'is:vanished')).toEqual(['old50'])
  })
})
