import { isIPv4, isIPv6 } from 'node:net'
import { sentence, thingLabel, type AuditEvent } from '../../../domain'
import type { StoredRecord } from '../../store'
import type { Format } from './format'
import { cutText } from './text'

// ArcSight Common Event Format, version 0 (implementation standard, revision 25): lengths are those of its dictionary.

const SEVERITY = { info: 1, warning: 5, critical: 10 } as const

export const cef: Format = {
  extension: 'cef',
  line(record, { version }) {
    const { event } = record
    const head = ['CEF:0', 'Recount', 'Recount', version, `${event.category}.${event.action}`, event.actionRaw || event.action, SEVERITY[event.severity]]
    const [format, ...fields] = head
    return `${format}|${fields.map((field) => headerText(String(field))).join('|')}|${extension(record)}\n`
  },
}

type Key = readonly [key: string, most: number, value: (record: StoredRecord) => string | number | undefined]

const KEYS: readonly Key[] = [
  ['rt', 20, ({ event }) => event.time],
  ['act', 63, ({ event }) => event.action],
  ['outcome', 63, ({ event }) => event.outcome],
  ['reason', 1023, ({ event }) => event.reason],
  ['suser', 1023, ({ event: { actor } }) => actor?.name ?? actor?.email],
  ['suid', 1023, ({ event }) => event.actor?.id],
  ['duser', 1023, ({ event }) => userOf(event)?.name ?? event.onBehalf],
  ['duid', 1023, ({ event }) => userOf(event)?.id],
  ['src', 15, ({ event: { ip } }) => (ip !== undefined && isIPv4(ip) ? ip : undefined)],
  ['shost', 1023, ({ event: { ip } }) => (ip !== undefined && !isIPv4(ip) && !isIPv6(ip) ? ip : undefined)],
  ['dhost', 255, ({ event: { machine } }) => machine?.name ?? machine?.id],
  ['app', 31, ({ origin }) => origin.kind],
  ['requestClientApplication', 1023, ({ event }) => event.userAgent ?? event.client],
  ['msg', 1023, ({ event }) => sentence(event)],
  ['externalId', 40, ({ event: { key } }) => (key.length <= 40 ? key : undefined)],
  ['cat', 1023, ({ event }) => event.category],
  ['fname', 1023, ({ event }) => event.file?.name],
  ['fsize', 20, ({ event }) => event.file?.size],
  ['cnt', 10, ({ event }) => (event.repeat > 1 ? event.repeat : undefined)],
]

/** Fields of one's own: the value and what it is. */
const LABELLED: readonly (readonly [name: string, label: string, most: number, value: Key[2]])[] = [
  ['c6a2', 'Source IPv6 Address', 45, ({ event: { ip } }) => (ip !== undefined && isIPv6(ip) ? ip : undefined)],
  ['cn1', 'exitCode', 20, ({ event }) => event.exitCode],
  ['cs1', 'command', 4000, ({ event }) => event.command],
  ['cs2', 'sessionId', 4000, ({ event }) => event.session],
  ['cs3', 'tenant', 4000, ({ event }) => event.tenant],
  ['cs4', 'resource', 4000, ({ event }) => thingLabel(event.target) ?? undefined],
  ['cs5', 'connection', 4000, ({ origin }) => origin.connection],
  ['cs6', 'approver', 4000, ({ event }) => event.approver],
  ['flexString1', 'recordKey', 1023, ({ event }) => event.key],
]

function extension(record: StoredRecord): string {
  const pairs: string[] = []
  for (const [key, most, value] of KEYS) push(pairs, key, cutOf(value(record), most))
  for (const [name, label, most, value] of LABELLED) {
    const held = value(record)
    if (held === undefined || held === '') continue
    push(pairs, name, cutOf(held, most))
    push(pairs, `${name}Label`, label)
  }
  return pairs.join(' ')
}

function push(pairs: string[], key: string, value: string): void {
  if (value !== '') pairs.push(`${key}=${valueText(value)}`)
}

function cutOf(value: string | number | undefined, most: number): string {
  return value === undefined ? '' : cutText(String(value), most)
}

function userOf({ target }: AuditEvent) {
  return target?.kind === 'user' ? target : undefined
}

/** A header has no line ends at all. */
function headerText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|]/g, (character) => `\\${character}`)
}

function valueText(text: string): string {
  return text.replace(/[\\=]/g, (character) => `\\${character}`).replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}
