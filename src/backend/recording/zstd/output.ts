/** Up to here a loop is faster than a call. */
const SHORT = 32

/** What is unpacked so far, to at most `limit` bytes; what was written before is copied from. */
export class Output {
  length = 0
  /** Something did not fit. */
  exceeded = false
  readonly #limit: number
  #bytes = new Uint8Array(65_536)

  constructor(limit: number) {
    this.#limit = limit
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const kept = this.#room(to - from)
    if (kept > SHORT) this.#bytes.set(bytes.subarray(from, from + kept), this.length)
    else for (let i = 0; i < kept; i++) this.#bytes[this.length + i] = bytes[from + i] ?? 0
    this.length += kept
  }

  appendRun(byte: number, count: number): void {
    const kept = this.#room(count)
    this.#bytes.fill(byte, this.length, this.length + kept)
    this.length += kept
  }

  /** Repeats what stands `back` bytes, 1 up to all there are, before the end; it may overlap what is being written. */
  repeat(back: number, count: number): void {
    const to = this.length + this.#room(count)
    if (count > SHORT && back >= count) this.#bytes.copyWithin(this.length, this.length - back, to - back)
    else for (let at = this.length; at < to; at++) this.#bytes[at] = this.#bytes[at - back] ?? 0
    this.length = to
  }

  /** How many of `count` bytes fit. */
  #room(count: number): number {
    const kept = Math.min(count, this.#limit - this.length)
    this.exceeded ||= kept < count
    const needed = this.length + kept
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)))
      larger.set(this.bytes)
      this.#bytes = larger
    }
    return kept
  }
}
