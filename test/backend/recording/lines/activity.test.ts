import { describe, expect, it } from 'vitest'
import { Activity, type ActivitySummary } from '../../../../src/backend/recording/lines/activity'
import type { EventKind } from '../../../../src/backend/recording/model'
import { Random } from '../../random'

function activity(events: readonly (readonly [time: number, kind: EventKind, payload: string])[]): ActivitySummary {
  const all = new Activity()
  for (const [time, kind, payload] of events) all.add({ time, kind, payload: Buffer.from(payload) })
  return all.summary()
}

function sum(parts: Float64Array): number {
  return parts.reduce((total, part) => total + part, 0)
}

describe('activity', () => {
  it('counts bytes where they came, at any time and of any length', () => {
    const random = new Random(4)
    const all = new Activity()
    const exact: { time: number; bytes: number }[] = []
    let time = 0
    for (let round = 0; round < 5000; round++) {
      time += random.int(1000) / 50
      const bytes = random.int(200)
      exact.push({ time, bytes })
      all.add({ time, kind: 'output', payload: new Uint8Array(bytes) })
      if (round % 1000 !== 999) continue
      const { output, duration } = all.summary()
      expect(duration).toBe(time)
      expect(output).toHaveLength(1000)
      expect(sum(output)).toBe(exact.reduce((total, event) => total + event.bytes, 0))
      // An edge lies at most one fine part off.
      const half = exact.filter((event) => event.time < duration / 2).reduce((total, event) => total + event.bytes, 0)
      expect(Math.abs(sum(output.subarray(0, 500)) - half)).toBeLessThan(1500)
    }
  })

  it('tells input from output', () => {
    const { output, input } = activity([
      [0, 'output', 'abc'],
      [5, 'input', 'x'],
      [10, 'output', 'de'],
    ])
    expect([output[0], input[0], sum(input), output[999]]).toEqual([3, 0, 1, 2])
    expect(input.findIndex((bytes) => bytes > 0)).toBeGreaterThan(497)
    expect(input.findIndex((bytes) => bytes > 0)).toBeLessThan(502)
  })

  it('of a moment is all in one place', () => {
    const { output, duration } = activity([[0, 'output', 'abc']])
    expect([duration, sum(output)]).toEqual([0, 3])
  })

  it('knows when nothing happened, to the end', () => {
    const { idle } = activity([
      [0, 'output', 'a'],
      [2, 'output', 'b'],
      [5, 'output', 'c'],
      [6, 'marker', 'still idle'],
      [9, 'input', 'd'],
      [20, 'exit', '0'],
    ])
    expect(idle).toEqual([{ from: 2, to: 5 }, { from: 5, to: 9 }, { from: 9, to: 20 }])
  })

  it('knows resizes and what is missing', () => {
    const { resizes, gaps } = activity([
      [1, 'resize', '120x40'],
      [2, 'resize', 'nonsense'],
      [3, 'skipped', 'messages 4..5 are missing'],
    ])
    expect(resizes).toEqual([{ at: 1, cols: 120, rows: 40 }])
    expect(gaps).toEqual([{ at: 3, text: 'messages 4..5 are missing' }])
  })

  it('bears times that are none, and durations of years', () => {
    const { output, duration } = activity([
      [Number.NaN, 'output', 'x'],
      [-1, 'output', 'x'],
      [Infinity, 'output', 'x'],
      [1, 'output', 'x'],
      [3e9, 'output', 'x'],
    ])
    expect([duration, sum(output), output[0], output[999]]).toEqual([3e9, 2, 1, 1])
  })
})
