import { describe, expect, it } from 'vitest'
import type { OpenedRecording } from '../../../src/contract'
import { factCount, factGroups } from '../../../src/renderer/replay/fact-rows'

const nothing: Pick<OpenedRecording, 'damage' | 'gaps' | 'facts' | 'resizes' | 'markers'> = {
  damage: { total: 0, first: [] },
  gaps: [],
  facts: { total: 0, first: [] },
  resizes: [],
  markers: [],
}
const opened = (change: Partial<OpenedRecording>) => ({ ...nothing, ...change }) as OpenedRecording

describe('what was noticed', () => {
  it('is told apart, what is missing first', () => {
    const groups = factGroups(
      opened({
        resizes: [{ at: 3, cols: 100, rows: 40 }],
        facts: { total: 900, first: [{ at: 2, kind: 'hidden-text', text: 'x' }] },
        damage: { total: 1, first: [{ at: 'line 3', reason: 'expected [time, code, data]' }] },
        gaps: [{ at: 1, text: 'messages 4..5 are missing' }],
      }),
    )
    expect(groups.map(({ title, total }) => [title, total])).toEqual([
      ['Missing', 1],
      ['Damaged', 1],
      ['Tried beyond drawing, or hidden', 900],
      ['Resized', 1],
    ])
    expect(groups.flatMap(({ rows }) => rows)).toEqual([
      { at: 1, kind: 'gap', text: 'messages 4..5 are missing' },
      { at: null, kind: 'line 3', text: 'expected [time, code, data]' },
      { at: 2, kind: 'hidden text', text: 'x' },
      { at: 3, kind: 'size', text: '100×40' },
    ])
  })

  it.each([
    ['c;w7xiZXI=', 'über'],
    ['c;?', 'c;?'],
    ['c;/w==', 'c;/w=='],
    ['c;abcde', 'c;abcde'],
  ])('tells what was meant for the clipboard where %s says it', (text, told) => {
    const [group] = factGroups(opened({ facts: { total: 1, first: [{ at: 2, kind: 'clipboard', text }] } }))
    expect(group?.rows).toEqual([{ at: 2, kind: 'clipboard', text: told }])
  })

  it('counts only what says something', () => {
    const markers = [{ at: 1, text: 'a' }]
    expect(factCount(opened({ markers, gaps: [{ at: 1, text: 'b' }], facts: { total: 4, first: [] } }))).toBe(5)
    expect(factGroups(opened({}))).toEqual([])
  })
})
