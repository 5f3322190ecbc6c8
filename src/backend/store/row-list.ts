import type { Instant } from '../../domain'
import type { EventIndex } from './event-index'

const NONE = new Uint32Array(0)

/** Rows in the order of the index. What comes in one stretch is moved in one step. */
export class RowList {
  rows: Uint32Array<ArrayBuffer> = NONE
  length = 0
  readonly #index: EventIndex

  constructor(index: EventIndex) {
    this.#index = index
  }

  /** Takes in rows that are in order and not in it yet. */
  insert(added: Uint32Array): void {
    let held = this.length
    let end = held + added.length
    this.#grow(end)
    const { rows } = this
    for (let next = added.length; next > 0; ) {
      const at = this.#before(rows, held, added[next - 1] ?? 0)
      end -= held - at
      rows.copyWithin(end, at, held)
      held = at
      // All that come after the row before that place go in together.
      const first = held === 0 ? 0 : this.#before(added, next, rows[held - 1] ?? 0)
      end -= next - first
      rows.set(added.subarray(first, next), end)
      next = first
    }
  }

  /** Takes out rows, those that are in it. */
  remove(removed: Iterable<number>): void {
    const found = [...removed].map((row) => this.placeOf(row)).filter((place) => place >= 0)
    const places = [...new Set(found)].toSorted((a, b) => a - b)
    places.forEach((place, gone) => {
      this.rows.copyWithin(place - gone, place + 1, places[gone + 1] ?? this.length)
    })
    this.length -= places.length
  }

  /** Place of a row, or -1. */
  placeOf(row: number): number {
    const place = this.#before(this.rows, this.length, row) - 1
    return place >= 0 && this.rows[place] === row ? place : -1
  }

  /** Place of the first row at or after a time. */
  firstAt(time: Instant): number {
    const times = this.#index.times.array
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((times[this.rows[middle] ?? 0] ?? 0) < time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many of the first `length` rows stand before this one or are it. */
  #before(rows: Uint32Array, length: number, row: number): number {
    const index = this.#index
    if (length === 0 || index.compare(rows[length - 1] ?? 0, row) <= 0) return length
    let low = 0
    let high = length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (index.compare(rows[middle] ?? 0, row) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(length: number): void {
    if (length > this.rows.length) {
      const larger = new Uint32Array(Math.max(length, this.rows.length * 2, 64))
      larger.set(this.rows.subarray(0, this.length))
      this.rows = larger
    }
    this.length = length
  }
}
