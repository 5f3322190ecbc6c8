import { describe, expect, it } from 'vitest'
import { hitAfter, hitOf } from '../../../src/renderer/replay/hit-order'

describe('the hit to go to', () => {
  const moments = [10, 20, 20, 30]

  it('is the first one after the moment, or before it', () => {
    expect(hitAfter(moments, { present: null, time: 15 }, 1)).toBe(1)
    expect(hitAfter(moments, { present: null, time: 15 }, -1)).toBe(0)
  })

  it('is the next one in order from the one gone to last, though they share a moment', () => {
    expect(hitAfter(moments, { present: 1, time: 20 }, 1)).toBe(2)
    expect(hitAfter(moments, { present: 2, time: 20 }, -1)).toBe(1)
  })

  it('goes round at the ends', () => {
    expect(hitAfter(moments, { present: 3, time: 30 }, 1)).toBe(0)
    expect(hitAfter(moments, { present: 0, time: 10 }, -1)).toBe(3)
    expect(hitAfter(moments, { present: null, time: 99 }, 1)).toBe(0)
    expect(hitAfter(moments, { present: null, time: 0 }, -1)).toBe(3)
  })

  it('starts from the moment where the player was moved elsewhere', () => {
    expect(hitAfter(moments, { present: 3, time: 5 }, 1)).toBe(0)
  })

  it('is none where nothing was found', () => {
    expect(hitAfter([], { present: null, time: 5 }, 1)).toBeNull()
  })
})

describe('the hit somebody came from', () => {
  it('is the first of its moment, which an address keeps to the millisecond', () => {
    expect(hitOf([1, 14.5204, 14.5204, 30], 14.52)).toBe(1)
  })

  it('is none where no hit has the moment', () => {
    expect(hitOf([1, 30], 14.52)).toBeNull()
  })
})
