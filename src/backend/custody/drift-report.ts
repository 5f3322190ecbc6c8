import { setImmediate as turn } from 'node:timers/promises'
import { csvLine, formatInstant, sentence } from '../../domain'
import { canonicalJson } from '../evidence'
import type { Filter, ReadableStore, StoredRecord, StoreView } from '../store'

/** Records read in one turn. */
const SLICE = 500
const KINDS = ['changed', 'late', 'vanished'] as const
const COLUMNS = ['drift', 'time', 'key', 'stream', 'what_happened', 'first_read', 'first_sha256', 'seen_again', 'sha256_now', 'since'] as const

type Line = Record<(typeof COLUMNS)[number], string>

/**
 * Records of a connection that later looks found other than before: with the hash of their bytes when they were first read and
 * now. Of a vanished one there is no second hash: what was read stands.
 */
export async function driftReport(store: ReadableStore, connection: string, format: 'csv' | 'jsonl'): Promise<Uint8Array> {
  const lines: string[] = format === 'csv' ? [`\ufeff${csvLine([...COLUMNS])}`] : []
  for (const kind of KINDS) {
    for await (const line of linesOf(store, connection, kind)) {
      lines.push(format === 'csv' ? csvLine(COLUMNS.map((name) => line[name])) : `${canonicalJson(line)}\n`)
    }
  }
  return Buffer.from(lines.join(''))
}

async function* linesOf(store: ReadableStore, connection: string, kind: (typeof KINDS)[number]): AsyncGenerator<Line> {
  const ofConnection: Filter = { kind: 'text', columns: ['connection'], match: { op: 'equals', value: connection } }
  const view: StoreView = { filter: { kind: 'and', parts: [{ kind: 'drift', what: kind }, ofConnection] }, range: null, order: 'asc', companions: true }
  for (let at = 0; at < store.length(view); at += SLICE) {
    for (const record of store.records(view, at, SLICE)) yield lineOf(store, record, kind)
    await turn()
  }
}

function lineOf(store: ReadableStore, record: StoredRecord, kind: (typeof KINDS)[number]): Line {
  const { event, origin, provenance, rawSha256, late, vanished } = record
  // Newest first: the last is what was read first.
  const first = store.revisions(event.key).at(-1)
  const since = { changed: provenance.fetchedAt, late, vanished }[kind]
  return {
    drift: kind,
    time: formatInstant(event.time),
    key: event.key,
    stream: origin.stream,
    what_happened: sentence(event),
    first_read: formatInstant((first ?? record).provenance.fetchedAt),
    first_sha256: (first ?? record).rawSha256,
    seen_again: first ? formatInstant(provenance.fetchedAt) : '',
    sha256_now: kind === 'vanished' ? '' : rawSha256,
    since: since === undefined ? '' : formatInstant(since),
  }
}
