import { FINDING_LEVELS, type DetectionRun, type FindingDetail, type FindingLevel, type FindingRow } from '../../contract'
import { formatCount, formatDuration, formatPlural } from '../shared'

/** The gravest first. */
export const LEVELS: readonly FindingLevel[] = FINDING_LEVELS.toReversed()

/** `34 findings: 2 critical, 5 high`; the levels that are rarely worth a look stay out of it. */
export function sumWords(counts: Record<FindingLevel, number>): string {
  const total = LEVELS.reduce((sum, level) => sum + counts[level], 0)
  const grave = (['critical', 'high'] as const).filter((level) => counts[level] > 0).map((level) => `${formatCount(counts[level])} ${level}`)
  return formatPlural(total, 'finding') + (grave.length > 0 ? `: ${grave.join(', ')}` : '')
}

/** What is to be known of the run beside its findings; null where they are all there is. `at` is when they were found. */
export function runWords({ state, done, total, isStale }: DetectionRun, at: string | null): string | null {
  const known = at === null ? 'Nothing is known yet.' : `What is shown was found at ${at}.`
  if (state === 'running') return `${formatCount(done)} of ${formatPlural(total, 'event')} looked at. ${known}`
  if (state === 'waiting') return `What is held is changing; the rules run again soon. ${known}`
  if (state === 'failed') return `The rules could not be run to their end. ${known}`
  return isStale && at !== null ? `What is held has changed since. ${known}` : null
}

/** How the view that shows a finding on the timeline compares with it. */
export function viewWords({ finding, rows, sample }: Pick<FindingDetail, 'finding' | 'rows' | 'sample'>): string {
  const { events } = finding
  if (sample.length === 0) return 'Its events are not held any more.'
  if (rows === events) return events === 1 ? 'Shows exactly its event.' : `Shows exactly its ${formatCount(events)} events.`
  if (rows < events) return `Shows ${formatPlural(rows, 'event')} of its time; it was found in ${formatCount(events)}.`
  return `Shows ${formatPlural(rows, 'event')} of its time that ${rows === 1 ? 'is' : 'are'} alike; ${formatCount(events)} of them belong to it.`
}

/** How long it lasted; empty for a single instant. */
export function spanWords({ start, end }: Pick<FindingRow, 'start' | 'end'>): string {
  return end > start ? formatDuration(end - start) : ''
}

/** What a suppression of one key takes out, in words. */
export function keyWords({ isEvent, who }: Pick<FindingRow, 'isEvent' | 'who'>): string {
  if (isEvent) return 'This event alone'
  return who === '' ? 'Findings of all events together' : `Findings of ${who}`
}
