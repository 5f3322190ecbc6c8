import type { Episode } from '../correlate/episodes'
import { rowOf, type Input } from '../correlate/input'
import type { EventRow } from '../event-row'
import { fieldNamed } from '../fields'
import { headOf, type Detector, type RunningDetector } from './detector'
import { episodeOf } from './moments'

const CHANGED = 'cfg.retention'
const actor = fieldNamed('actor')

/** Days; a plain number is told in days. */
const UNITS: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, m: 30, y: 365 }

/** What is kept for a shorter time is gone sooner. */
export const RETENTION_REDUCED: Detector = {
  head: headOf({
    id: 'cfg.retention_reduced',
    title: 'Logs are kept for a shorter time',
    description: 'A setting about retention was changed to a smaller number, or to one where there was no limit.',
    level: 'high',
  }),
  rules: [CHANGED],
  timespanMs: 0,
  start: (found) => new Retention(found),
}

class Retention implements RunningDetector {
  readonly #found: (episode: Episode) => void

  constructor(found: (episode: Episode) => void) {
    this.#found = found
  }

  take(inputs: readonly Input[], row: EventRow): void {
    for (const input of inputs) if (input.rules.includes(CHANGED)) this.#changed(input, rowOf(input, row))
  }

  end(): void {}

  copy(found: (episode: Episode) => void): Retention {
    return new Retention(found)
  }

  #changed(input: Input, row: EventRow): void {
    for (const { field, old, new: now } of row.changes()) {
      if (!/retention|retain/i.test(field)) continue
      const [before, after] = [daysOf(old), daysOf(now)]
      if (before === null || after === null || after >= before) continue
      const values = [actor.first(row)?.toLowerCase() ?? '', field]
      this.#found(episodeOf([input], values, { value: 1, why: `${field.slice(0, 160)} from ${(old ?? '').slice(0, 40)} to ${(now ?? '').slice(0, 40)}` }))
      return
    }
  }
}

function daysOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\s*(forever|unlimited|never|infinite)\s*$/i.test(text)) return Number.POSITIVE_INFINITY
  const match = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*([hdwmy]?)[a-z]{0,8}\s*$/i.exec(text)
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1) : null
}
