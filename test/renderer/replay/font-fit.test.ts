import { expect, test } from 'vitest'
import { type Box, fittedFont, LARGEST_FONT, shrunkFont, SMALLEST_FONT } from '../../../src/renderer/replay/font-fit'

/** A terminal whose cells are 0.6 of the letters wide and whole pixels high. */
function measured(cols: number, rows: number) {
  const sizes: number[] = []
  const measure = (size: number): Box => {
    sizes.push(size)
    return { width: Math.round(cols * size * 0.6), height: rows * Math.ceil(size * 1.32) }
  }
  return { sizes, measure }
}

test.each([
  [80, 24, { width: 860, height: 640 }],
  [118, 34, { width: 860, height: 640 }],
  [208, 59, { width: 861, height: 433 }],
  [160, 76, { width: 1400, height: 900 }],
])('%i x %i is as large as the box allows', (cols, rows, box) => {
  const { sizes, measure } = measured(cols, rows)
  const size = fittedFont(box, measure)
  expect(sizes.at(-1)).toBe(size)
  const taken = measure(size)
  expect(taken.width <= box.width && taken.height <= box.height).toBe(true)
  const larger = measure(size + 0.5)
  expect(larger.width > box.width || larger.height > box.height).toBe(true)
})

test('a guess that is too large is lowered until the terminal fits', () => {
  const { sizes, measure } = measured(100, 10)
  expect(shrunkFont({ width: 720, height: 900 }, 13, measure)).toBe(12)
  expect(sizes.at(-1)).toBe(12)
  expect(shrunkFont({ width: 720, height: 900 }, 11, measure)).toBe(11)
  expect(shrunkFont({ width: 1, height: 1 }, 7, measure)).toBe(SMALLEST_FONT)
})

test('letters are never smaller or larger than can be read', () => {
  expect(fittedFont({ width: 300, height: 200 }, measured(500, 200).measure)).toBe(SMALLEST_FONT)
  expect(fittedFont({ width: 3000, height: 2000 }, measured(10, 5).measure)).toBe(LARGEST_FONT)
  expect(fittedFont({ width: 300, height: 200 }, () => ({ width: 0, height: 0 }))).toBe(LARGEST_FONT)
  expect(fittedFont({ width: NaN, height: 200 }, measured(80, 24).measure)).toBe(SMALLEST_FONT)
})
