type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array

/** A typed array with room at its end; doubles when full. */
export class Growing<T extends Numbers> {
  array: T
  length = 0
  readonly #make: (length: number) => T
  readonly #absent: number

  /** Rows that were never set read as `absent`. */
  constructor(make: (length: number) => T, absent = 0) {
    this.#make = make
    this.#absent = absent
    this.array = make(1024)
    if (absent !== 0) this.array.fill(absent)
  }

  /** Makes `length` items readable. */
  extend(length: number): void {
    if (length > this.array.length) {
      const larger = this.#make(Math.max(length, this.array.length * 2))
      if (this.#absent !== 0) larger.fill(this.#absent)
      larger.set(this.array)
      this.array = larger
    }
    this.length = Math.max(this.length, length)
  }

  set(items: Numbers, at: number): void {
    this.extend(at + items.length)
    this.array.set(items, at)
  }
}

/** A text column of all rows: codes into distinct values; code 0 stands for none. Codes widen as values come. */
export class Codes {
  /** Distinct values; the value of code `c` is at `c - 1`. */
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()
  #rows: Growing<Uint8Array> | Growing<Uint16Array> | Growing<Uint32Array> = new Growing((n) => new Uint8Array(n))

  code(value: string): number {
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    this.values.push(value)
    this.#codes.set(value, this.values.length)
    this.#widen()
    return this.values.length
  }

  /** Code of a value; 0 when no row has it. */
  known(value: string): number {
    return this.#codes.get(value) ?? 0
  }

  /** Code of a row; 0 for rows that were never set. */
  at(row: number): number {
    return this.#rows.array[row] ?? 0
  }

  text(row: number): string | undefined {
    return this.values[this.at(row) - 1]
  }

  /** Sets rows from `from` on; `codes` are translated by `own`, where given. */
  fill(from: number, codes: Uint8Array | Uint16Array | Uint32Array, own?: Uint32Array): void {
    this.#rows.extend(from + codes.length)
    const { array } = this.#rows
    if (own) for (let i = 0; i < codes.length; i++) array[from + i] = own[codes[i] ?? 0] ?? 0
    else array.set(codes, from)
  }

  /** Gives `count` rows from `from` on the same code. */
  fillWith(from: number, count: number, code: number): void {
    this.#rows.extend(from + count)
    this.#rows.array.fill(code, from, from + count)
  }

  #widen(): void {
    const { array, length } = this.#rows
    if (array.BYTES_PER_ELEMENT === 1 && this.values.length > 0xff) this.#rows = moved(new Growing((n) => new Uint16Array(n)), array, length)
    if (array.BYTES_PER_ELEMENT === 2 && this.values.length > 0xffff) this.#rows = moved(new Growing((n) => new Uint32Array(n)), array, length)
  }
}

function moved<T extends Numbers>(into: Growing<T>, from: Numbers, length: number): Growing<T> {
  into.extend(length)
  into.array.set(from.subarray(0, length))
  return into
}
