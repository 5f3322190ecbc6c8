import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { BatchEncoder, BatchNamer, encodeBatch } from '../../../src/backend/store'
import { decodeBlock, rawIn } from '../../../src/backend/store/block'
import type { IncomingRecord, NamelessRecord } from '../../../src/backend/store'
import { record } from './a-store'

const NUMBERS = [1, 2, 9, 10, 77, 12_345, 4_294_967_295]

type Later = { record: NamelessRecord; digest: string; number: number }

function later(count: number): Later[] {
  return Array.from({ length: count }, (_, i) => {
    const { id: _id, raw: _raw, ...rest } = record(`${i}`, { action: `action-${i % 300}` })
    // Some are copied byte by byte, some as one piece.
    const bytes = Buffer.from(`before ${i} ${'x'.repeat(i % 400)} after`)
    const digest = createHash('sha256').update(`${i}`).digest('binary')
    const piece = { bytes, start: 'before '.length, end: bytes.length - ' after'.length }
    // Of most it is known that the message is the end of their bytes, of some it is not known, and of some it is not so.
    const message = i % 7 === 0 ? `another ${i}` : 'x'.repeat(i % 400)
    const tail = i % 5 === 0 || i % 7 === 0 ? '' : 'message'
    const event = { ...rest.event, attributes: { ...rest.event.attributes, message } }
    const nameless = { ...rest, ...piece, event, tail, instance: `host-${i % 3}`, year: i % 2 === 0 ? 0 : 2026, attempt: i - 1 }
    return { record: nameless, digest, number: NUMBERS[i % NUMBERS.length] ?? 1 }
  })
}

function idOf({ digest, number }: { digest: string; number: number }): string {
  return `${Buffer.from(digest, 'latin1').toString('hex')}:${number}`
}

/** Each is named after it was encoded; every fifth is linked to those three and two before it. */
function named(encoder: BatchEncoder, namer: BatchNamer, records: Later[]) {
  for (const one of records) encoder.add(one.record)
  let row = 0
  const batch = namer.finish(encoder.finishNameless(), (seen) => {
    const { bytes, start, end, instance, year, attempt, time, companion } = seen
    const { record: given, digest, number } = records[row] ?? { record: undefined, digest: '', number: 0 }
    expect({ instance, year, attempt, time, companion }).toEqual({
      instance: given?.instance,
      year: given?.year,
      attempt: given?.attempt,
      time: given?.event.time,
      companion: given?.event.companion ?? false,
    })
    const piece = given?.bytes.subarray(given.start, given.end) ?? Buffer.alloc(0)
    expect(Buffer.from(bytes.subarray(start, end)).equals(piece)).toBe(true)
    const companions = row % 5 === 4 ? records.slice(row - 3, row - 1) : []
    row++
    return { digest, number, companions }
  })
  return decodeBlock(batch.columns, () => batch.raw)
}

test('a record that is named later is the one given by text and bytes, and found by the same hash', () => {
  const records = later(2500)
  const block = named(new BatchEncoder('sshd'), new BatchNamer('sshd'), records)
  const plain = records.map(({ record: { bytes, start, end, year: _year, attempt: _attempt, tail: _tail, ...rest }, ...id }) => {
    return { ...rest, id: idOf(id), raw: bytes.subarray(start, end) } as IncomingRecord
  })
  const encoded = encodeBatch(plain, 'sshd')
  const same = decodeBlock(encoded.columns, () => encoded.raw)
  expect(block.hashes).toEqual(same.hashes)
  for (const [row, one] of records.entries()) {
    expect(block.own('id').at(row)).toBe(idOf(one))
    expect(same.own('id').at(row)).toBe(idOf(one))
    expect(Buffer.from(rawIn(block, row)).equals(rawIn(same, row))).toBe(true)
    expect(block.row(row).attributes).toEqual(one.record.event.attributes)
    expect(same.row(row).attributes).toEqual(one.record.event.attributes)
    const to = row % 5 === 4 ? records.slice(row - 3, row - 1) : []
    const { instance, stream } = one.record
    const links = to.map((other) => ({ key: `sshd:${instance}:${stream}:${idOf(other)}`, relation: 'companion' }))
    expect(block.row(row).links ?? []).toEqual(links)
  }
})

test('encoder and namer begin anew after each batch', () => {
  const records = later(40)
  const encoder = new BatchEncoder('sshd')
  const namer = new BatchNamer('sshd')
  named(encoder, namer, records)
  const block = named(encoder, namer, records.slice(30))
  expect(block.rows).toBe(10)
  expect(records.slice(30).map((_, row) => block.row(row).attributes)).toEqual(records.slice(30).map((one) => one.record.event.attributes))
  const rows = records.slice(30).map((_, row) => [block.own('id').at(row), block.text('action')?.at(row)])
  expect(rows).toEqual(records.slice(30).map((one) => [idOf(one), one.record.event.action]))
})

test('bytes of a large batch stay what they are while the next ones are encoded', () => {
  const encoder = new BatchEncoder('sshd')
  const namer = new BatchNamer('sshd')
  const records = later(700)
  const bytesOf = (one: Later) => Buffer.from(one.record.bytes.subarray(one.record.start, one.record.end))
  const blocks = [0, 1, 2, 3].map((i) => named(encoder, namer, records.slice(i)))
  for (const [i, block] of blocks.entries()) {
    const wanted = records.slice(i).map(bytesOf)
    expect(block.raw().length).toBe(Buffer.concat(wanted).length)
    expect(wanted.every((bytes, row) => bytes.equals(rawIn(block, row)))).toBe(true)
  }
})

test('hundreds of kinds of records stand in one batch', () => {
  const records = later(1000)
  const block = named(new BatchEncoder('sshd'), new BatchNamer('sshd'), records)
  const actions = records.map((_, row) => block.text('action')?.at(row))
  expect(actions).toEqual(records.map(({ record: { event } }) => event.action))
  expect(block.text('category')?.at(999)).toBe(records[999]?.record.event.category)
})

test.each(['', 'ab'.repeat(32), 'x'.repeat(31)])('%s is no digest', (digest) => {
  const [one] = later(1)
  if (one === undefined) throw new Error('no record')
  expect(() => named(new BatchEncoder('sshd'), new BatchNamer('sshd'), [{ ...one, digest }])).toThrow('not a SHA-256')
})

test('records with ids and such without in one batch are refused', () => {
  const [one] = later(1)
  if (one === undefined) throw new Error('no record')
  const encoder = new BatchEncoder('sshd')
  encoder.add(one.record)
  encoder.add(record('a text'))
  expect(() => encoder.finish()).toThrow('ids of both kinds')
})
