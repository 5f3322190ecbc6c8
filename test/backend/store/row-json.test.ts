import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { eventObject } from '../../../src/backend/evidence'
import { BatchEncoder, BatchNamer, type IncomingRecord, type ReadableStore, type StoreView, type WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { hostileRecords } from '../report/hostile-events'
import { tempFolder } from '../temp-folder'
import { bring } from './a-server'
import { add, ALL, FROM_FILE, NOW, record, reopened, writable } from './a-store'
import { randomRecord } from './random-records'
import { randomView } from './random-views'

/** Every row of the view, as its cursor writes it and as it is made of the record. */
function expectSame(store: ReadableStore, view: StoreView = ALL): number {
  const cursor = store.cursor(view)
  const held = store.records(view, 0, cursor.length)
  expect(held).toHaveLength(cursor.length)
  held.forEach((one, at) => {
    cursor.to(at)
    if (cursor.json() !== JSON.stringify(eventObject(one))) expect(cursor.json()).toBe(JSON.stringify(eventObject(one)))
    if (cursor.arrived() !== one.provenance.fetchedAt) expect(cursor.arrived()).toBe(one.provenance.fetchedAt)
  })
  return held.length
}

async function holding(incoming: IncomingRecord[]): Promise<WritableStore> {
  const store = await writable(tempFolder())
  add(store, incoming)
  return store
}

const HOLDERS = [{ connection: 'logs', kind: 'sshd' }, { connection: 'other "quoted"', kind: 'sshd' }, { connection: 'third\n', kind: 'sudo"' }]

test('a row as JSON is that of its record, whatever it holds and in whatever view it stands', async () => {
  const random = new Random(11)
  const folder = tempFolder()
  let store = await writable(folder)
  for (let batch = 0; batch < 8; batch++) {
    const made = Array.from({ length: random.pick([1, 7, 300]) }, () => randomRecord(random, `id-${random.int(2000)}`))
    add(store, made, random.pick(HOLDERS))
  }
  expect(expectSame(store)).toBeGreaterThan(300)
  for (let i = 0; i < 10; i++) expectSame(store, randomView(random))
  store.renameConnection('logs', '"\\')
  expectSame(store)
  await store.remove('other "quoted"', true)
  store = await reopened(store, folder)
  expectSame(store)
})

test('what was learned of a record since it came stands where the record puts it', async () => {
  const store = await writable(tempFolder())
  const ran = { category: 'command' as const, command: 'rm -rf /srv', actor: { id: '7' }, machine: { id: 'm1' }, time: 1000 }
  const links = [{ key: 'sshd:a:b:c', relation: 'companion' as const }]
  bring(store, [{ id: 'a', fields: ran }, { id: 'l', stream: 'logs/m1', fields: ran }, { id: 'b', fields: { ...ran, time: 60_000, links } }, { id: 'm', stream: 'logs/m1', fields: { ...ran, time: 60_000, links } }])
  bring(store, [{ id: '1', text: 'open' }, { id: '2', text: 'still' }])
  bring(store, [{ id: '1', text: 'closed', fields: { companion: true } }], { at: NOW + 9 })
  expect(await store.linkSame('prod', { from: 0, to: 100_000 })).toBe(2)
  expect(expectSame(store)).toBe(6)
})

test('hostile texts in every field are written as they are in an object', async () => {
  const hostile = await hostileRecords()
  const incoming = hostile.map(({ event: { key: _key, ...event }, raw }, i) => ({ instance: '"', stream: '\ud800\n', id: `"${i}\\`, event, raw, offset: 0 }))
  expect(expectSame(await holding(incoming))).toBe(hostile.length)
})

test('attributes whose names are whole numbers come first, as in an object', async () => {
  const names = ['b', '10', '__proto__', '9', 'a', '01', '4294967295', '-1', '']
  const incoming = names.map((_, i) => record(`${i}`, { attributes: Object.fromEntries(names.slice(0, i + 1).map((name) => [name, name])) }))
  expect(expectSame(await holding(incoming))).toBe(names.length)
})

test('times of every year, before and after those that have four digits', async () => {
  const times = [0, -1, 1, NOW + 0.5, 999, Date.UTC(1969, 11, 31, 23, 59, 59, 999), Date.UTC(2024, 1, 29), -62_167_219_200_001, 253_402_300_800_000, 8.64e15, -8.64e15]
  expect(expectSame(await holding(times.map((time, i) => record(`${i}`, { time }))))).toBe(times.length)
})

test('records that were named by digests, whose messages stand at the end of their bytes', async () => {
  const store = await writable(tempFolder())
  const encoder = new BatchEncoder('sshd')
  const count = 300
  for (let i = 0; i < count; i++) {
    const { id: _id, raw: _raw, ...rest } = record(`${i}`, { time: NOW + i, attributes: { message: `m${i} "é"`, port: `${i}` } })
    const bytes = Buffer.from(`before m${i} "é"`, i % 2 === 0 ? 'latin1' : 'utf8')
    encoder.add({ ...rest, bytes, start: 0, end: bytes.length, tail: 'message', year: 2026, attempt: 0 })
  }
  let named = 0
  const batch = new BatchNamer('sshd').finish(encoder.finishNameless(), () => {
    const digest = createHash('sha256').update(`${named++}`).digest('binary')
    const companions = named % 3 === 0 ? [{ digest, number: 7 }] : []
    return { digest, number: named, companions }
  })
  store.append(batch, FROM_FILE, { connection: 'logs', kind: 'sshd' })
  expect(expectSame(store)).toBe(count)
  expect(expectSame(store, { ...ALL, order: 'desc', range: { from: NOW + 10, to: NOW + 20 } })).toBe(10)
})
