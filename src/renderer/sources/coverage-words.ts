import { COVERAGE_WORDS, type CoverageRange, type CoverageState, type Instant, type TimeRange } from '../../domain'
import { ALL_TIME, byList, formatPlural, insideRanges } from '../shared'

const HOLES: readonly CoverageState[] = ['unknown', 'partial']

/** One line over the ledger of all time: holes first, then what else is missing, or how far complete goes. */
export function coverageWords(ranges: CoverageRange[]): string {
  if (ranges.length === 0) return 'Coverage: unknown'
  const lists = byList(ranges)
  const inside = lists.flatMap(insideRanges)
  const holes = inside.filter(({ state }) => state === 'unknown').length
  const partial = inside.filter(({ state }) => state === 'partial').length
  const hidden = lists.filter((own) => own.some(({ state }) => state === 'not-visible')).length
  const unasked = lists.filter((own) => own.every(({ state }) => state === 'not-asked')).length
  const cut = lists.filter((own) => own.some(isNotAskedFromTheBeginning)).length - unasked
  const short = lists.filter(isUnknownBeforeOldest).length
  const parts = [
    ...(holes > 0 ? [formatPlural(holes, 'hole')] : []),
    ...(partial > 0 ? [formatPlural(partial, 'partial range')] : []),
    ...(cut > 0 ? [`${formatPlural(cut, 'list')} not read to the oldest record`] : []),
    ...(short > 0 ? [`${formatPlural(short, 'list')} unknown before the oldest record`] : []),
    ...(unasked > 0 ? [`${formatPlural(unasked, 'list')} ${COVERAGE_WORDS['not-asked']}`] : []),
    ...(hidden > 0 ? [`${formatPlural(hidden, 'list')} ${COVERAGE_WORDS['not-visible']}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'no hole inside what was asked for or imported'
}

function isNotAskedFromTheBeginning({ state, from }: CoverageRange): boolean {
  return state === 'not-asked' && from <= ALL_TIME.from
}

/** A server that gives only the newest so many. Of files it goes without saying: nothing is known after them either. */
function isUnknownBeforeOldest(own: CoverageRange[]): boolean {
  const isUnknown = ({ state }: CoverageRange) => state === 'unknown'
  const isBefore = own.length > 1 && own.some((range) => isUnknown(range) && range.from <= ALL_TIME.from)
  return isBefore && !own.some((range) => isUnknown(range) && range.to >= ALL_TIME.to)
}

export function isHole(state: CoverageState): boolean {
  return HOLES.includes(state)
}

/** A piece of a coverage bar: its place as shares of the bar's width, and what the ledger says of it. */
export type BarPiece = TimeRange & {
  start: number
  width: number
  state: CoverageState
  /** Null where no range of the ledger speaks. */
  held: number | null
  serverTotal?: number
  note?: string
}

/** Ranges of one stream over the whole of what is held. What no range speaks of is `silent`. */
export function barPieces(ranges: CoverageRange[], whole: TimeRange, silent: CoverageState): BarPiece[] {
  const span = whole.to - whole.from
  const pieces: BarPiece[] = []
  let at = whole.from
  const put = (range: TimeRange, rest: Omit<BarPiece, 'start' | 'width' | 'from' | 'to'>) => {
    if (range.to <= range.from) return
    const place = { start: (range.from - whole.from) / span, width: (range.to - range.from) / span }
    pieces.push({ ...place, from: range.from, to: range.to, ...rest })
  }
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const from = Math.max(at, range.from)
    const to = Math.min(whole.to, range.to)
    if (to <= from) continue
    put({ from: at, to: from }, { state: silent, held: null })
    const { state, held, serverTotal, note } = range
    const more = { ...(serverTotal === undefined ? {} : { serverTotal }), ...(note === undefined ? {} : { note }) }
    put({ from, to }, { state, held, ...more })
    at = to
  }
  put({ from: at, to: whole.to }, { state: silent, held: null })
  return pieces
}

export function pieceAt(pieces: BarPiece[], at: Instant): BarPiece | null {
  return pieces.find(({ from, to }) => from <= at && at < to) ?? null
}
