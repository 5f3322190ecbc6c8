import type { StoredRecord, ReadableStore } from '../store'
import type { Lines, LineOptions } from './export-lines'
import { FORMATS } from './formats'
import { coverageFacts, spanText, type ManifestGround } from './manifest'
import type { Redactor } from './redact'

/** Events that were chosen one by one, as they are held now; what is not held any more has no line. */
export type EventList = { store: ReadableStore; keys: readonly string[] }

export function* listedLines(list: EventList, options: LineOptions): Generator<Lines> {
  const format = FORMATS[options.format]
  const { redactor } = options
  yield { text: format.head?.(options) ?? '', rows: 0 }
  for (const record of recordsOf(list)) yield { text: format.line(redactor ? redactor.mask(record).record : record, options), rows: 1 }
}

export function* listedCommitments(list: EventList, redactor: Redactor): Generator<Lines> {
  let row = 0
  for (const record of recordsOf(list)) {
    row++
    yield { text: `${JSON.stringify({ row, fields: redactor.commitments(redactor.mask(record), row) })}\n`, rows: 1 }
  }
}

/** A masked file tells how many were chosen, and not which. */
export function listedGround(list: EventList, redactor?: Redactor): ManifestGround {
  const times = [...recordsOf(list)].map(({ event }) => event.time)
  const range = times.length === 0 ? null : { from: times.reduce((a, b) => Math.min(a, b)), to: times.reduce((a, b) => Math.max(a, b)) + 1 }
  const { keys, store } = list
  return {
    table: 'events',
    filter: redactor ? { events: keys.length } : { events: keys.length, keys },
    counts: { rows: times.length, matching: keys.length, held: times.length },
    range: range && spanText(range),
    coverage: coverageFacts(store.coverage(range)),
  }
}

function* recordsOf({ store, keys }: EventList): Generator<StoredRecord> {
  for (const key of keys) {
    const record = store.find(key)
    if (record) yield record
  }
}
