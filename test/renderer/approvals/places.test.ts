import { expect, it } from 'vitest'
import type { ApprovalPattern } from '../../../src/contract'
import { placeOfEvent, placeOfPattern } from '../../../src/renderer/approvals/places'

it('leads from a pattern to the timeline at its events, standing on the first', () => {
  const view = { query: 'approval:(1 2)', range: { from: 1, to: 2 }, order: 'asc' as const }
  const pattern = { view, events: ['a', 'b'] } as unknown as ApprovalPattern
  expect(placeOfPattern(pattern)).toEqual({ screen: 'timeline', ...view, selected: 'a' })
  expect(placeOfPattern({ ...pattern, events: [] })).toEqual({ screen: 'timeline', ...view, selected: null })
})

it('leads to one event whatever was looked at before', () => {
  expect(placeOfEvent('a')).toEqual({ screen: 'timeline', query: '', range: null, order: 'desc', selected: 'a' })
})
