import { type CoverageRange, type CoverageState, type TimeRange, WORST_FIRST } from '../../domain'
import { byList, formatPlural, insideRanges, STATE_WORDS } from '../shared'

/**
 * How far a list of sessions can be relied on: what its events were read from. `before`: lists of which it is not known
 * what they had before the oldest record held.
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

const END = Date.UTC(9999, 11, 31)

/** Without a pin, the time after the last sync is everybody's and says nothing of a list. */
function isOutside({ state, to, from }: CoverageRange, range: TimeRange | null): boolean {
  return range === null && state === 'not-asked' && (from <= 0) !== to >= END
}

function isUnknownBefore({ state, from, to }: CoverageRange): boolean {
  return from <= 0 && to < END && (state === 'unknown' || state === 'not-asked')
}

/** Null where nothing is lacking. */
export function coverageWords({ lists, lacking, before }: CoverageNote): string | null {
  if (lists === 0) return 'No log of sessions is held'
  const sum = lacking.reduce((all, { lists: count }) => all + count, 0)
  const parts = lacking.map(({ state, lists: count }) => `${count} ${STATE_WORDS[state]}`)
  const holes = `${sum} of ${formatPlural(lists, 'list')} ${sum === 1 ? 'is' : 'are'} not complete: ${parts.join(', ')}`
  const old = `${formatPlural(before, 'list')} unknown before the oldest record`
  const words = [...(sum > 0 ? [holes] : []), ...(before > 0 ? [old] : [])]
  return words.length > 0 ? words.join('; ') : null
}
