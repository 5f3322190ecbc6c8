/** Rows whose bytes are read as one text: together they are young garbage, a batch would be memory of its own each time. */
const ROWS = 128

/** The bytes of a batch's records as latin1, to ask whether a text stands at the end of one. */
export class RawTails {
  readonly #raw: Buffer
  /** End of each record's bytes. */
  readonly #ends: Uint32Array
  readonly #texts: string[] = []

  constructor(raw: Buffer, ends: Uint32Array) {
    this.#raw = raw
    this.#ends = ends
  }

  has(row: number, text: string): boolean {
    if (row >= this.#ends.length) return false
    const first = row - (row % ROWS)
    const offset = this.#ends[first - 1] ?? 0
    const end = this.#ends[row] ?? 0
    const start = end - text.length
    // Records of a server end in a bracket: no text of them all is made to see that no value stands there.
    if (text.length > 0 && text.charCodeAt(text.length - 1) !== this.#raw[end - 1]) return false
    return start >= (this.#ends[row - 1] ?? 0) && this.#textFrom(first).slice(start - offset, end - offset) === text
  }

  #textFrom(first: number): string {
    const last = Math.min(first + ROWS, this.#ends.length) - 1
    return (this.#texts[first / ROWS] ??= this.#raw.toString('latin1', this.#ends[first - 1] ?? 0, this.#ends[last]))
  }
}
