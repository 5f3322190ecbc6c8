import { expect, test } from 'vitest'
import { ownPage } from '../../src/main/own-page'

test.each([
  ['app://recount/', true],
  ['app://recount/#/timeline/x', true],
  ['app://recount/?a=b', true],
  ['app://recount/other.html', false],
  ['app://other/', false],
  ['app://recount.evil.example/', false],
  ['https://recount/', false],
  ['file:///etc/passwd', false],
  ['data:text/html,x', false],
  ['about:blank', false],
  ['', false],
])('%s is the own page: %s', (address, own) => {
  const page = ownPage(undefined)
  expect(page.isOwn(address)).toBe(own)
  expect(page.isOwnFrame({ url: address, parent: null })).toBe(own)
  expect(page.isOwnFrame({ url: address, parent: {} })).toBe(false)
})

test('a frame that is gone is not the page', () => {
  expect(ownPage(undefined).isOwnFrame(null)).toBe(false)
})

test('in development the page is that of the development server and no other port', () => {
  const page = ownPage('http://localhost:5173')
  expect(page.isOwn('http://localhost:5173/#/x')).toBe(true)
  expect(page.isOwn('http://localhost:5174/')).toBe(false)
  expect(page.isOwn('app://recount/')).toBe(false)
})
