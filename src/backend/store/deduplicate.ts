import type { Cache } from './cache'
import type { IncomingRecord } from './door'
import { EMPTY_HASH, hashText, type KeyHash } from './key-index'

export type Deduplicated = {
  fresh: IncomingRecord[]
  /** Two words per fresh record. */
  hashes: Uint32Array
  /** Held rows that stand for the others. */
  heldRows: number[]
  duplicates: number
}

/** Parts records that are held already, or stand twice among these, from new ones. */
export function deduplicate(cache: Cache, records: IncomingRecord[], kind: string): Deduplicated {
  const fresh: IncomingRecord[] = []
  const hashes = new Uint32Array(records.length * 2)
  const heldRows: number[] = []
  const hasher = keyHasher(kind)
  const batch = new Batch()
  for (const record of records) {
    const hash = hasher(record)
    const held = cache.heldRow(hash, () => keyOf(kind, record))
    if (held >= 0) {
      heldRows.push(held)
    } else if (batch.add(hash, record)) {
      hashes[2 * fresh.length] = hash.a
      hashes[2 * fresh.length + 1] = hash.b
      fresh.push(record)
    }
  }
  return { fresh, hashes: hashes.subarray(0, fresh.length * 2), heldRows, duplicates: records.length - fresh.length }
}

export function keyOf(kind: string, record: Pick<IncomingRecord, 'instance' | 'stream' | 'id'>): string {
  return `${kind}:${record.instance}:${record.stream}:${record.id}`
}

/** Hashes keys without building them; what comes before the id is mostly the same and hashed once. */
export function keyHasher(kind: string): (record: Pick<IncomingRecord, 'instance' | 'stream' | 'id'>) => KeyHash {
  let instance = ''
  let stream = ''
  let prefix: KeyHash | null = null
  return (record) => {
    if (prefix === null || record.instance !== instance || record.stream !== stream) {
      ;({ instance, stream } = record)
      prefix = hashText(EMPTY_HASH, `${kind}:${instance}:${stream}:`)
    }
    return hashText(prefix, record.id)
  }
}

/** Records of one batch by hash; records of one hash are compared whole. */
class Batch {
  readonly #byHash = new Map<number, IncomingRecord | IncomingRecord[]>()

  /** False when the same record is there. */
  add(hash: KeyHash, record: IncomingRecord): boolean {
    const word = hash.a * 0x20_0000 + (hash.b & 0x1f_ffff)
    const held = this.#byHash.get(word)
    if (held === undefined) {
      this.#byHash.set(word, record)
      return true
    }
    const others = Array.isArray(held) ? held : [held]
    if (others.some((other) => isSame(other, record))) return false
    this.#byHash.set(word, [...others, record])
    return true
  }
}

function isSame(a: IncomingRecord, b: IncomingRecord): boolean {
  return a.id === b.id && a.instance === b.instance && a.stream === b.stream
}
