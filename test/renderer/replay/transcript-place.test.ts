import { describe, expect, it } from 'vitest'
import { lineSearch, spanMoment } from '../../../src/renderer/replay/transcript-place'

describe('the place of a transcript line', () => {
  const lines = ['$ ls', 'a.txt', '$ ls -l', '  $ ls', '<U+202E>abc', '', 'x']

  it('is that of its text, counted among those before it', () => {
    expect(lineSearch(lines, 1)).toEqual({ text: 'a.txt', earlier: 0 })
    expect(lineSearch(lines, 3)).toEqual({ text: '$ ls', earlier: 2 })
  })

  it('is not looked for where the text is none of the screen, or says too little', () => {
    expect(lineSearch(lines, 4)).toBeNull()
    expect(lineSearch(lines, 5)).toBeNull()
    expect(lineSearch(lines, 6)).toBeNull()
    expect(lineSearch(lines, 99)).toBeNull()
  })

  it('is looked for by its beginning where it is long', () => {
    expect(lineSearch(['y'.repeat(9000)], 0)?.text).toHaveLength(120)
  })
})

describe('the line of a full-screen program', () => {
  it('tells its moment without a search', () => {
    expect(spanMoment('[full-screen program 00:03:10-00:05:44]', null)).toBe(190)
    expect(spanMoment('[full-screen program 14:03:10-14:05:44]', 14 * 3600)).toBe(190)
  })

  it('may begin after midnight', () => {
    expect(spanMoment('[full-screen program 00:00:10-00:05:44]', 86_390)).toBe(20)
  })

  it('is not taken from any other line', () => {
    expect(spanMoment('$ echo [full-screen program 00:03:10-00:05:44]', null)).toBeNull()
  })
})
