import { expect, test } from 'vitest'
import { changeWords, marksWords, tagOf } from '../../../src/renderer/marks/mark-words'
import { NO_MARKS } from '../../../src/renderer/marks/subject-name'
import { momentNear } from '../../../src/renderer/replay/marked-moment'

test('marks in words', () => {
  expect(marksWords(NO_MARKS)).toBe('')
  expect(marksWords({ star: true, quick: 'bad', tags: ['c2', 'ask'], comments: 1 })).toBe('starred, bad, tags c2, ask, 1 comment')
  expect(changeWords({ star: false, quick: null, add: ['a'], remove: ['b'] })).toBe('star taken away, quick tag taken away, tagged a, tag b taken away')
})

test('what can be a tag', () => {
  expect(['c2', ' to ask ', 'a', 'ü*'].map(tagOf)).toEqual(['c2', 'to ask', 'a', 'ü*'])
  expect(['', '  ', 'a,b', ',', 'a\nb', 'x'.repeat(101)].map(tagOf)).toEqual([null, null, null, null, null, null])
})

test('a moment is the marked one that is near, else a tenth of a second', () => {
  const marked = [{ at: 10, marks: NO_MARKS }, { at: 10.8, marks: NO_MARKS }]
  expect(momentNear(marked, 10.4)).toBe(10)
  expect(momentNear(marked, 10.45)).toBe(10.8)
  expect(momentNear(marked, 12.345)).toBe(12.3)
  expect(momentNear([], 0.04)).toBe(0)
})
