import { expect, test } from 'vitest'
import { productionNames, productionTest } from '../../src/domain'

test.each(['prod', 'db-prod-01', 'prod1', 'PRD.example', 'web_live', 'live-02.eu', 'a.prd', 'x-prod12-y'])('%s is production where nobody said', (name) => {
  expect(productionTest('')(name)).toBe(true)
  expect(productionTest(' ,\n, ')(name)).toBe(true)
})

test.each(['', 'product', 'reprod', 'alive', 'delivery-1', 'live2go', 'staging', 'prod1a', 'prod 1'])('%j is not', (name) => {
  expect(productionTest('')(name)).toBe(false)
})

test('a list takes the place of the usual names', () => {
  const isProduction = productionTest('db-01, web-*\r\ncache-?\n')
  expect(['db-01', 'DB-01', 'web-', 'web-eu-prod', 'cache-1'].map(isProduction)).toEqual([true, true, true, true, true])
  expect(['db-011', 'xdb-01', 'my-web-1', 'cache-', 'cache-12', 'db-prod-01', ''].map(isProduction)).toEqual(Array<boolean>(7).fill(false))
})

test('a glob can begin, end and hold stars', () => {
  const isProduction = productionTest('*-core-*.eu, *')
  expect(isProduction('')).toBe(true)
  const inner = productionTest('*-core-*.eu')
  expect(['a-core-1.eu', '-core-.eu', 'a-core-b-core-c.eu.eu'].every(inner)).toBe(true)
  expect(['a-core-1.eu2', 'core-1.eu', 'a-core.eu'].some(inner)).toBe(false)
})

test('other characters of patterns stand for themselves', () => {
  const isProduction = productionTest('db.1, (a|b)+, [x]*')
  expect(['db.1', '(a|b)+', '[x]', '[x]y'].every(isProduction)).toBe(true)
  expect(['dbx1', 'a', 'x'].some(isProduction)).toBe(false)
})

test('names are read once each and within bounds', () => {
  expect(productionNames('a,b,a,\n b ,')).toEqual(['a', 'b'])
  expect(productionNames(Array.from({ length: 5000 }, (_, i) => `m${i}`).join('\n'))).toHaveLength(1000)
  expect(productionNames('x'.repeat(900))[0]).toHaveLength(200)
})

test('a hostile glob and a hostile name end soon', () => {
  const isProduction = productionTest(`${'*a'.repeat(99)}*b`)
  expect(isProduction('a'.repeat(1_000_000))).toBe(false)
})
