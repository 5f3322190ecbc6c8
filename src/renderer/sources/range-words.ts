import type { CoverageState, TimeRange } from '../../domain'
import { type ZoneUse, formatCount } from '../shared'
import type { BarPiece } from './coverage-words'

export const RANGE_TITLES: Record<CoverageState, string> = {
  complete: 'Complete',
  partial: 'Partial',
  unknown: 'Hole',
  'not-visible': 'Not visible',
  'not-offered': 'Not offered',
  'beyond-retention': 'Beyond retention',
  'not-held': 'No longer held',
  'not-asked': 'Not asked',
}

type Piece = Pick<BarPiece, 'state' | 'held' | 'serverTotal' | 'note' | 'from' | 'to' | 'start'>

/** Whose list it is, and whether the server gives a count of it. */
export type Told = { origin: 'files' | 'server'; isCounted: boolean }

/** What is proven of a range and what is not, in one or two sentences. */
export function rangeSentence(piece: Piece, { origin, isCounted }: Told, zone: ZoneUse): string {
  const words = `${whenWords(piece, zone)} ${origin === 'files' ? fileWords(piece) : serverWords(piece, isCounted)}`
  return piece.note === undefined ? words : `${words} ${asSentence(piece.note)}`
}

function serverWords({ state, held, serverTotal }: Piece, isCounted: boolean): string {
  switch (state) {
    case 'complete':
      // The ledger calls complete what was compared with the server's count, where there is one.
      return isCounted || serverTotal !== undefined
        ? 'all that the server has is held: its own count agrees.'
        : 'the list was read to its end; the server gives no count of its own to compare.'
    case 'partial':
      return serverTotal === undefined
        ? 'more may exist than is held.'
        : `${formatCount(held ?? 0)} of the ${formatCount(serverTotal)} records that the server counts are held.`
    case 'unknown':
      return 'nothing proves what happened.'
    case 'not-visible':
      return 'the server gives this list to other accounts only. What it holds is not known here.'
    case 'not-offered':
      return 'the server has no such list. Nothing can be said from it.'
    case 'beyond-retention':
      return 'it is longer ago than the server keeps its records. They cannot be read any more.'
    case 'not-held':
      return 'records were held and have been let go by the retention of this workspace.'
    case 'not-asked':
      return 'this list has not been asked for.'
  }
}

function fileWords({ state, held }: Piece): string {
  if (state === 'complete') return `the imported files are held whole: ${formatCount(held ?? 0)} records.`
  if (state === 'partial') return 'the import was cut. Importing the files again adds the rest.'
  return 'no imported file speaks for this time. Whether anything happened is unknown.'
}

/** `Between 6 Feb 2026 02:51 and 03:07 UTC`; a bar has no beginning that means anything: `Up to 6 Feb 2026 03:07 UTC` */
function whenWords({ from, to, start }: TimeRange & { start: number }, { format, label }: ZoneUse): string {
  const isClose = to - from < 2 * 60_000
  const clock = (at: number) => format(at, isClose ? 's' : 'min').slice(11)
  const [day, lastDay] = [dayWords(format(from, 'date')), dayWords(format(to, 'date'))]
  if (start === 0) return `Up to ${lastDay} ${clock(to)} ${label}`
  return `Between ${day} ${clock(from)} and ${day === lastDay ? '' : `${lastDay} `}${clock(to)} ${label}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `6 Feb 2026` of `2026-02-06` */
export function dayWords(date: string): string {
  const [year, month, day] = date.split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`
}

function asSentence(note: string): string {
  const words = note.trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`
}
