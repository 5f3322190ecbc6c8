import { hash } from 'node:crypto'
import { elements, member, redacted, type JsonObject, type JsonValue, type Redacted, type Secret } from '../json'
import { ServerFault } from '../server-fault'
import type { ListPage, ServerRecord } from '../server-source'
import { countIn } from './machines'
import { Unreadable } from './row'
import { secretsOf, type Hidden } from './secrets'

export type Read = Pick<ServerRecord, 'id' | 'instance' | 'event' | 'open'>
/** Makes a row a record. Throws `Unreadable`. */
export type ReadRow = (row: JsonObject, hidden: Hidden) => Read

/** A body and what it says as JSON. */
export type Answer = { body: Uint8Array; json: JsonValue }

/**
 * Reads one answer of a list, whose rows stand under `name`. Where several names are given, nobody documents which one it
 * is, nor that the answer is more than the list itself.
 */
export function decodePage({ body, json }: Answer, name: string | readonly string[], read: ReadRow): ListPage {
  const list = typeof name === 'string' ? member(json, name) : anyList(json, name)
  // Go writes an empty list as null.
  if (list?.kind !== 'array' && list?.kind !== 'null') {
    const message = `The server answered with JSON that holds no list of ${typeof name === 'string' ? name : name[0]}.`
    throw new ServerFault({ code: 'bad-answer', message })
  }
  const rows = elements(list)
  const secrets = rows.map((row) => (row.kind === 'object' ? secretsOf(row) : null))
  const clean = redacted(body, secrets.flatMap((hidden) => (hidden === null ? [] : spansOf(hidden))))
  const page: ListPage = { records: [], body: clean.body, rejected: [] }
  rows.forEach((row, index) => {
    const hidden = secrets[index]
    if (row.kind !== 'object' || !hidden) return page.rejected.push({ index, reason: 'not an object' })
    try {
      return page.records.push(recordOf(read(row, hidden), { row, hidden, body, clean }))
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      return page.rejected.push({ index, reason: error.message })
    }
  })
  const total = countIn(json, 'total')
  const limit = countIn(json, 'limit')
  return { ...page, ...(total !== null && { total }), ...(limit !== null && { limit }) }
}

function anyList(json: JsonValue, names: readonly string[]): JsonValue | undefined {
  if (json.kind !== 'object') return json
  return names.map((name) => member(json, name)).find((found) => found !== undefined)
}

function spansOf(hidden: Hidden): Secret[] {
  return [...hidden].map(([{ start, end }, instead]) => ({ start, end, instead }))
}

type Place = { row: JsonObject; hidden: Hidden; body: Uint8Array; clean: Redacted }

function recordOf(read: Read, { row, hidden, body, clean }: Place): ServerRecord {
  const offset = clean.moved(row.start)
  const { id, instance, event } = read
  const record: ServerRecord = { id, instance, event, offset, raw: clean.body.subarray(offset, clean.moved(row.end)) }
  if (read.open) record.open = true
  if (hidden.size > 0) record.receivedSha256 = hash('sha256', body.subarray(row.start, row.end), 'hex')
  return record
}
