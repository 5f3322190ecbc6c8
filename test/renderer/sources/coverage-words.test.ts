import { describe, expect, it } from 'vitest'
import type { CoverageRange, CoverageState } from '../../../src/domain'
import { barPieces, coverageWords } from '../../../src/renderer/sources/coverage-words'

const END = Date.UTC(9999, 11, 31)
const range = (from: number, to: number, state: CoverageState = 'complete'): CoverageRange => ({
  connection: 'c',
  stream: 's',
  from,
  to,
  state,
  held: 1,
})

describe('coverage in words', () => {
  it('never lets nothing pass for complete', () => {
    expect(coverageWords([])).toBe('Coverage: unknown')
  })

  it('says how far complete goes', () => {
    expect(coverageWords([range(0, 10)])).toBe('no hole inside what was asked for or imported')
  })

  it('counts holes, partial ranges and lists that are never given', () => {
    const holes = [range(20, 30, 'unknown'), range(40, 50, 'unknown')]
    const hidden = { ...range(0, 10, 'not-visible'), stream: 'hr' }
    const words = coverageWords([range(5, 10), range(10, 20, 'partial'), ...holes, range(50, 60), hidden])
    expect(words).toBe('2 holes, 1 partial range, 1 list not visible')
  })

  it('tells lists that were not read to their beginning from those never asked for', () => {
    const cut = [range(0, 10, 'not-asked'), range(10, 20)]
    const never = [{ ...range(0, 20, 'not-asked'), stream: 'never' }]
    expect(coverageWords([...cut, ...never])).toBe('1 list not read to the oldest record, 1 list not asked')
    expect(coverageWords([range(0, 20), range(20, 30, 'not-asked')])).toMatch(/^no hole/)
  })

  it('counts neither what lies before the oldest record nor the newest minutes', () => {
    const minute = 60_000
    const day = 1440 * minute
    const newest = range(2 * day, 2 * day + 5 * minute, 'unknown')
    expect(coverageWords([range(0, 2 * day), newest, range(newest.to, END, 'not-asked')])).toMatch(/^no hole/)
    const tail = [range(0, day, 'unknown'), range(day, 2 * day), newest]
    expect(coverageWords(tail)).toBe('1 list unknown before the oldest record')
    const long = [range(day, 2 * day), range(2 * day, 3 * day, 'unknown')]
    expect(coverageWords(long)).toBe('1 hole')
    expect(coverageWords([range(0, day, 'unknown'), range(day, 2 * day), range(2 * day, END, 'unknown')])).toMatch(/^no hole/)
  })
})

describe('a coverage bar', () => {
  const states = (ranges: CoverageRange[]) =>
    barPieces(ranges, { from: 0, to: 100 }, 'unknown').map(({ start, width, state }) => `${start}+${width} ${state}`)

  it('is unknown wherever no range speaks', () => {
    expect(states([])).toEqual(['0+1 unknown'])
    expect(states([range(50, 75), range(0, 25)])).toEqual([
      '0+0.25 complete',
      '0.25+0.25 unknown',
      '0.5+0.25 complete',
      '0.75+0.25 unknown',
    ])
  })

  it('cuts what reaches over its ends and what overlaps', () => {
    expect(states([range(-50, 50), range(25, 150, 'partial')])).toEqual(['0+0.5 complete', '0.5+0.5 partial'])
  })
})
