import { isUtf8 } from 'node:buffer'
import { formatInstant } from '../../domain'
import type { StoredRecord } from '../store'
import { canonicalFields, canonicalJson } from './canonical-json'

/**
 * An event by the names of its fields: times in RFC 3339, the record's text as `raw`; where its bytes are no UTF-8,
 * `rawBase64` has them exactly.
 */
export function eventObject(record: StoredRecord) {
  const { event, origin } = record
  const { time, ...rest } = ownFields(record)
  return { ...event, time, connection: origin.connection, ...rest }
}

/** What of the object is not in the event, or written otherwise there. */
function ownFields({ event, origin, raw, rawSha256 }: StoredRecord) {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  const text = bytes.toString('utf8')
  const base64 = isUtf8(bytes) ? {} : { rawBase64: bytes.toString('base64') }
  return { time: formatInstant(event.time), source: origin.kind, stream: origin.stream, raw: text, ...base64, rawSha256 }
}

/** Fields of a row, which are those of `eventObject` without what may change while the record stays the same. */
type RowField = Exclude<keyof ReturnType<typeof eventObject>, 'connection' | 'links'>

const OWN_FIELDS: ReadonlySet<string> = new Set<keyof ReturnType<typeof ownFields>>(['time', 'source', 'stream', 'raw', 'rawBase64', 'rawSha256'])

const ROW_FIELDS = canonicalFields(
  Object.keys({
    action: true,
    actionRaw: true,
    actor: true,
    approval: true,
    approver: true,
    attributes: true,
    authMethod: true,
    category: true,
    changes: true,
    client: true,
    command: true,
    companion: true,
    decision: true,
    durationMs: true,
    exitCode: true,
    file: true,
    ip: true,
    justification: true,
    key: true,
    machine: true,
    mfa: true,
    onBehalf: true,
    outcome: true,
    outcomeBasis: true,
    output: true,
    project: true,
    raw: true,
    rawBase64: true,
    rawSha256: true,
    reason: true,
    repeat: true,
    scope: true,
    sequence: true,
    session: true,
    severity: true,
    severityBasis: true,
    source: true,
    stream: true,
    target: true,
    tenant: true,
    time: true,
    timePrecision: true,
    userAgent: true,
    zoneAssumed: true,
  } satisfies Record<RowField, true>),
)

/**
 * The row that evidence is: canonical JSON of an event without what may change while the record stays the same, which are
 * the name of the connection and the links to other records.
 */
export function canonicalRow(record: StoredRecord): string {
  const event: Record<string, unknown> = record.event
  const own: Record<string, unknown> = ownFields(record)
  let text = '{'
  for (const [name, before] of ROW_FIELDS) {
    const held = OWN_FIELDS.has(name) ? own[name] : event[name]
    if (held !== undefined) text += `${text === '{' ? '' : ','}${before}${canonicalJson(held)}`
  }
  return `${text}}`
}
