import { describe, expect, it } from 'vitest'
import { logScale } from '../../../src/renderer/approvals/log-scale'

describe('a scale of times', () => {
  it('has round ends around all of them, and equal steps for equal factors', () => {
    const { at, ticks } = logScale([2000, 45_000, 3_000_000], 9)
    expect(ticks.map(({ label }) => label)).toEqual(['1 s', '10 s', '1 min', '10 min', '1 h'])
    expect([at(1000), at(3_600_000)]).toEqual([0, 1])
    expect(at(20_000) - at(2000)).toBeCloseTo(at(2_000_000) - at(200_000), 10)
  })

  it('leaves out marks that have no room', () => {
    expect(logScale([2000, 3_000_000], 2).ticks.map(({ label }) => label)).toEqual(['1 s', '1 min', '1 h'])
  })

  it('holds what is nothing, negative or beyond at its ends', () => {
    for (const times of [[], [0], [-1, 0], [1, 1e15]]) {
      const { at, ticks } = logScale(times, 5)
      for (const ms of [-5, 0, 1, 1000, 1e18]) {
        expect(at(ms)).toBeGreaterThanOrEqual(0)
        expect(at(ms)).toBeLessThanOrEqual(1)
      }
      expect(ticks.every(({ share }) => share >= 0 && share <= 1)).toBe(true)
    }
  })
})
