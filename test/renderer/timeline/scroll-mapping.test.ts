import { describe, expect, test } from 'vitest'
import {
  clampTop,
  isProportional,
  lastTop,
  ROW_HEIGHT,
  rowsInView,
  rowsPerPage,
  scrollOfTop,
  spacerHeight,
  TALLEST_SPACER,
  topOfScroll,
  topToCentre,
  topToReveal,
  wheelPixels,
} from '../../../src/renderer/timeline/scroll-mapping'

const VIEWPORT = 640
const SIZES = [0, 1, 5, 23, 24, 1000, 555_555, 555_556, 1_000_000, 10_000_000]

describe.each(SIZES)('a list of %i rows', (total) => {
  const extent = { total, viewport: VIEWPORT }
  const lastScroll = Math.max(0, spacerHeight(extent) - VIEWPORT)

  test('is never taller than a browser can hold', () => {
    expect(spacerHeight(extent)).toBeLessThanOrEqual(TALLEST_SPACER)
  })

  test('shows its very first and very last row at the ends of the bar', () => {
    expect(rowsInView(topOfScroll(0, extent), extent).first).toBe(0)
    const end = topOfScroll(lastScroll, extent)
    expect(rowsInView(end, extent).last).toBe(total - 1)
    expect(end).toBe(lastTop(extent))
  })

  test('puts the bar back where it was', () => {
    for (const part of [0, 0.1, 0.5, 0.99, 1]) {
      const top = lastTop(extent) * part
      expect(Math.abs(topOfScroll(scrollOfTop(top, extent), extent) - top)).toBeLessThan(0.51)
    }
  })

  test('can bring any row into view', () => {
    for (const part of [0, 0.123, 0.5, 0.987, 1]) {
      const row = Math.max(0, Math.floor((total - 1) * part))
      if (row >= total) continue
      for (const from of [0, lastTop(extent)]) {
        const top = topToReveal(row, from, extent)
        expect(row * ROW_HEIGHT).toBeGreaterThanOrEqual(top)
        expect((row + 1) * ROW_HEIGHT).toBeLessThanOrEqual(top + VIEWPORT)
      }
    }
  })
})

describe('ten million rows', () => {
  const extent = { total: 10_000_000, viewport: VIEWPORT }

  test('are mapped in proportion, fewer than the bar can hold are not', () => {
    expect(isProportional(extent)).toBe(true)
    expect(isProportional({ total: 500_000, viewport: VIEWPORT })).toBe(false)
    expect(topOfScroll(1234, { total: 500_000, viewport: VIEWPORT })).toBe(1234)
  })

  test('move by exactly one row for a wheel of one row, wherever they stand', () => {
    for (const start of [0, 1_000_000 * ROW_HEIGHT, 7_654_321 * ROW_HEIGHT]) {
      let top = start
      for (let turn = 0; turn < 100; turn++) top = clampTop(top + wheelPixels(1, 1, VIEWPORT), extent)
      expect(top - start).toBe(100 * ROW_HEIGHT)
      expect(rowsInView(top, extent).first - rowsInView(start, extent).first).toBe(100)
    }
  })

  test('are each reached by some pixel of the bar', () => {
    let before = rowsInView(topOfScroll(7_000_000, extent), extent).first
    for (let scroll = 7_000_000; scroll < 7_000_200; scroll++) {
      const { first } = rowsInView(topOfScroll(scroll, extent), extent)
      expect([0, 1]).toContain(first - before)
      before = first
    }
  })
})

test('a row that shows already is not moved, one far away lands with rows above it', () => {
  const extent = { total: 1000, viewport: 270 }
  expect(topToCentre(3, 27, extent)).toBe(27)
  expect(topToCentre(500, 0, extent)).toBe(500 * ROW_HEIGHT - 90)
})

test('wheels count in pixels, lines and pages', () => {
  expect([wheelPixels(5, 0, 270), wheelPixels(2, 1, 270), wheelPixels(-1, 2, 270)]).toEqual([5, 54, -270])
  expect(rowsPerPage(270)).toBe(9)
  expect(rowsPerPage(10)).toBe(1)
})
