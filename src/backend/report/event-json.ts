import { formatInstant } from '../../domain'
import type { StoredRecord } from '../store'

/**
 * An event as one JSON line of the command line and of exports: the fields by their names, times in RFC 3339, the record's
 * text as `raw`; where its bytes are no UTF-8, `rawBase64` has them exactly.
 */
export function eventJson({ event, origin, raw, rawSha256 }: StoredRecord): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  const asText = text.toString('utf8')
  const isExact = Buffer.from(asText).equals(text)
  return JSON.stringify({
    ...event,
    time: formatInstant(event.time),
    connection: origin.connection,
    source: origin.kind,
    stream: origin.stream,
    raw: asText,
    ...(isExact ? {} : { rawBase64: text.toString('base64') }),
    rawSha256,
  })
}
