/** Collects one number per row, gives them and begins anew; rows that were given none read as `absent`. */
export class NumberBuilder {
  /** Whether any row has a number of its own. */
  isUsed = false
  readonly #absent: number
  readonly #isAbsentNaN: boolean
  #numbers = new Float64Array(0)

  constructor(absent = 0) {
    this.#absent = absent
    this.#isAbsentNaN = Number.isNaN(absent)
  }

  add(row: number, value: number | undefined): void {
    if (value === undefined || value === this.#absent || (this.#isAbsentNaN && Number.isNaN(value))) return
    this.isUsed = true
    if (row >= this.#numbers.length) this.#grow(row + 1)
    this.#numbers[row] = value
  }

  clear(): void {
    if (this.isUsed) this.#numbers.fill(this.#absent)
    this.isUsed = false
  }

  /** A view that is valid until `clear`. */
  exact(length: number): Float64Array {
    if (this.#numbers.length < length) this.#grow(length)
    return this.#numbers.subarray(0, length)
  }

  /** The same of numbers known to be whole and below 2^32. */
  whole(length: number): Uint32Array {
    return new Uint32Array(this.exact(length))
  }

  #grow(length: number): void {
    const larger = new Float64Array(Math.max(length, 1024, this.#numbers.length * 2)).fill(this.#absent, this.#numbers.length)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}
