import type { EncodedText } from './text-column'
import { narrowed, type BuildHome } from './text-builder'

/** Collects an attribute whose values are known to stand at the ends of their records, row by row, and begins anew. */
export class TailBuilder {
  readonly name: string
  isUsed = false
  /** One more than the length of each; 0 stands for none. */
  #lengths = new Uint32Array(1024)

  constructor(name: string) {
    this.name = name
  }

  /** Rows come in order. `length` is in characters of one byte each. */
  add(row: number, length: number): void {
    if (row >= this.#lengths.length) {
      const larger = new Uint32Array(2 * row)
      larger.set(this.#lengths)
      this.#lengths = larger
    }
    this.#lengths[row] = length + 1
    this.isUsed = true
  }

  /** `others` are the values of rows that have none there. */
  finish({ arrays, rows }: BuildHome, others: [row: number, value: string][]): EncodedText {
    const own = new Uint32Array(rows)
    own.set(this.#lengths.subarray(0, rows))
    this.#lengths.fill(0, 0, rows)
    this.isUsed = false
    return { form: 'tail', lengths: arrays.push(narrowed(own)) - 1, others }
  }
}
