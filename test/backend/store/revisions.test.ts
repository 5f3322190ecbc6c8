import { describe, expect, test } from 'vitest'
import { TEXT_COLUMNS, type StoreView, type WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, contents, filesWith, ids, nowAndReopened, NOW, record, reopened, writable } from './a-store'
import { bring, from, keyOf, SERVER, statesOf } from './a-server'
import { countOf, extentOf, firstText, NaiveStore, shown, shownOf, tallyOf } from './naive-store'
import { randomRecord } from './random-records'
import { randomView } from './random-views'

const drift = (what: 'changed' | 'late' | 'vanished'): StoreView => ({ ...ALL, filter: { kind: 'drift', what } })

describe('a record that comes with other bytes', () => {
  test('takes the place of the one before, which is kept', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1', text: 'open' }, { id: '2', text: 'still' }])
    expect(ids(store)).toEqual(['1', '2'])
    expect(bring(store, [{ id: '1', text: 'closed', fields: { time: NOW + 5, companion: true } }], { at: NOW + 9 })).toEqual({ added: 0, duplicates: 0, companions: 0, changed: 1, late: 0 })
    await nowAndReopened(store, folder, (at) => {
      expect(ids(at)).toEqual(['2', '1'])
      expect(statesOf(at, '1')).toEqual(['closed', 'open'])
      expect(at.revisions(keyOf('1'))).toMatchObject([{ until: NOW + 9, provenance: { fetchedAt: NOW }, event: { time: NOW, key: keyOf('1') } }])
      expect(at.revisions(keyOf('1'))[0]?.event.links).toBeUndefined()
      expect(at.revisions(keyOf('2'))).toEqual([])
      expect(at.revisions('none')).toEqual([])
      expect(at.state()).toMatchObject({ held: 1, companions: 1, range: { from: NOW, to: NOW + 6 } })
      expect(at.connections()).toMatchObject([{ rows: 1, companions: 1, first: NOW, last: NOW + 5 }])
      expect([ids(at, drift('changed')), at.drift()]).toEqual([['1'], [{ connection: 'prod', changed: 1, late: 0, vanished: 0 }]])
      expect(at.rowOf(ALL, keyOf('1'))).toBe(1)
      expect(at.tallyAttribute(ALL, 'text').values.map(({ value }) => value)).toEqual(['closed', 'still'])
    })
  })

  test('is compared with the newest state alone: there and back is two changes', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const changes = ['a', 'b', 'b', 'a', 'a'].map((text, i) => bring(store, [{ id: '1', text }], { at: NOW + i }).changed)
    expect(changes).toEqual([0, 1, 0, 1, 0])
    await nowAndReopened(store, folder, (at) => {
      expect(statesOf(at, '1')).toEqual(['a', 'b', 'a'])
      expect(at.revisions(keyOf('1')).map(({ until }) => until - NOW)).toEqual([3, 1])
    })
  })

  test('twice on one page: the first is the newest, the other comes before it once', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    expect(bring(store, [{ id: '1', text: 'b' }, { id: '1', text: 'b' }, { id: '1', text: 'a' }])).toMatchObject({ added: 1, changed: 1, duplicates: 1 })
    expect(bring(store, [{ id: '1', text: 'b' }, { id: '1', text: 'a' }])).toMatchObject({ added: 0, changed: 0, duplicates: 2 })
    expect(bring(store, [{ id: '1', text: 'd' }, { id: '1', text: 'c' }, { id: '1', text: 'b' }])).toMatchObject({ added: 0, changed: 2, duplicates: 1 })
    expect(bring(store, [{ id: '1', text: 'd' }, { id: '1', text: 'c2' }, { id: '1', text: 'c1' }])).toMatchObject({ changed: 2, duplicates: 1 })
    await nowAndReopened(store, folder, (at) => {
      expect(statesOf(at, '1')).toEqual(['d', 'c2', 'c1', 'c', 'b', 'a'])
      expect(at.connections()).toMatchObject([{ rows: 1 }])
    })
  })

  test('from a file is the same record', async () => {
    const store = await writable(tempFolder())
    add(store, [record('x', {}, 'one')])
    expect(add(store, [record('x', {}, 'two')])).toMatchObject({ duplicates: 1, changed: 0 })
    expect(contents(store)).toMatchObject([{ raw: Buffer.from('one').toString('base64') }])
  })

  test('leaves with its states when its connection is wiped, and they stay when another is', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    for (const text of ['MARK-a', 'MARK-b', 'MARK-c']) bring(store, [{ id: '1', text }])
    add(store, [record('file')])
    await store.remove('logs', true)
    expect(statesOf(store, '1')).toEqual(['MARK-c', 'MARK-b', 'MARK-a'])
    const again = await reopened(store, folder)
    expect(statesOf(again, '1')).toEqual(['MARK-c', 'MARK-b', 'MARK-a'])
    expect(await again.remove('prod', true)).toEqual({ removedRows: 1 })
    expect(filesWith(folder, 'MARK')).toEqual([])
  })
})

