import { describe, expect, it } from 'vitest'
import { clipSpan, clipWords } from '../../../src/renderer/replay/clip-words'

describe('a clip', () => {
  it('has its ends in order, whichever was set first', () => {
    expect(clipSpan({ from: 9, to: 4 })).toEqual({ from: 4, to: 9 })
  })

  it('is none until both ends are set apart', () => {
    expect(clipSpan({ from: 4, to: null })).toBeNull()
    expect(clipSpan({ from: null, to: 4 })).toBeNull()
    expect(clipSpan({ from: 4, to: 4 })).toBeNull()
  })

  it('is named by times as the recording has them', () => {
    expect(clipWords({ from: 800, to: 842 }, 1570)).toBe('13:20 to 14:02')
    expect(clipWords({ from: 800, to: 842 }, 4000)).toBe('0:13:20 to 0:14:02')
  })
})
