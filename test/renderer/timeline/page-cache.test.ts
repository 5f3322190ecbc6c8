import { expect, test } from 'vitest'
import { pageCache, pagesOver } from '../../../src/renderer/timeline/page-cache'

test('rows are found in aligned pages', () => {
  const cache = pageCache<string>(3)
  cache.put(2, ['a', 'b'])
  expect(cache.row(400)).toBe('a')
  expect(cache.row(401)).toBe('b')
  expect(cache.row(402)).toBeUndefined()
  expect(cache.row(0)).toBeUndefined()
  expect(cache.find((row) => row === 'b')).toBe(401)
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
  expect(pagesOver(0, 199)).toEqual([0])
  expect(pagesOver(199, 200)).toEqual([0, 1])
  expect(pagesOver(-30, 30)).toEqual([0])
  expect(pagesOver(10, 9)).toEqual([])
  expect(pagesOver(9_999_999, 9_999_999)).toEqual([49_999])
})
