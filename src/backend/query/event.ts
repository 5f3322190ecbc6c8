import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type EventDetail, type EventPage, type Pivot, type Provenance, type View } from '../../contract'
import { actorLabel, sentence, type AuditEvent } from '../../domain'
import { withTerm, type FieldName } from '../../language'
import type { BatchProvenance, ReadableStore, StoredRecord } from '../store'
import { timelineRow } from './timeline-row'
import { lookedUp, storeView } from './view'

export function eventDetail(store: ReadableStore, key: string): EventDetail {
  const record = find(store, key)
  const { event, origin, raw, rawSha256, late, vanished } = record
  return {
    event,
    origin,
    sentence: sentence(event),
    raw,
    rawSha256,
    provenance: provenanceOf(record),
    linked: linkedEvents(store, event),
    revisions: store.revisions(key).map((revision) => ({
      fetchedAt: revision.provenance.fetchedAt,
      until: revision.until,
      event: revision.event,
      raw: revision.raw,
      rawSha256: revision.rawSha256,
    })),
    ...(late === undefined ? {} : { late }),
    ...(vanished === undefined ? {} : { vanished }),
  }
}

/** The body that an event came in; null where it came from a file. */
export function eventPage(store: ReadableStore, key: string): EventPage | null {
  const record = find(store, key)
  const page = store.pageOf(key)
  if (!page) return null
  const { bytes, provenance } = page
  const held = createHash('sha256').update(bytes).digest('hex')
  return { bytes, sha256: held, receivedSha256: provenance.sha256 ?? held, provenance: provenanceOf(record) }
}

function find(store: ReadableStore, key: string): StoredRecord {
  const record = store.find(key)
  if (!record) throw new BackendFault({ code: 'not-found', message: 'This event is not held in the workspace.' })
  return record
}

function provenanceOf({ provenance, offset, raw }: StoredRecord): Provenance {
  const { origin, place, fetchedAt } = provenance
  const known: Partial<Pick<BatchProvenance, 'size' | 'mtime' | 'sha256' | 'date' | 'status'>> = {}
  if (provenance.size !== undefined) known.size = provenance.size
  if (provenance.mtime !== undefined) known.mtime = provenance.mtime
  if (provenance.sha256 !== undefined) known.sha256 = provenance.sha256
  if (provenance.date !== undefined) known.date = provenance.date
  if (provenance.status !== undefined) known.status = provenance.status
  return { origin, place, fetchedAt, ...known, offset, length: raw.length }
}

function linkedEvents(store: ReadableStore, event: AuditEvent): EventDetail['linked'] {
  const own = event.links ?? []
  const links = new Map([...own, ...store.linkedFrom(event.key)].map((link) => [link.key, link.relation]))
  return [...links].flatMap(([key, relation]) => {
    const record = store.find(key)
    return record ? [{ relation, row: timelineRow(record.event, record.origin) }] : []
  })
}

const QUARTER = 15 * 60_000

/**
 * Looks from an event to its neighbourhood, each with the rows it would show. They are counted piece by piece, so that the
 * rows a person waits for are answered in between.
 */
export async function eventPivots(store: ReadableStore, key: string): Promise<Pivot[]> {
  const { event } = find(store, key)
  const around = { from: event.time - QUARTER, to: event.time + QUARTER + 1 }
  const user = actorLabel(event.actor)
  const machine = event.machine?.name ?? event.machine?.id
  const looks: [label: string, field: FieldName, value: string | null | undefined, range: View['range']][] = [
    ['Same session', 'session', event.session, null],
    [`${user} ± 15 min`, 'user', user, around],
    [`${machine} ± 15 min`, 'machine', machine, around],
    [`${event.ip}, all time`, 'ip', event.ip, null],
  ]
  const pivots: Pivot[] = []
  for (const [label, field, value, range] of looks) {
    if (value === undefined || value === null) continue
    await nextTurn()
    const view: View = { query: withTerm('', { field, value, negate: false }), range, order: 'desc' }
    const wanted = storeView(view)
    if (range === null) await lookedUp(store, wanted.filter)
    pivots.push({ label, view, rows: store.length(wanted) })
  }
  return pivots
}
