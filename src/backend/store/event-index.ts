import type { Block } from './block'
import { DOUBLED, EARLIER, EVENT_TEXT_COLUMNS, isCompanion, type EventTextColumn } from './columns'
import { NUMBER_COLUMNS, type NumberColumn } from './filter'
import { Codes, Growing } from './growing'
import { KeyIndex } from './key-index'
import type { TextValues } from './text-column'

/** Columns of every held row in the order of arrival: what filters, counts and orders are answered from. */
export class EventIndex {
  rows = 0
  readonly times = new Growing((n) => new Float64Array(n))
  readonly sequences = new Growing((n) => new Uint32Array(n))
  readonly flags = new Growing((n) => new Uint8Array(n))
  /** Connection number that holds the row. */
  readonly owners = new Growing((n) => new Uint16Array(n))
  /** Further connections that hold the same record. */
  readonly coOwners = new Map<number, number[]>()
  readonly repeats = new Growing((n) => new Float64Array(n), 1)
  readonly streams = new Codes()
  readonly instances = new Codes()
  readonly keys = new KeyIndex()
  readonly #texts = new Map<EventTextColumn, Codes>()
  readonly #numbers = new Map<NumberColumn, Growing<Float64Array>>()

  append(block: Block, owner: number): void {
    const base = this.rows
    this.rows += block.rows
    this.times.set(block.times, base)
    this.sequences.set(block.sequences, base)
    this.flags.set(block.flags, base)
    this.owners.extend(this.rows)
    this.owners.array.fill(owner, base, this.rows)
    this.repeats.extend(this.rows)
    this.keys.add(block.hashes, base)
    const rows = { base, count: block.rows }
    fill(this.streams, block.own('stream'), rows)
    fill(this.instances, block.own('instance'), rows)
    for (const column of EVENT_TEXT_COLUMNS) {
      const values = block.text(column)
      if (values) fill(this.#textColumn(column), values, rows)
    }
    for (const column of NUMBER_COLUMNS) {
      const values = block.number(column)
      if (!values) continue
      if (column === 'repeat') this.repeats.set(values, base)
      else this.#numberColumn(column).set(values, base)
    }
  }

  /** Null when no row has a value. */
  text(column: EventTextColumn): Codes | null {
    return this.#texts.get(column) ?? null
  }

  number(column: NumberColumn, row: number): number {
    if (column === 'repeat') return this.repeats.array[row] ?? 1
    return this.#numbers.get(column)?.array[row] ?? Number.NaN
  }

  isCompanion(row: number): boolean {
    return isCompanion(this.flags.array[row] ?? 0)
  }

  /** Whether a later state of the record is held. */
  isEarlier(row: number): boolean {
    return ((this.flags.array[row] ?? 0) & EARLIER) !== 0
  }

  setEarlier(row: number, is: boolean): void {
    this.#setFlag(row, EARLIER, is)
  }

  /** Another row that tells the same is shown instead. */
  setDoubled(row: number, is: boolean): void {
    this.#setFlag(row, DOUBLED, is)
  }

  #setFlag(row: number, flag: number, is: boolean): void {
    const flags = this.flags.array[row] ?? 0
    this.flags.array[row] = is ? flags | flag : flags & ~flag
  }

  /** Order of rows: time, then the source's own order, then arrival. */
  compare(a: number, b: number): number {
    const times = this.times.array
    const byTime = (times[a] ?? 0) - (times[b] ?? 0)
    if (byTime !== 0) return byTime
    const sequences = this.sequences.array
    return (sequences[a] ?? 0) - (sequences[b] ?? 0) || a - b
  }

  #textColumn(column: EventTextColumn): Codes {
    const held = this.#texts.get(column) ?? new Codes()
    this.#texts.set(column, held)
    return held
  }

  #numberColumn(column: NumberColumn): Growing<Float64Array> {
    const held = this.#numbers.get(column) ?? new Growing((n) => new Float64Array(n), Number.NaN)
    this.#numbers.set(column, held)
    return held
  }
}

function fill(column: Codes, values: TextValues, rows: { base: number; count: number }): void {
  if (values.same !== null) {
    column.fillWith(rows.base, rows.count, column.code(values.same))
    return
  }
  if (values.coded) {
    const own = new Uint32Array(values.coded.values.length + 1)
    values.coded.values.forEach((value, i) => (own[i + 1] = column.code(value)))
    column.fill(rows.base, values.coded.codes, own)
    return
  }
  const codes = new Uint32Array(rows.count)
  for (let row = 0; row < rows.count; row++) {
    const value = values.at(row)
    codes[row] = value === undefined ? 0 : column.code(value)
  }
  column.fill(rows.base, codes)
}
