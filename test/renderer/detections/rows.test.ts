import { describe, expect, it } from 'vitest'
import type { FindingDetail } from '../../../src/contract'
import { moveBy } from '../../../src/renderer/detections/FindingTable'
import { timelineOf } from '../../../src/renderer/detections/to-timeline'

describe('the keys of the list', () => {
  const from = (key: string, cursor: number) => {
    let at = -1
    const isOwn = moveBy(key, { cursor, total: 50, page: 20 }, (next) => (at = next))
    return isOwn ? at : null
  }

  it.each([
    ['j', 3, 4],
    ['ArrowUp', 3, 2],
    ['k', 0, 0],
    ['j', 49, 49],
    ['g', 30, 0],
    ['G', 3, 49],
    ['PageDown', 45, 49],
    ['PageUp', 45, 25],
    ['q', 3, null],
    ['constructor', 3, null],
  ])('%s from %i leads to %j', (key, cursor, to) => {
    expect(from(key, cursor)).toBe(to)
  })
})

it('leads to the timeline at its first event, or at the one that is asked for', () => {
  const view = { query: 'ip:203.0.113.9', range: { from: 1, to: 2 }, order: 'asc' as const }
  const detail = { view, sample: [{ key: 'a' }, { key: 'b' }] } as unknown as FindingDetail
  expect(timelineOf(detail)).toEqual({ screen: 'timeline', ...view, selected: 'a' })
  expect(timelineOf(detail, 'b')).toEqual({ screen: 'timeline', ...view, selected: 'b' })
  expect(timelineOf({ ...detail, sample: [] })).toEqual({ screen: 'timeline', ...view, selected: null })
})
