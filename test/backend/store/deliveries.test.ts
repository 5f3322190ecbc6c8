import { describe, expect, test } from 'vitest'
import { readJournal } from '../../../src/backend/store/journal'
import { decodeRecord } from '../../../src/backend/store/records'
import { BatchEncoder, type Delivery, type ReadableStore, type WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { from, hex, keyOf, page, SERVER, statesOf } from './a-server'
import { add, close, contents, journalOf, nowAndReopened, NOW, readable, record, writable } from './a-store'

type Given = Parameters<typeof page>[0]

/** Pages as they come one after the other, a second apart, encoded together. */
function delivered(pages: readonly Given[]): { batch: ReturnType<BatchEncoder['finish']>; deliveries: Delivery[] } {
  const encoder = new BatchEncoder(SERVER.kind)
  const read = pages.map((given) => page(given))
  for (const { records } of read) for (const one of records) encoder.add(one)
  const { batch, frames } = encoder.finishBodies(read.map(({ records, body }) => ({ rows: records.length, body })))
  const deliveries = read.map(({ records, body }, i): Delivery => ({ rows: records.length, provenance: from(NOW + i * 1000, body), frame: frames[i] ?? null }))
  return { batch, deliveries }
}

async function bringTogether(store: WritableStore, pages: readonly Given[], connection = SERVER.connection) {
  const { batch, deliveries } = delivered(pages)
  const { appended, durable } = store.appendSoon(batch, deliveries, { ...SERVER, connection })
  await durable
  return appended
}

/** The same pages one by one. */
async function bringApart(store: WritableStore, pages: readonly Given[], connection = SERVER.connection) {
  for (const [i, given] of pages.entries()) {
    const { batch, deliveries } = delivered([given])
    const [{ provenance, frame } = { provenance: from(), frame: null }] = deliveries
    await store.appendSoon({ ...batch, ...(frame ? { frame } : {}) }, { ...provenance, fetchedAt: NOW + i * 1000 }, { ...SERVER, connection }).durable
  }
}

function told(store: ReadableStore) {
  const held = contents(store)
  const keys = held.map(({ event }) => event.key)
  const pages = keys.map((key) => {
    const found = store.pageOf(key)
    return found && { ...found, bytes: hex(found.bytes), record: hex(found.bytes.subarray(found.offset, found.offset + found.length)) }
  })
  const revisions = keys.map((key) => store.revisions(key).map(({ raw, until, provenance }) => ({ raw: hex(raw), until, provenance })))
  return { held, pages, revisions, drift: store.drift(), arrivals: store.arrivals(0, 1000) }
}

function recordsIn(folder: string): number {
  let count = 0
  readJournal(journalOf(folder), (payload) => (count += decodeRecord(payload).type === 'append' ? 1 : 0))
  return count
}

const PAGES: Given[] = [[{ id: '9' }, { id: '8' }], [{ id: '7', text: 'ünïcødé' }], [{ id: '6' }, { id: '5' }, { id: '4' }]]

describe('pages that are stored together', () => {
  test('are one record of the journal, and each stands for its own rows', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    expect(await bringTogether(store, PAGES)).toEqual({ added: 6, duplicates: 0, companions: 0, changed: 0, late: 0 })
    await nowAndReopened(store, folder, (at) => {
      for (const [i, given] of PAGES.entries()) {
        const { body } = page(given)
        for (const { id } of given) {
          const found = at.pageOf(keyOf(id))
          expect(Buffer.from(found?.bytes ?? []).toString()).toBe(body.toString())
          expect(found?.provenance).toEqual(from(NOW + i * 1000, body))
          expect(at.find(keyOf(id))?.provenance).toEqual(found?.provenance)
          expect(hex(found?.bytes.subarray(found.offset, found.offset + found.length) ?? '')).toBe(hex(at.find(keyOf(id))?.raw ?? ''))
        }
      }
      expect(at.arrivals(0, 9).arrived.map(({ rows }) => rows)).toEqual([2, 1, 3])
      expect(at.arrivals(1, 1)).toMatchObject({ arrived: [{ rows: 1, provenance: { fetchedAt: NOW + 1000 } }], total: 3 })
    })
    expect(recordsIn(folder)).toBe(1)
  })

  test('are told as if each had come alone where one of them gives what is known, or another state of it', async () => {
    const random = new Random(7)
    for (let round = 0; round < 30; round++) {
      const given = (): Given => Array.from({ length: random.int(6) }, () => ({ id: `${random.int(30)}`, text: random.chance(0.8) ? '' : `${random.int(3)}` }))
      const pages = Array.from({ length: 1 + random.int(5) }, given)
      const before = [given()]
      const [together, apart] = [tempFolder(), tempFolder()]
      const [one, other] = [await writable(together), await writable(apart)]
      const connection = random.chance(0.5) ? 'else' : SERVER.connection
      for (const store of [one, other]) await bringApart(store, before, connection)
      await bringTogether(one, pages)
      await bringApart(other, pages)
      // What arrives with nothing new is not told of, alone or together.
      expect(told(one)).toEqual(told(other))
      for (const store of [one, other]) close(store)
      const [again, otherAgain] = [await readable(together), await readable(apart)]
      expect(told(again)).toEqual(told(otherAgain))
      for (const store of [again, otherAgain]) close(store)
    }
  })

  test('a record that changes between two of them has its newer state from the later one', async () => {
    const store = await writable(tempFolder())
    const appended = await bringTogether(store, [[{ id: '2' }, { id: '1', text: 'old' }], [{ id: '1', text: 'new' }, { id: '0' }]])
    expect(appended).toMatchObject({ added: 3, changed: 1 })
    expect(statesOf(store, '1')).toEqual(['new', 'old'])
  })

  test('keep their pages when another connection is wiped, and lose those of which a part goes', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    await bringTogether(store, PAGES, 'one')
    await bringTogether(store, [PAGES[1] ?? [], [{ id: '1' }]], 'two')
    add(store, [record('file')], { connection: 'else' })
    const body = (id: string) => Buffer.from(store.pageOf(keyOf(id))?.bytes ?? []).toString()
    await store.remove('else', true)
    expect(body('6')).toBe(page(PAGES[2] ?? []).body.toString())
    await store.remove('one', true)
    await nowAndReopened(store, folder, (at) => {
      expect(contents(at).map(({ event }) => event.key)).toEqual([keyOf('7'), keyOf('1')])
      // Its bytes are what the other connection received first.
      expect(at.pageOf(keyOf('7'))).toBeNull()
      expect(Buffer.from(at.pageOf(keyOf('1'))?.bytes ?? []).toString()).toBe(page([{ id: '1' }]).body.toString())
      expect(at.find(keyOf('1'))?.provenance).toEqual(from(NOW + 1000, page([{ id: '1' }]).body))
    })
  })
})