describe('a record that two connections to one server hold', () => {
  const twice = async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1', text: 'MARK-a' }], { connection: 'one' })
    bring(store, [{ id: '1', text: 'MARK-b' }], { connection: 'two', at: NOW + 1 })
    return { folder, store }
  }

  test('is shown in its newest state, counted for each', async () => {
    const { folder, store } = await twice()
    await nowAndReopened(store, folder, (at) => {
      expect(statesOf(at, '1')).toEqual(['MARK-b', 'MARK-a'])
      expect(at.connections()).toMatchObject([{ name: 'one', rows: 1 }, { name: 'two', rows: 1 }])
      expect(at.heldIn({ connection: 'one', stream: 'audit' }, { from: 0, to: NOW + 9 })).toBe(1)
    })
  })

  test('does not change to and fro when they are shown different things', async () => {
    const { store } = await twice()
    expect(bring(store, [{ id: '1', text: 'MARK-a' }], { connection: 'one' })).toMatchObject({ duplicates: 1, changed: 0 })
    expect(bring(store, [{ id: '1', text: 'MARK-b' }], { connection: 'one' })).toMatchObject({ duplicates: 1, changed: 0 })
    expect(bring(store, [{ id: '1', text: 'MARK-a' }], { connection: 'one' })).toMatchObject({ changed: 1 })
  })

  test.each([['one', 'MARK-b', 'MARK-a'], ['two', 'MARK-a', 'MARK-b']])('is what the other holds when %s is wiped', async (wiped, left, gone) => {
    const { folder, store } = await twice()
    await store.remove(wiped, true)
    expect(filesWith(folder, gone)).toEqual([])
    await nowAndReopened(store, folder, (at) => {
      expect(statesOf(at, '1')).toEqual([left])
      expect(at.connections()).toMatchObject([{ rows: 1 }])
      expect(ids(at, drift('changed'))).toEqual([])
    })
  })
})

/** Pages of few keys, so that most come again, often otherwise; now and then one twice on a page. */
function bringSome({ store, naive, random }: { store: WritableStore; naive: NaiveStore; random: Random }, pages: number): void {
  for (let n = 0; n < pages; n++) {
    const records = Array.from({ length: 1 + random.int(30) }, () => randomRecord(new Random(random.int(400)), `r${random.int(80)}`))
    const appended = store.append(records, from(NOW + n), SERVER)
    expect(appended).toEqual(naive.request(records, { name: SERVER.connection, kind: SERVER.kind }))
  }
}

test.each([1, 2, 3])('every answer is that of the newest states alone, also while views grow (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  const naive = new NaiveStore()
  let store = await writable(folder)
  const views = [ALL, { ...ALL, companions: false }, drift('changed'), ...Array.from({ length: 12 }, () => randomView(random))]
  const check = () => {
    for (const view of views) {
      const rows = naive.view(view)
      expect(shown(store, view)).toEqual(shownOf(rows))
      expect(store.count(view)).toEqual(countOf(rows))
      expect(store.extent(view)).toEqual(extentOf(rows))
      const column = random.pick(TEXT_COLUMNS)
      expect(store.tally(view, [column])).toEqual(tallyOf(rows, (row) => firstText(row, [column])))
    }
    const [held] = store.connections()
    const companions = naive.rows.filter((row) => row.event.companion).length
    const { from: first, to } = extentOf(naive.rows) ?? { from: 0, to: 0 }
    expect(held).toMatchObject({ rows: naive.rows.length - companions, companions, first, last: to - 1 })
    for (const row of naive.rows) {
      expect(store.revisions(row.event.key).map(({ raw }) => Buffer.from(raw).toString('latin1'))).toEqual(row.earlier ?? [])
    }
  }
  for (let round = 0; round < 6; round++) {
    bringSome({ store, naive, random }, 5)
    check()
  }
  store = await reopened(store, folder)
  check()
  add(store, [record('file')], { ready: {} })
  await store.remove('logs', true)
  check()
  bringSome({ store, naive, random }, 5)
  store = await reopened(store, folder)
  check()
})
