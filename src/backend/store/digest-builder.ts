import type { DigestAt } from './key-index'
import { narrowed } from './text-builder'
import { DIGEST_BYTES, type Arrays, type EncodedText } from './text-column'

const FIRST_ROWS = 1024

/** Collects ids that are a SHA-256 and a number as bytes, not as text; gives the column and begins anew. */
export class DigestBuilder {
  rows = 0
  #digests = new Uint8Array(FIRST_ROWS * DIGEST_BYTES)
  #numbers = new Uint32Array(FIRST_ROWS)

  /** The digest has a character a byte; throws where it is none. Answers where its bytes are until the next is added. */
  add(digest: string, number: number): DigestAt {
    if (digest.length !== DIGEST_BYTES) throw new RangeError(`not a SHA-256: ${digest}`)
    if (this.rows === this.#numbers.length) this.#grow()
    const [bytes, at] = [this.#digests, this.rows * DIGEST_BYTES]
    for (let i = 0; i < DIGEST_BYTES; i++) bytes[at + i] = digest.charCodeAt(i)
    this.#numbers[this.rows++] = number
    return { bytes, at }
  }

  finish(arrays: Arrays): EncodedText {
    const digests = arrays.push(this.#digests.subarray(0, this.rows * DIGEST_BYTES)) - 1
    const numbers = arrays.push(narrowed(this.#numbers.subarray(0, this.rows))) - 1
    this.rows = 0
    return { form: 'digest', digests, numbers }
  }

  #grow(): void {
    const digests = new Uint8Array(this.#digests.length * 2)
    digests.set(this.#digests)
    this.#digests = digests
    const numbers = new Uint32Array(this.#numbers.length * 2)
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }
}
