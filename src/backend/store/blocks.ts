import type { Database, Statement } from 'sql.js'
import { decodeBlock, type Block } from './block'
import type { BatchProvenance } from './door'

/** Bytes of blocks that stay decoded, so that text search and scrolling do not decode them again. */
const KEPT_BYTES = 512 * 1024 * 1024

const INSERT = 'INSERT INTO block (first_row, rows, provenance) VALUES (?, ?, ?)'

type Place = { block: number; row: number }

/** Where a block came from: the connection that it was brought to, and the body around its records where that is kept. */
export type Arrival = { provenance: BatchProvenance; receiver: number; frame: Uint8Array | null }

/** What blocks were read from or encoded to. Beside the database, which would hold a second copy of the most of all memory. */
type Held = { columns: Uint8Array; raw: Uint8Array; frame: Uint8Array | null }

/** The blocks, found by row; the most recently used stay decoded. */
export class Blocks {
  readonly #database: Database
  /** Ends with the database. */
  #insert: Statement | null = null
  readonly #held: Held[] = []
  readonly #firstRows: number[] = []
  readonly #receivers: number[] = []
  /** Blocks with a frame. */
  readonly framed = new Set<number>()
  /** Blocks whose records link to others. */
  readonly #linking: number[] = []
  readonly #decoded = new Map<number, { block: Block; bytes: number }>()
  #decodedBytes = 0
  #last: { block: number; decoded: Block } | null = null
  #lastProvenance: { block: number; value: BatchProvenance } | null = null
  #rows = 0

  constructor(database: Database) {
    this.#database = database
  }

  get count(): number {
    return this.#firstRows.length
  }

  add(block: Block, { provenance, receiver, frame }: Arrival): void {
    this.#insert ??= this.#database.prepare(INSERT)
    this.#insert.run([this.#rows, block.rows, JSON.stringify(provenance)])
    this.#held.push({ columns: block.columns, raw: block.raw(), frame })
    if (frame) this.framed.add(this.count)
    if (block.hasLinks) this.#linking.push(this.count)
    this.#receivers.push(receiver)
    this.#firstRows.push(this.#rows)
    this.#keep(this.count - 1, block)
    this.#rows += block.rows
  }

  firstRow(block: number): number {
    return this.#firstRows[block] ?? this.#rows
  }

  place(row: number): Place {
    let low = 0
    let high = this.#firstRows.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.firstRow(middle) <= row) low = middle
      else high = middle - 1
    }
    return { block: low, row: row - this.firstRow(low) }
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

  provenance(block: number): BatchProvenance {
    if (this.#lastProvenance?.block !== block) {
      const [result] = this.#database.exec('SELECT provenance FROM block WHERE first_row = ?', [this.firstRow(block)])
      this.#lastProvenance = { block, value: JSON.parse(String(result?.values[0]?.[0])) as BatchProvenance }
    }
    return this.#lastProvenance.value
  }

  /** Of the blocks from the first up to, not including, the other. */
  provenances(from: number, to: number): BatchProvenance[] {
    const [result] = this.#database.exec('SELECT provenance FROM block WHERE first_row >= ? AND first_row < ? ORDER BY first_row', [this.firstRow(from), this.firstRow(to)])
    return (result?.values ?? []).map(([text]) => JSON.parse(String(text)) as BatchProvenance)
  }

  receiver(block: number): number {
    return this.#receivers[block] ?? 0
  }

  frame(block: number): Uint8Array | null {
    return this.#held[block]?.frame ?? null
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
