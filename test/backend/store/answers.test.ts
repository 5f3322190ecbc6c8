import { expect, test } from 'vitest'
import { TEXT_COLUMNS, type ReadableStore, type StoreView } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, NOW, reopened, writable } from './a-store'
import { countOf, extentOf, firstText, histogramOf, NaiveStore, nextFailureOf, rowAtOf, shown, shownOf, tallyOf } from './naive-store'
import { ATTRIBUTES, randomRecord } from './random-records'
import { randomView } from './random-views'

const HOLDERS = [{ name: 'logs', kind: 'sshd' }, { name: 'other', kind: 'sshd' }, { name: 'Server (1)', kind: 'teleport' }]

type Pair = { store: ReadableStore; naive: NaiveStore; random: Random }

/** Batches of new, repeated and shared records, of several connections, in and out of order. */
function appendSome({ store, naive, random }: { store: Parameters<typeof add>[0]; naive: NaiveStore; random: Random }, batches: number, size: number): void {
  for (let batch = 0; batch < batches; batch++) {
    const records = Array.from({ length: size }, () => randomRecord(new Random(random.int(5000)), `r${random.int(6000)}`))
    const holder = random.pick(HOLDERS)
    const appended = add(store, records, { connection: holder.name, kind: holder.kind })
    expect(appended).toEqual(naive.append(records, holder))
  }
}

function checkView({ store, naive, random }: Pair, view: StoreView): void {
  const rows = naive.view(view)
  expect(store.count(view)).toEqual(countOf(rows))
  expect(store.extent(view)).toEqual(extentOf(rows))
  expect(shown(store, view)).toEqual(shownOf(rows))
  const from = random.int(rows.length + 2)
  expect(store.page(view, from, 7).map((held) => held.event)).toEqual(rows.slice(from, from + 7).map((row) => row.event))
  rows.forEach((row, at) => {
    if (store.rowOf(view, row.event.key) !== at) expect.fail(`row ${at} of ${row.event.key} is ${String(store.rowOf(view, row.event.key))}`)
  })
  const elsewhere = naive.rows.find((row) => !rows.includes(row))
  if (elsewhere) expect(store.rowOf(view, elsewhere.event.key)).toBeNull()
  const times = [random.pick(naive.rows).event.time, random.pick(naive.rows).event.time + 1, NOW - 1e9, NOW + 1e9]
  for (const time of times) expect(store.rowAt(view, time), `at ${time}`).toBe(rowAtOf(rows, time, view.order))
  for (const direction of ['forward', 'back'] as const) {
    for (const row of [-1, 0, random.int(rows.length + 1), rows.length - 1]) {
      expect(store.nextFailure(view, row, direction)).toBe(nextFailureOf(rows, row, direction))
    }
  }
  const buckets = { from: NOW - random.int(100_000), step: 1 + random.int(5000), count: 1 + random.int(20) }
  expect(store.histogram(view, buckets)).toEqual(histogramOf(rows, buckets))
}

function checkTallies({ store, naive, random }: Pair, view: StoreView): void {
  const rows = naive.view(view)
  const columns = Array.from({ length: 1 + random.int(3) }, () => random.pick(TEXT_COLUMNS))
  // The store counts connections and sources alone, never as one of several.
  const alone = columns.find((column) => column === 'source') ?? columns.find((column) => column === 'connection')
  const asked = alone ? [alone] : columns
  const whole = tallyOf(rows, (row) => firstText(row, asked))
  expect(store.tally(view, asked)).toEqual(whole)
  for (const limit of [1, 2, 5]) expect(store.tally(view, asked, limit)).toEqual({ ...whole, values: whole.values.slice(0, limit) })
  const name = random.pick([...ATTRIBUTES, 'PiD', 'toString'])
  const byAttribute = tallyOf(rows, ({ event }) => Object.entries(event.attributes).find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1])
  expect(store.tallyAttribute(view, name)).toEqual(byAttribute)
  expect(store.tallyAttribute(view, name, 3)).toEqual({ ...byAttribute, values: byAttribute.values.slice(0, 3) })
}

