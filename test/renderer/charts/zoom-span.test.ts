import { describe, expect, test } from 'vitest'
import { spanRange, spanSum } from '../../../src/renderer/charts/zoom-span'
import { type BucketSpan, bucketUnder, spanAfterKey, stepWords } from '../../../src/renderer/shared'

const BUCKETS = { from: 1000, step: 10, count: 5 }
const at = (anchor: number, head = anchor): BucketSpan => ({ anchor, head, moved: true })
const key = (name: string, span: BucketSpan | null, shiftKey = false) => spanAfterKey({ key: name, shiftKey }, span, BUCKETS.count)

describe('a span of buckets', () => {
  test('is the time from its first to after its last, in either direction', () => {
    expect(spanRange(at(1, 3), BUCKETS)).toEqual({ from: 1010, to: 1040 })
    expect(spanRange(at(3, 1), BUCKETS)).toEqual({ from: 1010, to: 1040 })
    expect(spanSum(at(3, 1), [1, 2, 4, 8, 16])).toBe(14)
  })

  test.each([
    [-5, 0],
    [0, 0],
    [19.9, 0],
    [20, 1],
    [99.9, 4],
    [500, 4],
  ])('has the bucket under %s px', (x, bucket) => {
    expect(bucketUnder(x, 100, BUCKETS.count)).toBe(bucket)
  })

  test('begins at either end with an arrow, moves, and spans with Shift', () => {
    expect(key('ArrowRight', null)).toEqual(at(0))
    expect(key('ArrowLeft', null)).toEqual(at(4))
    expect(key('ArrowRight', at(1))).toEqual(at(2))
    expect(key('ArrowRight', at(1), true)).toEqual(at(1, 2))
    expect(key('ArrowRight', at(4))).toEqual(at(4))
    expect(key('Home', at(3), true)).toEqual(at(3, 0))
    expect(key('End', null)).toEqual(at(4))
  })

  test('is zoomed to with Enter and dropped with Escape, where there is one', () => {
    expect([key('Enter', at(1)), key('Escape', at(1))]).toEqual(['commit', null])
    expect([key('Enter', null), key('Escape', null), key('toString', at(1)), key('x', at(1))]).toEqual([undefined, undefined, undefined, undefined])
  })
})

test.each([
  [1000, 'second'],
  [300_000, '5 minutes'],
  [86_400_000, 'day'],
  [7 * 86_400_000, '7 days'],
  [5, '5 milliseconds'],
])('%i ms are told as %s', (step, words) => {
  expect(stepWords(step)).toBe(words)
})
