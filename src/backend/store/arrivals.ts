import type { Cache } from './cache'
import { deduplicate, Seen } from './deduplicate'
import type { BatchProvenance, Checkpoint } from './door'
import type { Incoming } from './incoming'
import type { RowNews } from './row-facts'

/** What a batch brings. */
export type Arrivals = {
  /** Rows of the batch to be stored, in order. */
  fresh: number[]
  /** Those of them whose keys are new; the others are states of held records. */
  added: number[]
  /** Held rows that the connection holds too from now on. */
  claims: number[]
  news: { news?: RowNews }
}

/** The connection that a batch is brought to; null when it is new. */
type Receiver = { id: number } | null

type Batch = { rows: Incoming; provenance: BatchProvenance; checkpoint: Checkpoint }

/** Parts what is new from what is held already. Only a server's record can be another state of one that is held. */
export function arrivalsOf(cache: Cache, batch: Batch): Arrivals {
  const { rows, checkpoint, provenance } = batch
  const holder = cache.holders.find(checkpoint.connection, checkpoint.pending ?? false)
  if (provenance.origin === 'request') return new Comparison(cache, batch, holder).arrivals()
  const { fresh, heldRows } = deduplicate(cache, rows.block, checkpoint.kind)
  return { fresh, added: fresh, claims: heldRows.filter((row) => isUnclaimed(cache, row, holder)), news: {} }
}

function isUnclaimed(cache: Cache, row: number, holder: Receiver): boolean {
  return holder === null || !cache.isHeldBy(row, holder.id)
}

/** States of one record: the held row, -1 when there is none, and rows of the block that are to be stored, newest first. */
type States = { held: number; stored: number[] }

class Comparison {
  readonly #cache: Cache
  readonly #batch: Batch
  readonly #holder: Receiver
  readonly #fresh: number[] = []
  readonly #added: number[] = []
  readonly #claims = new Set<number>()
  readonly #revised: [newer: number, older: number][] = []
  readonly #late: [row: number, at: number][] = []
  readonly #arrived = new Set<number>()
  /** By the first row of the batch with their key; most are new and stand there once, which needs no entry. */
  readonly #states = new Map<number, States>()
  readonly #completeIn = new Map<string, { from: number; to: number }[]>()

  constructor(cache: Cache, batch: Batch, holder: Receiver) {
    this.#cache = cache
    this.#batch = batch
    this.#holder = holder
  }

  arrivals(): Arrivals {
    const { rows } = this.#batch
    const seen = new Seen(rows.hashes, (row) => rows.key(row))
    for (let row = 0; row < rows.count; row++) {
      const first = seen.add(row)
      if (first < 0) this.#addFirst(row)
      else this.#addEarlier(this.#statesOf(first), row)
    }
    return { fresh: this.#fresh, added: this.#added, claims: [...this.#claims], news: this.#news() }
  }

  #addFirst(row: number): void {
    const { index } = this.#cache
    const { rows } = this.#batch
    const { hashes } = rows
    const isHeld = (other: number) => !index.isEarlier(other) && this.#cache.isAlive(other) && this.#cache.keyOf(other) === rows.key(row)
    const held = index.keys.find(hashes[2 * row] ?? 0, hashes[2 * row + 1] ?? 0, isHeld)
    if (held < 0) {
      const at = this.#store(row)
      this.#added.push(row)
      if (this.#isLate(row, rows.time(row))) this.#late.push([at, this.#batch.provenance.fetchedAt])
      return
    }
    this.#arrived.add(held)
    const raw = rows.raw(row)
    const isSame = isEqual(this.#cache.rawOf(held), raw)
    if (isSame) this.#claim(held)
    if (isSame || this.#isOwn(held, raw)) {
      this.#states.set(row, { held, stored: [] })
      return
    }
    this.#revised.push([this.#store(row), held])
    this.#states.set(row, { held, stored: [row] })
  }

  #statesOf(first: number): States {
    const known = this.#states.get(first)
    if (known) return known
    const states = { held: -1, stored: [first] }
    this.#states.set(first, states)
    return states
  }

  #claim(row: number): void {
    if (isUnclaimed(this.#cache, row, this.#holder)) this.#claims.add(row)
  }

  /** A list gives its newest first, so what it gives again and otherwise is an earlier state. */
  #addEarlier({ held, stored }: States, row: number): void {
    const { facts } = this.#cache
    const { rows } = this.#batch
    const raw = rows.raw(row)
    if (stored.some((other) => isEqual(rows.raw(other), raw))) return
    const known = held < 0 ? undefined : [held, ...facts.earlier(held)].find((other) => isEqual(this.#cache.rawOf(other), raw))
    if (known !== undefined) return this.#claim(known)
    const last = stored.at(-1)
    const newer = last === undefined ? held : this.#numberOf(last)
    this.#revised.push([newer, this.#store(row)])
    stored.push(row)
  }

  /** Where another connection saw a later state: whether the server says to this one what it said before. */
  #isOwn(held: number, raw: Uint8Array): boolean {
    const id = this.#holder?.id
    if (id === undefined || this.#cache.isHeldBy(held, id)) return false
    const own = this.#cache.facts.earlier(held).find((earlier) => this.#cache.isHeldBy(earlier, id))
    return own !== undefined && isEqual(this.#cache.rawOf(own), raw)
  }

  #isLate(row: number, time: number): boolean {
    const holder = this.#holder
    if (!holder) return false
    const stream = this.#batch.rows.stream(row)
    const ledger = () => this.#cache.holders.ledger.ofStream(holder.id, stream)
    const ranges = this.#completeIn.get(stream) ?? ledger().filter((range) => range.state === 'complete')
    this.#completeIn.set(stream, ranges)
    return ranges.some(({ from, to }) => from <= time && time < to)
  }

  #news(): { news?: RowNews } {
    const { checkpoint, provenance } = this.#batch
    const id = this.#holder?.id
    const back = [...this.#arrived].filter((row) => id !== undefined && this.#cache.facts.isVanished(row, id))
    const vanished = vanishedRows(this.#cache, checkpoint).filter((row) => !this.#arrived.has(row))
    const newer = new Map(this.#revised.map(([to, from]) => [from, to]))
    return newsOf({
      revised: this.#revised,
      late: this.#late,
      vanished: vanished.map((row) => [row, provenance.fetchedAt]),
      returned: back.map((row) => newer.get(row) ?? row),
    })
  }

  /** Number that the row will have among those held. */
  #store(row: number): number {
    this.#fresh.push(row)
    return this.#numberOf(row)
  }

  #numberOf(row: number): number {
    return this.#cache.index.rows + this.#fresh.lastIndexOf(row)
  }
}

/** Rows of the keys that a checkpoint says are gone, as far as they are held. */
export function vanishedRows(cache: Cache, { vanished = [] }: Checkpoint): number[] {
  return vanished.map((key) => cache.rowOf(key)).filter((row) => row >= 0)
}

/** Without empty lists, and nothing where all are: they would stand in every record of the journal. */
export function newsOf(news: RowNews): { news?: RowNews } {
  const lists = Object.entries(news).filter(([, list]) => list.length > 0)
  return lists.length > 0 ? { news: Object.fromEntries(lists) } : {}
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
