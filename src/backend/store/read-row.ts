import { hash } from 'node:crypto'
import { rawIn } from './block'
import type { Cache } from './cache'
import { readEvent, type RowReader } from './columns'
import type { HeldEvent, HeldPage, Revision, StoredRecord } from './door'
import { bodyOf, partOf } from './frame'

/** The record of a row with what was learned of it since. */
export function readHeld(cache: Cache, row: number): HeldEvent {
  const place = cache.blocks.place(row)
  return heldIn(cache, row, cache.blocks.at(place.block).row(place.row))
}

function heldIn(cache: Cache, row: number, reader: RowReader): HeldEvent {
  const event = readEvent(reader, cache.keyOf(row))
  if (cache.index.isCompanion(row)) event.companion = true
  const same = cache.facts.sameAs(row)
  if (same !== undefined) event.links = [...(event.links ?? []), { key: cache.keyOf(same), relation: 'same' }]
  return { event, origin: cache.originOf(row) }
}

/** The same with its bytes and where they came from. */
export function readStored(cache: Cache, row: number): StoredRecord {
  const place = cache.blocks.place(row)
  const block = cache.blocks.at(place.block)
  const raw = rawIn(block, place.row)
  const late = cache.facts.late.get(row)
  const vanished = cache.facts.vanished.get(row)
  return {
    ...heldIn(cache, row, block.row(place.row)),
    raw,
    // Counted when asked for: who reads many records mostly does not.
    get rawSha256() {
      return block.received.get(place.row) ?? hash('sha256', raw)
    },
    // Read when asked for: rows in order of time are of another block each, and most who read them do not ask.
    get provenance() {
      return cache.blocks.provenance(cache.blocks.delivery(row))
    },
    offset: block.places[place.row] ?? 0,
    ...(late === undefined ? {} : { late }),
    ...(vanished === undefined ? {} : { vanished: Math.max(...vanished.values()) }),
  }
}

/** States before the row's, newest first. */
export function readRevisions(cache: Cache, row: number): Revision[] {
  const rows = [row, ...cache.facts.earlier(row)]
  return rows.slice(1).map((earlier, i) => {
    const next = cache.blocks.delivery(rows[i] ?? row)
    return Object.assign(readStored(cache, earlier), { until: cache.blocks.provenance(next).fetchedAt })
  })
}

/** Null where no body was kept, or whoever received it is gone. */
export function readPage(cache: Cache, row: number): HeldPage | null {
  const place = cache.blocks.place(row)
  const delivery = cache.blocks.delivery(row)
  const { first, rows, receiver, frame } = delivery
  if (!frame || !cache.holders.has(receiver)) return null
  const block = cache.blocks.at(place.block)
  const offset = block.places[place.row] ?? 0
  const start = first - cache.blocks.firstRow(place.block)
  const bytes = bodyOf(frame, partOf(block, start, start + rows))
  return { bytes, provenance: cache.blocks.provenance(delivery), offset, length: rawIn(block, place.row).length }
}
