import type { CustodyAction, CustodyState, Review } from '../../contract'
import type { Instant } from '../../domain'
import { formatPlural } from '../shared'

export const ACTION_WORDS: Readonly<Record<CustodyAction, string>> = {
  open: 'Opened',
  import: 'Import',
  sync: 'Sync',
  query: 'Query',
  watch: 'Watched',
  reveal: 'Revealed',
  mark: 'Mark',
  comment: 'Comment',
  notebook: 'Notebook',
  cite: 'Cited',
  export: 'Export',
  seal: 'Seal',
  verify: 'Check',
  merge: 'Merge',
  suppress: 'Suppression',
  remove: 'Removal',
  review: 'Review',
  setting: 'Setting',
  mend: 'Mended',
  break: 'Chain broken',
}

/** First digits of a hash. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8)
}

export function chainWords({ entries, head, found }: CustodyState): string {
  if (entries === 0) return 'Nothing is recorded yet'
  const state = found === 0 ? 'Chain intact' : `Chain broken in ${formatPlural(found, 'place')}`
  return `${state}, ${formatPlural(entries, 'entry', 'entries')}, head ${shortHash(head)}…`
}

const DAY = 86_400_000

export function dueWords({ dueAt }: Review, now: Instant): string {
  if (dueAt === null) return 'Not due again'
  const days = Math.floor(Math.abs(dueAt - now) / DAY)
  if (dueAt <= now) return days === 0 ? 'Due today' : `Due for ${formatPlural(days, 'day')}`
  return days === 0 ? 'Due within a day' : `Due in ${formatPlural(days, 'day')}`
}
