import { expect, test } from 'vitest'
import type { Filter, ReadableStore, WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, ids, NOW, record, records, reopened, writable } from './a-store'

const REQUEST = { origin: 'request' as const, place: 'GET /api/audit', fetchedAt: NOW }
const SERVER = { kind: 'webxterm', connection: 'server' }
const ROWS = 25_000

const reason = (value: string): Filter => ({ kind: 'text', columns: ['reason'], match: { op: 'equals', value } })
const FILTERS: Filter[] = [
  reason('odd'),
  { kind: 'not', part: reason('odd') },
  { kind: 'anyText', match: { op: 'contains', value: 'odd' } },
  { kind: 'drift', what: 'changed' },
]

/** Newest batches first, as a sync brings them. */
function fill(store: WritableStore): void {
  for (let from = ROWS - 1000; from >= 0; from -= 1000) {
    store.append(records(from, 500, { reason: 'odd' }), REQUEST, SERVER)
    store.append(records(from + 500, 500, { reason: 'even', companion: from % 2000 === 0 }), REQUEST, SERVER)
  }
}

test('many rows are looked at piece by piece, and then known', async () => {
  const store = await writable(tempFolder())
  fill(store)
  const filter = reason('odd')
  let pieces = 1
  while (!store.lookUp(filter)) pieces++
  expect(pieces).toBe(3)
  expect(store.lookUp(filter)).toBe(true)
  expect(store.count({ ...ALL, filter })).toEqual({ rows: ROWS / 2, weighted: ROWS / 2 })
})

test.each([1, 2, 3])('what is found piece by piece while rows come, change and go is what is found at once (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  const store = await writable(folder)
  fill(store)
  add(store, records(0, 300, { reason: 'odd' }), { connection: 'logs' })
  const acts = [
    () => store.append(records(random.int(ROWS), 40, { reason: random.pick(['odd', 'even']) }).map((one) => ({ ...one, raw: Buffer.from(`state ${random.int(9)}`) })), REQUEST, SERVER),
    () => store.append([record(`new-${random.int(1e6)}`, { time: NOW + random.int(ROWS), reason: 'odd' })], REQUEST, SERVER),
    () => store.note({ ...SERVER, vanished: [`webxterm:web-1:auth:id-${random.int(ROWS)}`] }),
  ]
  let isHeld = true
  for (let round = 0; round < 12; round++) {
    for (const filter of FILTERS) if (random.chance(0.6)) store.lookUp(filter)
    for (const act of acts) if (random.chance(0.5)) act()
    if (isHeld && random.chance(0.1)) {
      await store.remove('logs', true)
      isHeld = false
    }
  }
  const found = foundIn(store)
  // A store that was just opened begins with nothing known.
  expect(found).toEqual(foundIn(await reopened(store, folder)))
})

test('many rows that come to those that are known are looked at piece by piece too', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  fill(store)
  for (const filter of FILTERS) while (!store.lookUp(filter)) continue
  store.append(records(-15_000, 15_000, { reason: 'odd' }), REQUEST, SERVER)
  expect(FILTERS.map((filter) => store.lookUp(filter))).toEqual([false, false, false, false])
  // In the rows that are known and in those that are being looked at.
  const changed = [3, -3, -14_000].flatMap((from) => records(from, 1, { reason: 'even' }).map((one) => ({ ...one, raw: Buffer.from('changed') })))
  expect(store.append(changed, REQUEST, SERVER).changed).toBe(3)
  expect(FILTERS.map((filter) => store.lookUp(filter))).toEqual([true, true, true, true])
  expect(foundIn(store)).toEqual(foundIn(await reopened(store, folder)))
})

test('what is known stays so while many others are being looked for', async () => {
  const store = await writable(tempFolder())
  fill(store)
  for (let at = 0; at < 20; at++) expect(store.lookUp(reason(`other ${at}`))).toBe(false)
  const filter = reason('odd')
  while (!store.lookUp(filter)) continue
  expect(store.lookUp(filter)).toBe(true)
})

test('rows of a short range are counted as those that are shown', async () => {
  const store = await writable(tempFolder())
  fill(store)
  const range = { from: NOW + 400, to: NOW + 900 }
  const views = FILTERS.flatMap((filter) => [true, false].map((companions) => ({ ...ALL, filter, range, companions })))
  const counted = views.map((view) => store.length(view))
  expect(counted).toContain(100)
  expect(counted).toEqual(views.map((view) => store.count(view).rows))
})

function foundIn(store: ReadableStore): string[][] {
  return FILTERS.flatMap((filter) => [true, false].map((companions) => ids(store, { ...ALL, filter, companions })))
}
