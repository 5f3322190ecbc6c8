import { actorLabel, thingLabel } from '../../../domain'
import type { HeldEvent } from '../../store'
import type { Cell, Column } from '../document'

/** A column of records and what it holds of one. */
export type RecordColumn = Column & { of: (held: HeldEvent) => Cell | undefined }

export const RECORD = {
  time: { name: 'time', label: 'Time', kind: 'instant', width: 2.4, of: ({ event }) => event.time },
  user: { name: 'user', label: 'User', kind: 'text', width: 1.6, of: ({ event }) => actorLabel(event.actor) },
  action: { name: 'action', label: 'Action', kind: 'text', width: 1.5, of: ({ event }) => event.action },
  category: { name: 'category', label: 'Category', kind: 'text', width: 1.3, of: ({ event }) => event.category },
  target: { name: 'target', label: 'Target', kind: 'text', width: 1.6, of: ({ event }) => thingLabel(event.target) },
  machine: { name: 'machine', label: 'Machine', kind: 'text', width: 1.6, of: ({ event }) => thingLabel(event.machine) },
  ip: { name: 'ip', label: 'IP', kind: 'code', width: 1.5, of: ({ event }) => event.ip },
  method: { name: 'method', label: 'Method', kind: 'text', width: 1, of: ({ event }) => event.authMethod },
  outcome: { name: 'outcome', label: 'Outcome', kind: 'state', width: 1.1, of: ({ event }) => event.outcome },
  reason: { name: 'reason', label: 'Reason', kind: 'text', width: 1.6, of: ({ event }) => event.reason },
  severity: { name: 'severity', label: 'Severity', kind: 'text', width: 1, of: ({ event }) => event.severity },
  runAs: { name: 'run_as', label: 'As', kind: 'text', width: 0.9, of: ({ event }) => event.onBehalf },
  command: { name: 'command', label: 'Command', kind: 'code', width: 4, of: ({ event }) => event.command },
  exit: { name: 'exit_code', label: 'Exit', kind: 'number', width: 0.6, of: ({ event }) => event.exitCode },
  session: { name: 'session', label: 'Session', kind: 'code', width: 1.4, of: ({ event }) => event.session },
  approval: { name: 'approval', label: 'Approval', kind: 'code', width: 1.2, of: ({ event }) => event.approval },
  client: { name: 'client', label: 'Client', kind: 'text', width: 1.2, of: ({ event }) => event.client },
  tenant: { name: 'tenant', label: 'Tenant', kind: 'text', width: 1, of: ({ event }) => event.tenant },
  repeat: { name: 'stands_for', label: 'Stands for', kind: 'number', width: 0.7, of: ({ event }) => event.repeat },
  connection: { name: 'connection', label: 'Connection', kind: 'text', width: 1.3, of: ({ origin }) => origin.connection },
  key: { name: 'key', label: 'Event', kind: 'code', width: 3, of: ({ event }) => event.key },
} satisfies Record<string, RecordColumn>

export function cellsOf(columns: readonly RecordColumn[], held: HeldEvent): Cell[] {
  return columns.map(({ of }) => of(held) ?? null)
}
