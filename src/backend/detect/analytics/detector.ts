import type { Milliseconds } from '../../../domain'
import type { Episode } from '../correlate/episodes'
import type { Input } from '../correlate/input'
import type { EventRow } from '../event-row'
import type { RuleHead } from '../sigma'

/** What cannot be said as a rule: found by code, over events that rules matched. */
export type Detector = {
  head: RuleHead
  /** Ids of the rules whose events it looks at. */
  rules: readonly string[]
  timespanMs: Milliseconds
  /** It counts what one source does, which says nothing where a proxy makes many users one source. */
  ofSource?: true
  start(found: (episode: Episode) => void): RunningDetector
}

export interface RunningDetector {
  /** Events of one instant, in order; those of other rules are among them. */
  take(inputs: readonly Input[], row: EventRow): void
  /** No more events come. */
  end(): void
  /** The same as it stands now, to go on from later. */
  copy(found: (episode: Episode) => void): RunningDetector
}

export type DetectorHead = Pick<RuleHead, 'id' | 'title' | 'description'> & { level: NonNullable<RuleHead['level']> }

export function headOf({ id, title, description, level }: DetectorHead): RuleHead {
  return { id, name: null, title, level, description, author: 'Recount', licence: '', references: [], tags: [], place: 'own' }
}
