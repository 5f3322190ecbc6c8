import { COVERAGE_WORDS, WORST_FIRST, type CoverageRange, type CoverageState } from '../../domain'
import { type CoverageSegment, formatCount, isHidden } from '../shared'

/** Lists of one state at one moment, told together. */
export type CoverageLine = { state: CoverageState; names: string; counts: string; note: string | null }

/** Lists named before the rest are counted. */
const MOST_NAMED = 3

/** Which lists are in which state, worst first. */
export function coverageLines({ ranges }: CoverageSegment, nameOf: (range: CoverageRange) => string): CoverageLine[] {
  return WORST_FIRST.flatMap((state) => {
    const own = ranges.filter((range) => range.state === state)
    if (own.length === 0) return []
    const names = own.slice(0, MOST_NAMED).map(nameOf).join(', ')
    const more = own.length - MOST_NAMED
    return [
      {
        state,
        names: more > 0 ? `${names} and ${formatCount(more)} more` : names,
        counts: countWords(own),
        note: own.find(({ note }) => note !== undefined)?.note ?? null,
      },
    ]
  })
}

function countWords(ranges: CoverageRange[]): string {
  const held = ranges.reduce((sum, range) => sum + range.held, 0)
  const totals = ranges.map(({ serverTotal }) => serverTotal).filter((total) => total !== undefined)
  if (ranges.every(isHidden) || (held === 0 && ranges.every(({ state }) => state === 'not-asked'))) return ''
  const isKnown = totals.length === ranges.length
  return isKnown ? `${formatCount(held)} of ${formatCount(totals.reduce((sum, total) => sum + total, 0))}` : formatCount(held)
}

export function lineWords({ state, counts }: CoverageLine): string {
  return counts === '' ? COVERAGE_WORDS[state] : `${COVERAGE_WORDS[state]}, ${counts}`
}
