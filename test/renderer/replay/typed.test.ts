import { describe, expect, it } from 'vitest'
import { typedBefore } from '../../../src/renderer/replay/typed'
import { recorded, type RecordedEvent } from './recorded'

const segmentOf = (events: RecordedEvent[]) => recorded(events, { every: 1000 }).segment(0, new AbortController().signal)

describe('what was typed shortly before a moment', () => {
  it('is the input of the last seconds in order, without the output', async () => {
    const segment = await segmentOf([
      [1, 'i', 'old'],
      [20, 'i', 'l'],
      [20.1, 'o', 'l'],
      [20.2, 'i', 's'],
      [20.3, 'i', '\r'],
      [21, 'i', 'later'],
    ])
    expect(typedBefore(segment, 20.3)).toBe('ls\r')
  })

  it('is cut to its end where much was pasted', async () => {
    const segment = await segmentOf([[1, 'i', `${'x'.repeat(500)}end`]])
    expect(typedBefore(segment, 2)).toHaveLength(160)
    expect(typedBefore(segment, 2)).toMatch(/xend$/)
  })

  it('is nothing where nothing was typed', async () => {
    expect(typedBefore(await segmentOf([[1, 'o', 'x']]), 2)).toBe('')
  })
})
