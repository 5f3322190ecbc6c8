import { newsOf } from './arrivals'
import { encodeBatch } from './batch'
import { decodeBlock, recordIn } from './block'
import type { Cache } from './cache'
import type { Delivered } from './blocks'
import type { BatchProvenance, Checkpoint, Delivery } from './door'
import type { Journal } from './journal'
import { encodeRecord } from './records'

/** Writes a journal that holds what the cache shows and nothing that was wiped. Blocks without a wiped row go over as they are. */
export function rewriteJournal(cache: Cache, journal: Journal): void {
  const newRows = new Map<number, number>()
  for (let block = 0; block < cache.blocks.count; block++) {
    writeBlock(cache, journal, block)
    for (let row = cache.blocks.firstRow(block); row < cache.blocks.firstRow(block + 1); row++) {
      if (cache.isAlive(row)) newRows.set(row, newRows.size)
    }
  }
  const numberOf = (row: number) => newRows.get(row) ?? 0
  const { facts, index } = cache
  const revised = [...facts.pairs()].map(([newer, older]): [number, number] => [numberOf(newer), numberOf(older)])
  const late = [...facts.late].map(([row, at]): [number, number] => [numberOf(row), at])
  const same = [...facts.logged].map(([listed, logged]): [number, number] => [numberOf(listed), numberOf(logged)])
  const { news } = newsOf({ revised, late, same })
  if (news) journal.append(encodeRecord({ type: 'rows', news }))
  const provenance: BatchProvenance = { origin: 'file', place: '', fetchedAt: 0 }
  for (const { id, name, origin, state, pending, files, server, streams } of cache.holders.all()) {
    const claims = [...index.coOwners].filter(([, ids]) => ids.includes(id)).map(([row]) => numberOf(row))
    const checkpoint: Checkpoint = { ...checkpointOf(cache, id), files, coverage: cache.holders.ledger.of(id) }
    if (server) checkpoint.server = server
    if (streams.length > 0) checkpoint.streams = streams
    if (state === 'interrupted') checkpoint.interrupted = true
    else if (state !== 'importing' && !pending) checkpoint.ready = {}
    const from: BatchProvenance = { ...provenance, origin: origin === 'files' ? 'file' : 'request' }
    const vanished = [...facts.vanished].flatMap(([row, by]): [number, number][] => {
      const at = by.get(id)
      return at === undefined ? [] : [[numberOf(row), at]]
    })
    append(journal, { deliveries: [{ rows: 0, provenance: from, frame: null }], checkpoint, claims, ...newsOf({ vanished }), block: null })
    rewriteRecordings(cache, journal, { id, name, kind: checkpoint.kind, isPending: pending })
    if (state === 'removed') journal.append(encodeRecord({ type: 'remove', connection: name, wipe: false }))
  }
  for (const [recording, at] of cache.recordings.reveals()) journal.append(encodeRecord({ type: 'reveal', recording, at }))
  for (const [name, value] of Object.entries(cache.settings())) {
    journal.append(encodeRecord({ type: 'setting', name, value }))
  }
}

type Brought = { id: number; name: string; kind: string; isPending: boolean }

function rewriteRecordings(cache: Cache, journal: Journal, { id, name, kind, isPending }: Brought): void {
  const known = cache.recordings.of(id)
  const base = { type: 'recordings' as const, connection: name, kind, ...(isPending ? { pending: true } : {}) }
  for (const held of [false, true]) {
    const recordings = known.filter(({ isHeld }) => isHeld === held).map(({ facts }) => facts)
    if (recordings.length > 0) journal.append(encodeRecord({ ...base, recordings, held }))
  }
}

/** An import that is to replace another may be under way; its rows stay hidden. */
function checkpointOf(cache: Cache, id: number): Checkpoint {
  const { name, kind, shown } = cache.holders.get(id)
  return { connection: name, kind, ...(shown ? {} : { pending: true }) }
}

type Run = { owner: number; rows: number[] }

/** Rows from one on that live on, by the connection that holds them first, in runs that keep their order. */
function runsOf(cache: Cache, from: number, to: number): Run[] {
  const runs: Run[] = []
  for (let row = from; row < to; row++) {
    if (!cache.isAlive(row)) continue
    const owner = cache.index.owners.array[row] ?? 0
    const last = runs.at(-1)
    if (last?.owner === owner) last.rows.push(row)
    else runs.push({ owner, rows: [row] })
  }
  return runs
}

/** A block that lives on as a whole goes over as it is, of another what is left of each delivery. */
function writeBlock(cache: Cache, journal: Journal, number: number): void {
  const { blocks } = cache
  const block = blocks.at(number)
  const first = blocks.firstRow(number)
  const deliveries = blocks.deliveriesIn(number)
  const [run] = runsOf(cache, first, first + block.rows)
  if (run?.rows.length === block.rows) {
    append(journal, { ...baseOf(cache, run), deliveries: deliveries.map((delivered) => deliveryOf(cache, delivered, run)), block })
    return
  }
  for (const delivered of deliveries) {
    for (const part of runsOf(cache, delivered.first, delivered.first + delivered.rows)) {
      const { kind } = cache.holders.get(part.owner)
      const { columns, raw } = encodeBatch(part.rows.map((row) => recordIn(block, row - first)), kind)
      append(journal, { ...baseOf(cache, part), deliveries: [deliveryOf(cache, delivered, part)], block: decodeBlock(columns, () => raw) })
    }
  }
}

function baseOf(cache: Cache, { owner }: Run): { checkpoint: Checkpoint; claims: number[] } {
  return { checkpoint: checkpointOf(cache, owner), claims: [] }
}

/** What is left of a delivery in a run. Of a body only its receiver had all bytes. */
function deliveryOf(cache: Cache, delivered: Delivered, { owner, rows }: Run): Delivery {
  const left = Math.min(delivered.rows, rows.length)
  const isWhole = left === delivered.rows && owner === delivered.receiver
  return { rows: left, provenance: cache.blocks.provenance(delivered), frame: isWhole ? delivered.frame : null }
}

function append(journal: Journal, record: Omit<Parameters<typeof encodeRecord>[0] & { type: 'append' }, 'type'>): void {
  journal.append(encodeRecord({ type: 'append', ...record }))
}
