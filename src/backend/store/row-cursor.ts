import { hash } from 'node:crypto'
import type { Change, Instant } from '../../domain'
import { rawIn, type Block } from './block'
import type { Cache } from './cache'
import type { RowCursor } from './door'
import type { NumberColumn, TextColumn } from './filter'
import type { Codes } from './growing'
import { RowJson } from './row-json'
import type { TextValues } from './text-column'
import type { Slice } from './views'

const NO_CODES = { at: () => 0, text: () => undefined } satisfies Pick<Codes, 'at' | 'text'>

/** Reads the values of one row after another where they are held, without making an event of it. */
export class CacheCursor implements RowCursor {
  readonly length: number
  readonly #cache: Cache
  readonly #slice: Slice
  readonly #isDown: boolean
  readonly #codes = new Map<TextColumn, Pick<Codes, 'at' | 'text'>>()
  /** Rows of the block that the row stands in, and its columns by attribute. */
  #first = 0
  #end = 0
  #block: Block | null = null
  #attributes = new Map<string, TextValues | null>()
  #row = 0
  #json: RowJson | null = null

  constructor(cache: Cache, slice: Slice, order: 'asc' | 'desc') {
    this.#cache = cache
    this.#slice = slice
    this.#isDown = order === 'desc'
    this.length = slice.to - slice.from
  }

  to(at: number): void {
    const { rows, from, to } = this.#slice
    this.#row = rows[this.#isDown ? to - 1 - at : from + at] ?? 0
  }

  get time(): Instant {
    return this.#cache.index.times.array[this.#row] ?? 0
  }

  get sequence(): number {
    return this.#cache.index.sequences.array[this.#row] ?? 0
  }

  code(column: TextColumn): number {
    if (column === 'connection' || column === 'source') return this.#ownerCode()
    return this.#codesOf(column).at(this.#row)
  }

  text(column: TextColumn): string | undefined {
    if (column === 'connection') return this.#cache.originOf(this.#row).connection
    if (column === 'source') return this.#cache.originOf(this.#row).kind
    return this.#codesOf(column).text(this.#row)
  }

  number(column: NumberColumn): number | undefined {
    const value = this.#cache.index.number(column, this.#row)
    return Number.isNaN(value) ? undefined : value
  }

  attribute(name: string): string | undefined {
    const block = this.#blockOf()
    const known = this.#attributes.get(name)
    if (known !== undefined) return known?.at(this.#row - this.#first)
    const values = block.attribute(name)
    this.#attributes.set(name, values)
    return values?.at(this.#row - this.#first)
  }

  changes(): readonly Change[] {
    const block = this.#blockOf()
    return block.changeTexts.length === 0 ? [] : (block.row(this.#row - this.#first).changes ?? [])
  }

  raw(): Uint8Array {
    const block = this.#blockOf()
    return rawIn(block, this.#row - this.#first)
  }

  rawSha256(): string {
    const block = this.#blockOf()
    return block.received.get(this.#row - this.#first) ?? hash('sha256', this.raw())
  }

  key(): string {
    return this.#cache.keyOf(this.#row)
  }

  json(): string {
    this.#json ??= new RowJson(this.#cache)
    return this.#json.of(this.#row)
  }

  arrived(): Instant {
    const { blocks } = this.#cache
    return blocks.provenance(blocks.delivery(this.#row)).fetchedAt
  }

  /** Where several connections hold a row, the one it is shown under does not follow from any one number. */
  #ownerCode(): number {
    const { index } = this.#cache
    return index.coOwners.has(this.#row) ? 0 : (index.owners.array[this.#row] ?? 0) + 1
  }

  #codesOf(column: Exclude<TextColumn, 'connection' | 'source'>): Pick<Codes, 'at' | 'text'> {
    const known = this.#codes.get(column)
    if (known) return known
    const { index } = this.#cache
    const codes = (column === 'stream' ? index.streams : index.text(column)) ?? NO_CODES
    this.#codes.set(column, codes)
    return codes
  }

  #blockOf(): Block {
    const row = this.#row
    if (this.#block && row >= this.#first && row < this.#end) return this.#block
    const { blocks } = this.#cache
    const { block } = blocks.place(row)
    this.#block = blocks.at(block)
    this.#first = blocks.firstRow(block)
    this.#end = this.#first + this.#block.rows
    this.#attributes = new Map()
    return this.#block
  }
}
