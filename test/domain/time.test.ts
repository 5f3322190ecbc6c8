import { describe, expect, test } from 'vitest'
import { formatInstant, overlaps, parseInstant, zoneOffset } from '../../src/domain'
import { Random } from '../backend/random'

describe('a time in RFC 3339', () => {
  test.each([
    ['2026-02-06T02:58:41.207Z', '2026-02-06T02:58:41.207Z'],
    ['2026-02-06', '2026-02-06T00:00:00.000Z'],
    ['2026-02-06 02:58', '2026-02-06T02:58:00.000Z'],
    ['2026-02-06t02:58:41z', '2026-02-06T02:58:41.000Z'],
    [' 2026-02-06T02:58:41 ', '2026-02-06T02:58:41.000Z'],
    ['2026-02-06T02:58:41+01:00', '2026-02-06T01:58:41.000Z'],
    ['2026-02-06T00:30-0530', '2026-02-06T06:00:00.000Z'],
    ['2026-02-06T02:58:41.2', '2026-02-06T02:58:41.200Z'],
    ['2026-02-06T02:58:41.207999999Z', '2026-02-06T02:58:41.207Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1970-01-01T00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    const at = parseInstant(text)
    expect(at === null ? null : formatInstant(at)).toBe(expected)
  })

  test.each(['', 'today', '2026', '2026-02', '2026-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32', '2026-02-06T24:00', '2026-02-06T10:60',
    '2026-02-06T10:00:61', '2026-02-06T10', '06.02.2026', '2026-02-06T10:00:00.Z', '2026-02-06Z10:00', '2026-02-06T10:00+1', '12026-02-06', '2026-02-06T10:00:00.1234567890'])(
    '%j is none', (text) => {
      expect(parseInstant(text)).toBeNull()
    })

  test('is read back from what is written', () => {
    const random = new Random(6)
    for (let i = 0; i < 500; i++) {
      const at = random.int(2 ** 31) * 1000 + random.int(1000)
      expect(parseInstant(formatInstant(at))).toBe(at)
    }
  })
})

test.each([['Z', 0], ['z', 0], ['+00:00', 0], ['+01:00', 3_600_000], ['-0530', -19_800_000], ['+14:00', 50_400_000]])('the offset %s is %i ms', (zone, offset) => {
  expect(zoneOffset(zone) + 0).toBe(offset)
})

test('ranges that only touch do not overlap', () => {
  const range = (from: number, to: number) => ({ from, to })
  expect(overlaps(range(0, 10), range(10, 20))).toBe(false)
  expect(overlaps(range(0, 11), range(10, 20))).toBe(true)
  expect(overlaps(range(0, 100), range(10, 20))).toBe(true)
})
