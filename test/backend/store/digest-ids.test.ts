import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { BatchEncoder, encodeBatch } from '../../../src/backend/store'
import { decodeBlock, rawIn } from '../../../src/backend/store/block'
import type { DigestedRecord, IncomingRecord, RecordBatch } from '../../../src/backend/store'
import { record } from './a-store'

const NUMBERS = [1, 2, 9, 10, 77, 12_345, 4_294_967_295]

function digested(count: number): DigestedRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const { id: _id, raw: _raw, ...rest } = record(`${i}`, { action: `action-${i % 300}` })
    // Some are copied byte by byte, some as one piece.
    const bytes = Buffer.from(`before ${i} ${'x'.repeat(i % 400)} after`)
    const digest = createHash('sha256').update(`${i}`).digest('hex')
    const piece = { bytes, start: 'before '.length, end: bytes.length - ' after'.length }
    return { ...rest, ...piece, instance: `host-${i % 3}`, digest, number: NUMBERS[i % NUMBERS.length] ?? 1 }
  })
}

function decoded({ columns, raw }: RecordBatch) {
  return decodeBlock(columns, () => raw)
}

test('a record given by digest and piece is the one given by text and bytes, and found by the same hash', () => {
  const records = digested(2500)
  const encoder = new BatchEncoder('sshd')
  for (const one of records) encoder.add(one)
  const block = decoded(encoder.finish())
  const plain = records.map(({ digest, number, bytes, start, end, ...rest }) => {
    return { ...rest, id: `${digest}:${number}`, raw: bytes.subarray(start, end) } as IncomingRecord
  })
  const same = decoded(encodeBatch(plain, 'sshd'))
  expect(block.hashes).toEqual(same.hashes)
  for (const [row, { digest, number }] of records.entries()) {
    expect(block.own('id').at(row)).toBe(`${digest}:${number}`)
    expect(same.own('id').at(row)).toBe(`${digest}:${number}`)
    expect(Buffer.from(rawIn(block, row)).equals(rawIn(same, row))).toBe(true)
  }
})

test('an encoder begins anew after each batch', () => {
  const records = digested(40)
  const encoder = new BatchEncoder('sshd')
  for (const one of records) encoder.add(one)
  encoder.finish()
  for (const one of records.slice(30)) encoder.add(one)
  const block = decoded(encoder.finish())
  expect(block.rows).toBe(10)
  const rows = records.slice(30).map((_, row) => [block.own('id').at(row), block.text('action')?.at(row)])
  expect(rows).toEqual(records.slice(30).map(({ digest, number, event }) => [`${digest}:${number}`, event.action]))
})

test('hundreds of kinds of records stand in one batch', () => {
  const records = digested(1000)
  const encoder = new BatchEncoder('sshd')
  for (const one of records) encoder.add(one)
  const block = decoded(encoder.finish())
  const actions = records.map((_, row) => block.text('action')?.at(row))
  expect(actions).toEqual(records.map(({ event }) => event.action))
  expect(block.text('category')?.at(999)).toBe(records[999]?.event.category)
})

test.each(['', 'AB'.repeat(32), 'zz'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(31)}é0`])('%s is no digest', (digest) => {
  const [one] = digested(1)
  if (one === undefined) throw new Error('no record')
  expect(() => new BatchEncoder('sshd').add({ ...one, digest })).toThrow('not a SHA-256')
})

test('ids of both kinds in one batch are refused', () => {
  const [one] = digested(1)
  if (one === undefined) throw new Error('no record')
  const encoder = new BatchEncoder('sshd')
  encoder.add(one)
  encoder.add(record('a text'))
  expect(() => encoder.finish()).toThrow('ids of both kinds')
})
