import { isUtf8 } from 'node:buffer'
import { formatInstant } from '../../domain'
import type { StoredRecord } from '../store'
import { canonicalJson } from './canonical-json'

/**
 * An event by the names of its fields: times in RFC 3339, the record's text as `raw`; where its bytes are no UTF-8,
 * `rawBase64` has them exactly.
 */
export function eventObject({ event, origin, raw, rawSha256 }: StoredRecord) {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  const asText = text.toString('utf8')
  return {
    ...event,
    time: formatInstant(event.time),
    connection: origin.connection,
    source: origin.kind,
    stream: origin.stream,
    raw: asText,
    ...(isUtf8(text) ? {} : { rawBase64: text.toString('base64') }),
    rawSha256,
  }
}

/**
 * The row that evidence is: canonical JSON of an event without what may change while the record stays the same, which are
 * the name of the connection and the links to other records.
 */
export function canonicalRow(record: StoredRecord): string {
  return canonicalJson({ ...eventObject(record), connection: undefined, links: undefined })
}
