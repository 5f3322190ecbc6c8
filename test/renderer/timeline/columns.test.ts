import { expect, test } from 'vitest'
import { gridColumns, readWidths, withWidth } from '../../../src/renderer/timeline/column-widths'

test('a width stays within what its column can bear', () => {
  expect(withWidth({}, 'user', 10)).toEqual({ user: 50 })
  expect(withWidth({}, 'user', 5000)).toEqual({ user: 900 })
  expect(withWidth({ user: 70 }, 'time', 123.4)).toEqual({ user: 70, time: 123 })
  expect(withWidth({}, 'category', 90)).toEqual({})
  expect(withWidth({}, 'user', NaN)).toEqual({})
})

test('one column takes what the others leave', () => {
  expect(gridColumns({ user: 120 })).toBe('30px 108px minmax(50px, 120px) minmax(60px, 146px) minmax(214px, 1fr) 74px')
})

test('what was kept is read with care', () => {
  expect(readWidths('{"user":120,"time":1,"nothing":5,"place":"wide"}')).toEqual({ user: 120, time: 70 })
  expect([null, '', 'x', '3', 'null', '[]'].map(readWidths)).toEqual([{}, {}, {}, {}, {}, {}])
})
