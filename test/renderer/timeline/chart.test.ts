import { describe, expect, test } from 'vitest'
import { axisTicks } from '../../../src/renderer/shared/axis-ticks'
import { barShapes } from '../../../src/renderer/timeline/bar-shapes'
import { spanAfterKey, stepWords } from '../../../src/renderer/shared'
import { spanRange, spanTotals } from '../../../src/renderer/timeline/brush-span'
import { bucketAt, bucketsFor, nextFilled, zoomedIn } from '../../../src/renderer/timeline/buckets'
import { coverageSegments } from '../../../src/renderer/shared/coverage'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 1, 6, 2, 10)
const utc = () => 0

describe('buckets', () => {
  test('their number follows the width', () => {
    expect([0, 500, 1190, 100_000].map(bucketsFor)).toEqual([10, 45, 108, 400])
  })

  test('their width is said in words', () => {
    expect([MINUTE, 5 * MINUTE, DAY, 500, 90_000].map(stepWords)).toEqual(['minute', '5 minutes', 'day', '500 milliseconds', '1.5 minutes'])
  })

  test('an instant falls into the one that holds it, and stepping skips the empty ones', () => {
    const counts = { from: START, step: MINUTE, success: [0, 3, 0, 0, 1] }
    expect(bucketAt(START + MINUTE, counts)).toBe(1)
    expect(bucketAt(START - 1, counts)).toBe(0)
    expect(bucketAt(START + HOUR, counts)).toBe(4)
    expect(nextFilled(counts.success, 1, 1)).toBe(4)
    expect(nextFilled(counts.success, 1, -1)).toBeNull()
  })

  test('zooming halves the range around a moment and stays inside', () => {
    const range = { from: 0, to: 1000 }
    expect(zoomedIn(range, 500)).toEqual({ from: 250, to: 750 })
    expect(zoomedIn(range, 10)).toEqual({ from: 0, to: 500 })
    expect(zoomedIn(range, null)).toEqual({ from: 250, to: 750 })
    expect(zoomedIn({ from: 0, to: 5 }, null)).toBeNull()
  })
})

describe('axis', () => {
  test('ticks stand on round times', () => {
    const ticks = axisTicks({ from: START, to: START + 90 * MINUTE }, 10, utc)
    expect(ticks.map((tick) => tick.label)).toEqual(['02:10', '02:20', '02:30', '02:40', '02:50', '03:00', '03:10', '03:20', '03:30'])
  })

  test('midnight names its day', () => {
    const labels = axisTicks({ from: START, to: START + 2 * DAY }, 10, utc).map((tick) => tick.label)
    expect(labels).toContain('7 Feb')
    expect(labels).toContain('12:00')
  })

  test('years are told in months and years', () => {
    const labels = axisTicks({ from: Date.UTC(2020, 5), to: Date.UTC(2026, 1) }, 7, utc).map((tick) => tick.label)
    expect(labels).toEqual(['2021', '2022', '2023', '2024', '2025', '2026'])
    expect(axisTicks({ from: Date.UTC(2026, 0), to: Date.UTC(2026, 5) }, 6, utc)[1]?.label).toBe('Feb 2026')
  })

  test('ticks keep to the hours of a zone whose clock changes', () => {
    const change = Date.UTC(2026, 2, 29, 1)
    const berlin = (at: number) => (at < change ? HOUR : 2 * HOUR)
    const ticks = axisTicks({ from: change - 7 * HOUR, to: change + 5 * HOUR }, 4, berlin)
    expect(ticks.map((tick) => tick.label)).toEqual(['21:00', '29 Mar', '03:00', '06:00'])
    expect((ticks[2]?.at ?? 0) - (ticks[1]?.at ?? 0)).toBe(2 * HOUR)
  })

  test.each([1, 40, 999, MINUTE, DAY, 40 * DAY, 4000 * DAY, 40_000 * DAY])('a span of %i ms never has more ticks than there is room', (span) => {
    expect(axisTicks({ from: START, to: START + span }, 8, utc).length).toBeLessThanOrEqual(9)
  })
})

test('one failure among thousands can still be seen', () => {
  const counts = { from: 0, to: 2, step: 1, success: [9999, 1], failure: [1, 0], unknown: [0, 0] }
  const shapes = barShapes(counts, { width: 100, height: 60 })
  expect(shapes.peak).toBe(10_000)
  expect(shapes.failure).toContain('v1.5')
  expect(shapes.unknown).toBe('')
})

describe('brush', () => {
  const counts = { from: 100, to: 150, step: 10, success: [1, 2, 3, 4, 5], failure: [0, 1, 0, 0, 0], unknown: [0, 0, 0, 0, 0] }

  test('covers whole buckets in either direction', () => {
    expect(spanRange({ anchor: 3, head: 1, moved: true }, counts)).toEqual({ from: 110, to: 140 })
    expect(spanTotals({ anchor: 3, head: 1, moved: true }, counts)).toEqual({ success: 9, failure: 1, unknown: 0 })
  })

  test('goes by keys', () => {
    const press = (key: string, shiftKey = false) => ({ key, shiftKey })
    const one = spanAfterKey(press('ArrowRight'), null, 5)
    expect(one).toEqual({ anchor: 0, head: 0, moved: true })
    expect(spanAfterKey(press('End', true), { anchor: 1, head: 1, moved: true }, 5)).toEqual({ anchor: 1, head: 4, moved: true })
    expect(spanAfterKey(press('Enter'), { anchor: 1, head: 1, moved: true }, 5)).toBe('commit')
    expect(spanAfterKey(press('Enter'), null, 5)).toBeUndefined()
  })
})

describe('coverage', () => {
  const range = (from: number, to: number, state: 'complete' | 'partial') => ({ connection: 'c', stream: state, from, to, state, held: 1 })

  test('what no stream speaks of is unknown, and the segments leave no gap', () => {
    const segments = coverageSegments([range(10, 20, 'complete'), range(15, 18, 'partial')], { from: 0, to: 30 })
    expect(segments.map(({ from, to, state }) => [from, to, state])).toEqual([
      [0, 10, 'unknown'],
      [10, 15, 'complete'],
      [15, 18, 'partial'],
      [18, 20, 'complete'],
      [20, 30, 'unknown'],
    ])
  })

  test('ranges are cut to the chart', () => {
    expect(coverageSegments([range(-5, 500, 'complete')], { from: 0, to: 30 })).toMatchObject([{ from: 0, to: 30, state: 'complete' }])
    expect(coverageSegments([], { from: 0, to: 30 })).toMatchObject([{ state: 'unknown', ranges: [] }])
  })
})