function check(pair: Pair, views: StoreView[]): void {
  for (const view of views) {
    try {
      checkView(pair, view)
      checkTallies(pair, view)
    } catch (error) {
      console.log('in the view', JSON.stringify(view, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value)))
      throw error
    }
  }
}

function checkConnections({ store, naive }: Pair): void {
  const held = store.connections().map(({ name, rows, companions, first, last }) => ({ name, rows, companions, first, last }))
  const expected = HOLDERS.toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap(({ name }) => {
    const rows = naive.rows.filter((row) => row.holders.some((holder) => holder.name === name))
    if (rows.length === 0) return []
    const companions = rows.filter((row) => row.event.companion).length
    const { from: first, to } = extentOf(rows) ?? { from: 0, to: 0 }
    return [{ name, rows: rows.length - companions, companions, first, last: to - 1 }]
  })
  expect(held).toEqual(expected)
}

test.each([1, 2])('every answer is that of a list looked through row by row (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  const naive = new NaiveStore()
  let store = await writable(folder)
  appendSome({ store, naive, random }, 12, 250)
  const views = [ALL, { ...ALL, order: 'desc' as const, companions: false }, ...Array.from({ length: 60 }, () => randomView(random))]
  check({ store, naive, random }, views)
  checkConnections({ store, naive, random })

  store = await reopened(store, folder)
  check({ store, naive, random }, views.slice(0, 25))
  checkConnections({ store, naive, random })

  await store.remove('other', true)
  naive.remove('other')
  check({ store, naive, random }, views.slice(0, 25))
  checkConnections({ store, naive, random })

  store = await reopened(store, folder)
  appendSome({ store, naive, random }, 2, 250)
  check({ store, naive, random }, views.slice(0, 25))
  checkConnections({ store, naive, random })
})

test('views that grow while batches arrive are those of a fresh store', async () => {
  const random = new Random(11)
  const naive = new NaiveStore()
  const store = await writable(tempFolder())
  // Fewer than are kept at once, so that each is asked again after every batch; then more, so that some are dropped.
  const views = Array.from({ length: 15 }, () => randomView(random))
  for (let batch = 0; batch < 15; batch++) {
    appendSome({ store, naive, random }, 1, 60)
    check({ store, naive, random }, batch % 3 === 2 ? [...views, ...Array.from({ length: 15 }, () => randomView(random))] : views)
  }
})

test('numbers far beyond 32 bits are counted as they are', async () => {
  const store = await writable(tempFolder())
  const random = new Random(1)
  const one = randomRecord(random, 'one')
  add(store, [{ ...one, event: { ...one.event, repeat: 999_999_999 * 1_000_000 } }])
  expect(store.count(ALL).weighted).toBe(999_999_999_000_000)
})

test('blocks and addresses that are none match nothing and hurt nobody', async () => {
  const store = await writable(tempFolder())
  const random = new Random(5)
  const hostile = ['fe80::1%eth0', '::ffff:10.0.0.1', '10.0.0.1/8', '1e3', '0x0a000001', '10.0.0.01', ':::', 'ffff:'.repeat(100)]
  add(store, hostile.map((ip, i) => ({ ...randomRecord(random, `h${i}`), event: { ...randomRecord(random, '').event, ip } })))
  const rows = (block: string) => store.count({ ...ALL, filter: { kind: 'text', columns: ['ip'], match: { op: 'cidr', block } } }).rows
  for (const block of ['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '::/129', '10.0.0.0/8/9x', 'x/8', '/', '', '10.0.0.0/1.5']) {
    expect(rows(block), block).toBe(0)
  }
  expect(rows('10.0.0.0/8')).toBeLessThanOrEqual(1)
  expect(rows('fe80::/10')).toBe(1)
})
