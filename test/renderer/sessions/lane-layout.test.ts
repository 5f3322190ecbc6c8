import { describe, expect, it } from 'vitest'
import { lanesOf, spanOf } from '../../../src/renderer/sessions/lane-layout'
import { distinctMarks } from '../../../src/renderer/sessions/LaneShape'
import { aSession, NOW } from './a-session'

const MINUTE = 60_000
const at = (id: string, [from, to]: [number | null, number], more = {}) =>
  aSession({ id, from: from === null ? null : NOW + from * MINUTE, to: NOW + to * MINUTE, last: NOW + to * MINUTE, ...more })

describe('lanes', () => {
  it('stand by name, the unnamed last, and leave out what has no time', () => {
    const lanes = lanesOf([at('a', [0, 1], { user: null }), at('b', [0, 1], { user: 'zoe' }), at('c', [null, 1]), at('d', [0, 1])], 'user', 1)
    expect(lanes.map(({ name, placed }) => [name, placed.map(({ row }) => row.id)])).toEqual([['ana', ['d']], ['zoe', ['b']], [null, ['a']]])
  })

  it('put sessions that overlap, or would as drawn, on lines of their own and fill lines that are free', () => {
    const lanes = lanesOf([at('c', [10, 12]), at('a', [0, 9]), at('b', [5, 6]), at('d', [6.5, 7]), at('e', [20, 20])], 'machine', 2 * MINUTE)
    expect(lanes[0]?.placed.map(({ row, line }) => [row.id, line])).toEqual([['a', 0], ['b', 1], ['d', 2], ['c', 0], ['e', 0]])
    expect(lanes[0]?.lines).toBe(3)
  })

  it('bound how tall one grows', () => {
    const many = Array.from({ length: 500 }, (_, i) => at(String(i), [0, 60]))
    expect(lanesOf(many, 'user', 1)[0]?.lines).toBe(12)
  })

  it('reach to the last that is known of a session without an end', () => {
    const [lane] = lanesOf([aSession({ to: null, last: NOW + 5 * MINUTE })], 'user', 1)
    expect(lane?.placed[0]?.to).toBe(NOW + 5 * MINUTE)
  })
})

describe('the span', () => {
  it('covers every session that has a time', () => {
    expect(spanOf([at('a', [0, 10]), at('b', [20, 100]), at('c', [null, 999])])).toEqual({ from: NOW - 2 * MINUTE, to: NOW + 102 * MINUTE })
    expect(spanOf([at('a', [null, 3])])).toBeNull()
    expect(spanOf([])).toBeNull()
  })
})

describe('marks', () => {
  it('that fall together are one, a failed one before others', () => {
    const mark = (minute: number, failed = false, kind: 'command' | 'sudo' = 'command') => ({ at: NOW + minute * MINUTE, kind, failed })
    const scale = (at: number) => ((at - NOW) / MINUTE) * 10
    const marks = distinctMarks([mark(0), mark(0.05, true), mark(0.08), mark(0.05, false, 'sudo'), mark(5)], scale)
    expect(marks).toEqual([{ x: 0, kind: 'command', failed: true }, { x: 0, kind: 'sudo', failed: false }, { x: 50, kind: 'command', failed: false }])
  })
})
