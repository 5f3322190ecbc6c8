import { isUtf8 } from 'node:buffer'
import { formatInstant } from '../../domain'
import { eventObject } from '../evidence'
import type { StoredRecord } from '../store'

/** An event as one JSON line of the command line and of exports. */
export function eventJson(record: StoredRecord): string {
  return quickJson(record) ?? JSON.stringify(eventObject(record))
}

/**
 * The same text for nearly every record, without the copy that `eventObject` makes: a store gives `key` and `time` first,
 * so that the time alone is written anew. Null where that is not so.
 */
function quickJson({ event, origin, raw, rawSha256 }: StoredRecord): string | null {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  const json = JSON.stringify(event)
  const key = `{"key":${JSON.stringify(event.key)},"time":`
  const head = `${key}${event.time},`
  if (!json.startsWith(head) || !isUtf8(bytes)) return null
  const where = `"connection":${JSON.stringify(origin.connection)},"source":${JSON.stringify(origin.kind)},"stream":${JSON.stringify(origin.stream)}`
  return `${key}"${formatInstant(event.time)}",${json.slice(head.length, -1)},${where},"raw":${JSON.stringify(bytes.toString('utf8'))},"rawSha256":"${rawSha256}"}`
}
