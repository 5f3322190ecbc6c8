import { expect, it } from 'vitest'
import type { FindingDetail } from '../../../src/contract'
import { timelineOf } from '../../../src/renderer/detections/to-timeline'

it('leads to the timeline at its first event, or at the one that is asked for', () => {
  const view = { query: 'ip:203.0.113.9', range: { from: 1, to: 2 }, order: 'asc' as const }
  const detail = { view, sample: [{ key: 'a' }, { key: 'b' }] } as unknown as FindingDetail
  expect(timelineOf(detail)).toEqual({ screen: 'timeline', ...view, selected: 'a' })
  expect(timelineOf(detail, 'b')).toEqual({ screen: 'timeline', ...view, selected: 'b' })
  expect(timelineOf({ ...detail, sample: [] })).toEqual({ screen: 'timeline', ...view, selected: null })
})
