import type { TimelineRow } from '../../contract'
import { actorLabel, rowText, thingLabel, type AuditEvent, type Origin } from '../../domain'

export function timelineRow(event: AuditEvent, origin: Origin): TimelineRow {
  return {
    key: event.key,
    time: event.time,
    timePrecision: event.timePrecision,
    category: event.category,
    outcome: event.outcome,
    severity: event.severity,
    action: event.action,
    user: actorLabel(event.actor),
    place: thingLabel(event.target) ?? thingLabel(event.machine),
    ip: event.ip ?? null,
    ...shortened(rowText(event)),
    repeat: event.repeat,
    companion: event.companion ?? false,
    connection: origin.connection,
  }
}

/** A row shows one line; a log can hold a megabyte. */
const SHOWN = 500

function shortened({ lead, detail }: { lead: string; detail: string }): { lead: string; detail: string } {
  return { lead: cut(lead), detail: cut(detail) }
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

/** A row of a record that is not held yet, so it has no key and no connection. */
export function previewRow(event: Omit<AuditEvent, 'key'>): TimelineRow {
  return timelineRow({ ...event, key: '' }, { connection: '', kind: '', stream: '' })
}
