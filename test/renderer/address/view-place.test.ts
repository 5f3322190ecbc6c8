import { expect, test } from 'vitest'
import type { View } from '../../../src/contract'
import { isSameView } from '../../../src/renderer/address'

const VIEW: View = { query: 'user:root', range: { from: 1, to: 2 }, order: 'desc' }

test('views are the same by query, range and order, also where they reach over all time', () => {
  expect(isSameView(VIEW, { ...VIEW, range: { from: 1, to: 2 } })).toBe(true)
  expect(isSameView({ ...VIEW, range: null }, { ...VIEW, range: null })).toBe(true)
})

test.each<Partial<View>>([{ query: '' }, { range: null }, { range: { from: 1, to: 3 } }, { order: 'asc' }])('a view with %j is another', (other) => {
  expect(isSameView(VIEW, { ...VIEW, ...other })).toBe(false)
  expect(isSameView({ ...VIEW, ...other }, VIEW)).toBe(false)
})
