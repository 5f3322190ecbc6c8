import type { Database, Statement } from 'sql.js'
import { decodeBlock, type Block } from './block'
import type { BatchProvenance, Delivery } from './door'

/** Bytes of blocks that stay decoded, so that text search and scrolling do not decode them again. */
const KEPT_BYTES = 512 * 1024 * 1024

const INSERT = 'INSERT INTO block (first_row, rows, provenance) VALUES (?, ?, ?)'

type Place = { block: number; row: number }

/** What blocks were read from or encoded to. Beside the database, which would hold a second copy of the most of all memory. */
type Held = { columns: Uint8Array; raw: Uint8Array }

/** Rows of a block that came together, from `first` on; `receiver` is the connection that they were brought to. */
export type Delivered = Omit<Delivery, 'provenance'> & { first: number; receiver: number }

/** The blocks, found by row; the most recently used stay decoded. Each holds what came in one delivery, or in several that came one after the other. */
export class Blocks {
  readonly #database: Database
  /** Ends with the database. */
  #insert: Statement | null = null
  readonly #held: Held[] = []
  readonly #firstRows: number[] = []
  /** In order of their rows. */
  readonly deliveries: Delivered[] = []
  /** Those of them with a frame. */
  readonly framed = new Set<Delivered>()
  /** Blocks whose records link to others. */
  readonly #linking: number[] = []
  readonly #decoded = new Map<number, { block: Block; bytes: number }>()
  #decodedBytes = 0
  #last: { block: number; decoded: Block } | null = null
  #lastProvenance: { first: number; value: BatchProvenance } | null = null
  #rows = 0

  constructor(database: Database) {
    this.#database = database
  }

  get count(): number {
    return this.#firstRows.length
  }

  /** The rows of the deliveries are all those of the block. */
  add(block: Block, receiver: number, deliveries: readonly Delivery[]): void {
    this.#insert ??= this.#database.prepare(INSERT)
    let first = this.#rows
    for (const { rows, provenance, frame } of deliveries) {
      this.#insert.run([first, rows, JSON.stringify(provenance)])
      const delivered = { first, rows, receiver, frame }
      this.deliveries.push(delivered)
      if (frame) this.framed.add(delivered)
      first += rows
    }
    this.#held.push({ columns: block.columns, raw: block.raw() })
    if (block.hasLinks) this.#linking.push(this.count)
    this.#firstRows.push(this.#rows)
    this.#keep(this.count - 1, block)
    this.#rows += block.rows
  }

  firstRow(block: number): number {
    return this.#firstRows[block] ?? this.#rows
  }

  place(row: number): Place {
    const block = lastFrom(this.#firstRows, row, (first) => first)
    return { block, row: row - this.firstRow(block) }
  }

  /** What a row came with. */
  delivery(row: number): Delivered {
    const delivery = this.deliveries[lastFrom(this.deliveries, row, ({ first }) => first)]
    if (!delivery) throw new Error(`row ${row} came with nothing`)
    return delivery
  }

  /** All that came in the rows of a block. */
  deliveriesIn(block: number): Delivered[] {
    const at = (row: number) => lastFrom(this.deliveries, row, ({ first }) => first)
    return this.deliveries.slice(at(this.firstRow(block)), at(this.firstRow(block + 1) - 1) + 1)
  }

  at(block: number): Block {
    // Rows near each other are mostly of one block, and each is asked for several times.
    if (this.#last?.block === block) return this.#last.decoded
    const decoded = this.#decodedAt(block)
    this.#last = { block, decoded }
    return decoded
  }

  #decodedAt(block: number): Block {
    const known = this.#decoded.get(block)
    if (known) {
      // Moves to the end: the first in the map is the least recently used.
      this.#decoded.delete(block)
      this.#decoded.set(block, known)
      return known.block
    }
    const held = this.#held[block]
    if (!held) throw new Error(`block ${block} is missing`)
    const decoded = decodeBlock(held.columns, () => held.raw)
    this.#keep(block, decoded)
    return decoded
  }

  provenance({ first }: Delivered): BatchProvenance {
    if (this.#lastProvenance?.first !== first) {
      const [result] = this.#database.exec('SELECT provenance FROM block WHERE first_row = ?', [first])
      this.#lastProvenance = { first, value: JSON.parse(String(result?.values[0]?.[0])) as BatchProvenance }
    }
    return this.#lastProvenance.value
  }

  /** Of the deliveries from the first up to, not including, the other. */
  provenances(from: number, to: number): BatchProvenance[] {
    const rowOf = (delivery: number) => this.deliveries[delivery]?.first ?? this.#rows
    const [result] = this.#database.exec('SELECT provenance FROM block WHERE first_row >= ? AND first_row < ? ORDER BY first_row', [rowOf(from), rowOf(to)])
    return (result?.values ?? []).map(([text]) => JSON.parse(String(text)) as BatchProvenance)
  }

  /** Rows whose records link to a key, and how. */
  linksTo(key: string): { row: number; relation: string }[] {
    return this.#linking.flatMap((block) =>
      this.at(block)
        .links()
        .to(key)
        .map(({ row, relation }) => ({ row: this.firstRow(block) + row, relation })),
    )
  }

  #keep(block: number, decoded: Block): void {
    const bytes = decoded.columns.length + (decoded.rawEnds[decoded.rows - 1] ?? 0)
    this.#decoded.set(block, { block: decoded, bytes })
    this.#decodedBytes += bytes
    for (const [oldest, held] of this.#decoded) {
      if (this.#decodedBytes <= KEPT_BYTES || oldest === block) break
      this.#decoded.delete(oldest)
      this.#decodedBytes -= held.bytes
    }
  }
}

/** The last of a list, ascending by the row of each, that begins at a row or before; 0 where none does. */
function lastFrom<T>(list: readonly T[], row: number, firstOf: (item: T) => number): number {
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const item = list[middle]
    if (item !== undefined && firstOf(item) <= row) low = middle
    else high = middle - 1
  }
  return low
}
