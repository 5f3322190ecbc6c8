import { COVERAGE_WORDS, type CoverageRange, type CoverageState, type TimeRange, WORST_FIRST } from '../../domain'
import { ALL_TIME, byList, insideRanges } from './coverage'
import { formatPlural } from './format'

/**
 * How far what is told of events can be relied on: the lists that they were read from. `before`: lists of which it is not
 * known what they had before the oldest record held.
 */
export type CoverageNote = { lists: number; lacking: { state: CoverageState; lists: number }[]; before: number }

const LACKING = WORST_FIRST.filter((state) => state !== 'complete')

/** Each list counts once, by the worst that is said of it in the range. */
export function coverageNote(ranges: CoverageRange[], range: TimeRange | null): CoverageNote {
  const lists = byList(ranges)
  const counts = new Map<CoverageState, number>()
  for (const own of lists) {
    const inside = range ? own.filter(({ from, to }) => from < range.to && to > range.from) : insideRanges(own)
    // Where the ledger says nothing, nothing proves anything.
    const silent = range !== null && inside.length === 0
    const worst = silent ? 'unknown' : LACKING.find((state) => inside.some((part) => part.state === state && !isOutside(part, range)))
    if (worst) counts.set(worst, (counts.get(worst) ?? 0) + 1)
  }
  const lacking = LACKING.flatMap((state) => {
    const count = counts.get(state)
    return count === undefined ? [] : [{ state, lists: count }]
  })
  const before = range ? 0 : lists.filter((own) => own.some(isUnknownBefore)).length
  return { lists: lists.length, lacking, before }
}

/** Without a pin, the time after the last sync is everybody's and says nothing of a list. */
function isOutside({ state, to, from }: CoverageRange, range: TimeRange | null): boolean {
  return range === null && state === 'not-asked' && (from <= ALL_TIME.from) !== to >= ALL_TIME.to
}

function isUnknownBefore({ state, from, to }: CoverageRange): boolean {
  return from <= ALL_TIME.from && to < ALL_TIME.to && (state === 'unknown' || state === 'not-asked')
}

/** Null where nothing is lacking; `none` is said where there is no list. */
export function noteWords({ lists, lacking, before }: CoverageNote, none: string): string | null {
  if (lists === 0) return none
  const sum = lacking.reduce((all, { lists: count }) => all + count, 0)
  const parts = lacking.map(({ state, lists: count }) => `${count} ${COVERAGE_WORDS[state]}`)
  const holes = `${sum} of ${formatPlural(lists, 'list')} ${sum === 1 ? 'is' : 'are'} not complete: ${parts.join(', ')}`
  const old = `${formatPlural(before, 'list')} unknown before the oldest record`
  const words = [...(sum > 0 ? [holes] : []), ...(before > 0 ? [old] : [])]
  return words.length > 0 ? words.join('; ') : null
}
