import { expect, it } from 'vitest'
import { dueReviews, type CustodyState, type Review } from '../../../src/contract'
import { chainWords, dueWords } from '../../../src/renderer/custody/custody-words'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 1, 6, 12)
const review = (more: Partial<Review>): Review => ({
  seq: 1,
  name: 'Weekly',
  at: NOW,
  by: 'ana',
  query: '',
  range: { from: 1, to: 2 },
  days: 7,
  dueAt: NOW,
  note: '',
  matching: 0,
  coverage: 'complete',
  isLast: true,
  ...more,
})
const state = (more: Partial<CustodyState>): CustodyState => ({
  entries: 31,
  head: '9f3b00aa'.repeat(8),
  checkedAt: NOW,
  broken: null,
  problems: [],
  found: 0,
  waiting: 0,
  fault: null,
  isReadOnly: false,
  ...more,
})

it('a review is due from its day on, by its last sign-off alone, the longest due first', () => {
  const due = [review({ name: 'a', dueAt: NOW }), review({ name: 'b', dueAt: NOW - DAY })]
  const others = [review({ isLast: false, dueAt: NOW - 9 * DAY }), review({ dueAt: null }), review({ dueAt: NOW + 1 })]
  expect(dueReviews([...others, ...due], NOW).map(({ name }) => name)).toEqual(['b', 'a'])
})

it.each([
  [null, 'Not due again'],
  [NOW + 7 * DAY, 'Due in 7 days'],
  [NOW + DAY - 1, 'Due within a day'],
  [NOW, 'Due today'],
  [NOW - 2 * DAY, 'Due for 2 days'],
])('due at %s is told as %s', (dueAt, words) => {
  expect(dueWords(review({ dueAt }), NOW)).toBe(words)
})

it('the state of the chain is told in words', () => {
  expect(chainWords(state({}))).toBe('Chain intact, 31 entries, head 9f3b00aa…')
  expect(chainWords(state({ entries: 1, found: 2 }))).toBe('Chain broken in 2 places, 1 entry, head 9f3b00aa…')
  expect(chainWords(state({ entries: 0 }))).toBe('Nothing is recorded yet')
})
