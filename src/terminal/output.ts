/**
 * Bytes that mostly go through as they came: nothing is copied until something is left out or put in. One use per
 * input.
 */
export class LazyOutput {
  readonly #input: Uint8Array
  #copy: Uint8Array | null = null
  #length = 0
  /** From here on the input is not yet in the copy. */
  #from = 0

  constructor(input: Uint8Array) {
    this.#input = input
  }

  /** How many bytes come out before the input's byte at `index`. */
  lengthAt(index: number): number {
    return this.#length + index - this.#from
  }

  /** Leaves out the input from `start` to `end`; everything before `start` goes through. */
  skip(start: number, end: number): void {
    this.#through(start)
    this.#from = end
  }

  /** Puts `bytes` in before the input's byte at `index`. */
  put(index: number, bytes: Uint8Array): void {
    this.#through(index)
    const copy = this.#room(bytes.length)
    copy.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** What comes out of the whole input: the input itself where nothing changed. */
  finish(): Uint8Array {
    if (this.#copy === null && this.#from === 0) return this.#input
    this.#through(this.#input.length)
    return this.#copy?.subarray(0, this.#length) ?? this.#input.subarray(0, 0)
  }

  #through(index: number): void {
    const count = index - this.#from
    if (count <= 0) return
    const copy = this.#room(count)
    copy.set(this.#input.subarray(this.#from, index), this.#length)
    this.#length += count
    this.#from = index
  }

  #room(count: number): Uint8Array {
    const held = this.#copy
    if (held !== null && held.length - this.#length >= count) return held
    const copy = new Uint8Array(Math.max(this.#length + count, this.#input.length + 64))
    if (held !== null) copy.set(held.subarray(0, this.#length))
    this.#copy = copy
    return copy
  }
}
