import { BackendFault } from '../../contract'
import { arrivalsOf } from './arrivals'
import { BatchEncoder, MOST_KEPT } from './batch'
import { recordIn } from './block'
import type { Cache } from './cache'
import type { Appended, BatchProvenance, Checkpoint, Delivery, IncomingRecord, RecordBatch } from './door'
import { bodyOf, frameOf } from './frame'
import { blockOf, incomingBlock, type Incoming } from './incoming'
import type { JournalRecord } from './records'

/** What the journal is to say of records, null where that is nothing new, and what they bring. */
export type Taken = { record: Extract<JournalRecord, { type: 'append' }> | null; appended: Appended }

/** Finds what records bring that a cache does not hold yet. */
export class Intake {
  readonly #cacheNow: () => Cache
  readonly #encoders = new Map<string, BatchEncoder>()

  /** `cacheNow` gives the cache in use. */
  constructor(cacheNow: () => Cache) {
    this.#cacheNow = cacheNow
  }

  get #cache(): Cache {
    return this.#cacheNow()
  }

  /** Throws `name-taken`. */
  one(records: IncomingRecord[] | RecordBatch, provenance: BatchProvenance, checkpoint: Checkpoint): Taken {
    const { rows, frame } = this.#incoming(records, checkpoint)
    checkName(this.#cache, checkpoint)
    const { fresh, added, claims, news } = arrivalsOf(this.#cache, { rows, provenance, checkpoint })
    const stored = rows.part(fresh)
    const { vanished: _, ...kept } = checkpoint
    const isNothing = stored === null && claims.length === 0 && !news.news && this.#isSettled(kept)
    if (isNothing) return { record: null, appended: { added: 0, duplicates: rows.count, companions: 0, changed: 0, late: 0 } }
    const appended = {
      added: added.length,
      duplicates: rows.count - fresh.length,
      companions: added.filter((row) => rows.isCompanion(row)).length,
      changed: fresh.length - added.length,
      late: news.news?.late?.length ?? 0,
    }
    const own = !stored || !frame ? null : stored === rows.block ? frame : frameOf(bodyOf(frame, rows.block), stored)
    const deliveries = [{ rows: stored?.rows ?? 0, provenance, frame: own }]
    return { record: { type: 'append', deliveries, checkpoint: kept, claims, ...news, block: stored }, appended }
  }

  /**
   * Of a batch that came in several deliveries, in turn; each is to be asked for when what those before it gave is in the
   * cache. All at once, where every record is new.
   */
  several(records: IncomingRecord[] | RecordBatch, deliveries: readonly Delivery[], checkpoint: Checkpoint): (() => Taken)[] {
    const given = deliveries.reduce((sum, { rows }) => sum + rows, 0)
    const count = Array.isArray(records) ? records.length : records.rows
    if (given !== count) throw new Error(`deliveries of ${given} records for a batch of ${count}`)
    const [only, ...others] = deliveries.filter(({ rows }) => rows > 0)
    const one = others.length > 0 ? undefined : (only ?? deliveries.at(-1))
    if (one) {
      const batch = Array.isArray(records) || !one.frame ? records : { ...records, frame: one.frame }
      return [() => this.one(batch, one.provenance, checkpoint)]
    }
    if (!only) throw new Error('records that came with nothing')
    const { rows } = this.#incoming(records, checkpoint)
    const several = [only, ...others] as const
    const whole = this.#wholeOf(rows, several, checkpoint)
    return whole ? [() => whole] : this.#oneByOne(rows, several, checkpoint)
  }

  /** Null where a record is known, or stands twice, or came late: what is to be told of it follows from its delivery. */
  #wholeOf(rows: Incoming, deliveries: readonly [Delivery, ...Delivery[]], checkpoint: Checkpoint): Taken | null {
    checkName(this.#cache, checkpoint)
    const [{ provenance }] = deliveries
    const { added, claims, news } = arrivalsOf(this.#cache, { rows, provenance, checkpoint })
    if (added.length < rows.count || news.news) return null
    const { vanished: _, ...kept } = checkpoint
    const companions = added.filter((row) => rows.isCompanion(row)).length
    return {
      record: { type: 'append', deliveries: [...deliveries], checkpoint: kept, claims, block: rows.block },
      appended: { added: added.length, duplicates: 0, companions, changed: 0, late: 0 },
    }
  }

  /** As if each had come alone; the last brings the checkpoint. */
  #oneByOne({ block }: Incoming, deliveries: readonly Delivery[], checkpoint: Checkpoint): (() => Taken)[] {
    const { connection, kind, pending } = checkpoint
    const bare: Checkpoint = pending === undefined ? { connection, kind } : { connection, kind, pending }
    let end = 0
    return deliveries.map(({ rows, provenance, frame }, i) => {
      const from = end
      end += rows
      const isLast = i === deliveries.length - 1
      return () => {
        const records = Array.from({ length: rows }, (_, row) => recordIn(block, from + row))
        return this.one({ ...this.#encode(records, kind), ...(frame ? { frame } : {}) }, provenance, isLast ? checkpoint : bare)
      }
    })
  }

  #incoming(records: IncomingRecord[] | RecordBatch, { kind }: Checkpoint): { rows: Incoming; frame: Uint8Array | undefined } {
    const encode = (some: IncomingRecord[]) => this.#encode(some, kind)
    const batch = Array.isArray(records) ? encode(records) : records
    if (batch.kind !== kind) throw new Error(`a batch of kind ${batch.kind} for a connection of kind ${kind}`)
    return { rows: incomingBlock(blockOf(batch), kind, encode), frame: batch.frame }
  }

  #encode(records: IncomingRecord[], kind: string): RecordBatch {
    const encoder = this.#encoders.get(kind) ?? new BatchEncoder(kind)
    // One that fails half-way is not used again, and one that grew large is not kept.
    this.#encoders.delete(kind)
    for (const record of records) encoder.add(record)
    if (encoder.size <= MOST_KEPT) this.#encoders.set(kind, encoder)
    return encoder.finish()
  }

  /** Of a server that is there, a checkpoint that names nothing more changes nothing: a live view asks every few seconds. */
  #isSettled(checkpoint: Checkpoint): boolean {
    const holder = this.#cache.holders.find(checkpoint.connection, false)
    const isBare = Object.keys(checkpoint).every((name) => name === 'connection' || name === 'kind')
    return isBare && holder?.origin === 'server' && holder.state === 'ready'
  }
}

export function sumOf(a: Appended, b: Appended): Appended {
  return {
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    companions: a.companions + b.companions,
    changed: a.changed + b.changed,
    late: a.late + b.late,
  }
}

/** What the cache would refuse must not reach the journal, which would be refused at every start. Throws `name-taken`. */
export function checkName({ holders }: Cache, { connection, kind, pending = false, ready, server }: Checkpoint): void {
  const held = holders.find(connection, pending)
  if (server && held?.origin === 'files') throw nameTaken(connection)
  const taken = pending && ready && ready.replaces !== connection ? holders.find(connection, false) : null
  if ((held === null || held.kind === kind) && taken === null) return
  throw nameTaken(connection)
}

export function nameTaken(name: string): BackendFault {
  return new BackendFault({ code: 'name-taken', message: `${name} is the name of another connection. Choose another name.` })
}
