import { actorLabel, csvLine, formatInstant, rawCsvLine, rowText, thingLabel } from '../../../domain'
import type { StoredRecord } from '../../store'
import type { Format } from './format'

/** Columns of an export, in order. */
const COLUMNS: readonly [name: string, cell: (record: StoredRecord) => string | number | null | undefined][] = [
  ['time', ({ event }) => formatInstant(event.time)],
  ['epoch_ms', ({ event }) => event.time],
  ['category', ({ event }) => event.category],
  ['action', ({ event }) => event.action],
  ['action_raw', ({ event }) => event.actionRaw],
  ['outcome', ({ event }) => event.outcome],
  ['reason', ({ event }) => event.reason],
  ['severity', ({ event }) => event.severity],
  ['user', ({ event }) => actorLabel(event.actor)],
  ['on_behalf', ({ event }) => event.onBehalf],
  ['machine', ({ event }) => thingLabel(event.machine)],
  ['target', ({ event }) => thingLabel(event.target)],
  ['ip', ({ event }) => event.ip],
  ['auth_method', ({ event }) => event.authMethod],
  ['command', ({ event }) => event.command],
  ['repeat', ({ event }) => event.repeat],
  ['companion', ({ event }) => (event.companion ? 'true' : '')],
  ['what_happened', ({ event }) => Object.values(rowText(event)).filter(Boolean).join(' ')],
  ['connection', ({ origin }) => origin.connection],
  ['source', ({ origin }) => origin.kind],
  ['key', ({ event }) => event.key],
]

export const csv: Format = {
  extension: 'csv',
  // UTF-8 mark, so that spreadsheets read names as they are.
  head: () => `\ufeff${csvLine(COLUMNS.map(([name]) => name))}`,
  line: (record, { raw }) => (raw === true ? rawCsvLine : csvLine)(COLUMNS.map(([, cell]) => cell(record))),
}
