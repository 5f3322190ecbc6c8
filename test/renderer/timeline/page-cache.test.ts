import { expect, test } from 'vitest'
import { PAGE_ROWS, pageCache, pagesOver } from '../../../src/renderer/timeline/page-cache'

test('rows are found in aligned pages', () => {
  const cache = pageCache<string>(3)
  cache.put(2, ['a', 'b'])
  const first = 2 * PAGE_ROWS
  expect(cache.row(first)).toBe('a')
  expect(cache.row(first + 1)).toBe('b')
  expect(cache.row(first + 2)).toBeUndefined()
  expect(cache.row(0)).toBeUndefined()
  expect(cache.find((row) => row === 'b')).toBe(first + 1)
  expect(cache.find((row) => row === 'z')).toBeNull()
})

test('the page not used for the longest time goes first', () => {
  const cache = pageCache<number>(2)
  cache.put(0, [0])
  cache.put(1, [1])
  cache.row(0)
  cache.put(2, [2])
  expect([0, 1, 2].map((page) => cache.has(page))).toEqual([true, false, true])
  cache.clear()
  expect(cache.has(0)).toBe(false)
})

test('pages cover the rows asked for and nothing before the first', () => {
  expect(pagesOver(0, PAGE_ROWS - 1)).toEqual([0])
  expect(pagesOver(PAGE_ROWS - 1, PAGE_ROWS)).toEqual([0, 1])
  expect(pagesOver(-30, 30)).toEqual([0])
  expect(pagesOver(10, 9)).toEqual([])
  expect(pagesOver(7 * PAGE_ROWS - 1, 7 * PAGE_ROWS - 1)).toEqual([6])
})
