import { expect, test } from 'vitest'
import { createNumbering, createSequences } from '../../../src/backend/source/sshd/numbering'
import { Random } from '../random'

type Seen = { time: number; high: number; low: number }

/** What each record's numbers are, by looking at all records before it. */
function counted(seen: Seen[]): [sequence: number, number: number][] {
  const times = new Map<number, number>()
  const records = new Map<string, number>()
  const next = <K>(counts: Map<K, number>, key: K) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  return seen.map(({ time, high, low }) => [next(times, time) - 1, next(records, `${time} ${high >>> 0} ${low >>> 0}`)])
}

function numbered(seen: Seen[]): [sequence: number, number: number][] {
  const sequenceOf = createSequences()
  const numberOf = createNumbering()
  return seen.map(({ time, high, low }) => [sequenceOf(time), numberOf(time, high, low)])
}

/** Words that differ between times, as those of a hash do, and repeat within one. */
function record(time: number, which: number): Seen {
  return { time, high: Math.imul(time, 0x9e3779b1) ^ which, low: -which }
}

test.each([
  ['in order, a few to a second', { step: 3, late: 0, kinds: 4 }],
  ['in order, a thousand to a second', { step: 0.001, late: 0, kinds: 50 }],
  ['with stragglers', { step: 0.4, late: 0.1, kinds: 3 }],
  ['in no order at all', { step: 0.2, late: 1, kinds: 2 }],
])('numbers records that come %s', (_, { step, late, kinds }) => {
  const random = new Random(7)
  let clock = 1_000_000
  const seen = Array.from({ length: 5000 }, () => {
    clock += random.chance(Math.min(1, step)) ? Math.ceil(step) : 0
    const time = random.chance(late) ? clock - random.int(400) : clock
    return record(time, random.int(kinds))
  })
  expect(numbered(seen)).toEqual(counted(seen))
})

test('the same file twice: each record again, one by one', () => {
  const once = Array.from({ length: 3000 }, (_, i) => record(i >> 3, i & 3))
  const twice = [...once, ...once]
  expect(numbered(twice)).toEqual(counted(twice))
})
