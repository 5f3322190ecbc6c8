import { describe, expect, it } from 'vitest'
import type { CoverageRange, CoverageState } from '../../../src/domain'
import { barPieces, coverageWords } from '../../../src/renderer/sources/coverage-words'

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

  it('says where complete ends', () => {
    expect(coverageWords([range(0, 10)])).toContain('unknown outside')
  })

  it('counts what is not complete', () => {
    const holes = [range(20, 30, 'unknown'), range(30, 40, 'unknown')]
    const words = coverageWords([range(0, 10), range(10, 20, 'partial'), ...holes])
    expect(words).toBe('Coverage: 1 range partial, 2 ranges unknown; unknown outside the files imported')
  })
})

describe('a coverage bar', () => {
  const states = (ranges: CoverageRange[]) =>
    barPieces(ranges, { from: 0, to: 100 }).map(({ start, width, state }) => `${start}+${width} ${state}`)

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
