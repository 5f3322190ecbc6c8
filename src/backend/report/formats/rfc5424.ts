import { formatInstant, sentence, thingLabel } from '../../../domain'
import type { StoredRecord } from '../../store'
import type { Format } from './format'
import { oneLine } from './text'

// The Syslog Protocol (RFC 5424), one message a line. 32473 is the number for documentation (RFC 5612).

/** Facility 13: log audit. */
const FACILITY = 13
const SEVERITY = { info: 6, warning: 4, critical: 2 } as const
const SD_ID = 'audit@32473'
const BOM = '\ufeff'

export const rfc5424: Format = {
  extension: 'log',
  line(record) {
    const { event, origin } = record
    const priority = FACILITY * 8 + SEVERITY[event.severity]
    const head = [
      `<${priority}>1`,
      formatInstant(event.time),
      headText(event.machine?.name ?? event.machine?.id, 255),
      headText(origin.kind, 48),
      '-',
      headText(event.action, 32),
    ]
    return `${head.join(' ')} ${dataOf(record)} ${BOM}${oneLine(sentence(event))}\n`
  },
}

/** Names are of at most 32 characters. */
const PARAMS: readonly (readonly [name: string, value: (record: StoredRecord) => string | number | null | undefined])[] = [
  ['key', ({ event }) => event.key],
  ['connection', ({ origin }) => origin.connection],
  ['stream', ({ origin }) => origin.stream],
  ['category', ({ event }) => event.category],
  ['action', ({ event }) => event.action],
  ['actionRaw', ({ event }) => event.actionRaw],
  ['outcome', ({ event }) => event.outcome],
  ['reason', ({ event }) => event.reason],
  ['severity', ({ event }) => event.severity],
  ['user', ({ event: { actor } }) => actor?.name ?? actor?.email ?? actor?.id],
  ['onBehalf', ({ event }) => event.onBehalf],
  ['machine', ({ event }) => thingLabel(event.machine)],
  ['target', ({ event }) => thingLabel(event.target)],
  ['ip', ({ event }) => event.ip],
  ['client', ({ event }) => event.client],
  ['session', ({ event }) => event.session],
  ['approval', ({ event }) => event.approval],
  ['tenant', ({ event }) => event.tenant],
  ['authMethod', ({ event }) => event.authMethod],
  ['command', ({ event }) => event.command],
  ['exitCode', ({ event }) => event.exitCode],
  ['decision', ({ event }) => event.decision],
  ['approver', ({ event }) => event.approver],
  ['repeat', ({ event }) => event.repeat],
]

function dataOf(record: StoredRecord): string {
  const params = PARAMS.flatMap(([name, value]) => {
    const held = value(record)
    return held === undefined || held === null || held === '' ? [] : [` ${name}="${paramText(String(held))}"`]
  })
  return `[${SD_ID}${params.join('')}]`
}

/** Printable US-ASCII without blanks, cut to its length; `-` where nothing is left. */
function headText(text: string | undefined, most: number): string {
  const plain = (text ?? '').replace(/[^\u0021-\u007e]+/g, '_').slice(0, most)
  return plain === '' || plain === '_' ? '-' : plain
}

function paramText(text: string): string {
  return oneLine(text).replace(/["\\\]]/g, (character) => `\\${character}`)
}
