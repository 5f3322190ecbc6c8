import { narrowed } from './text-builder'
import { DIGEST_BYTES, type Arrays, type EncodedText } from './text-column'

const FIRST_ROWS = 1024
/** By character; negative where it is no lower-case hexadecimal digit. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)))

/** Collects ids that are a hex SHA-256 and a number as bytes, which needs no text of them; gives the column and begins anew. */
export class DigestBuilder {
  rows = 0
  #digests = new Uint8Array(FIRST_ROWS * DIGEST_BYTES)
  #numbers = new Uint32Array(FIRST_ROWS)

  /** Throws where the digest is none. */
  add(digest: string, number: number): void {
    if (this.rows === this.#numbers.length) this.#grow()
    if (!putDigits(digest, this.#digests, this.rows * DIGEST_BYTES)) throw new RangeError(`not a SHA-256: ${digest}`)
    this.#numbers[this.rows++] = number
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

/** Here rather than by a Buffer: for so few digits the way there costs more than the work. */
function putDigits(digest: string, into: Uint8Array, at: number): boolean {
  if (digest.length !== 2 * DIGEST_BYTES) return false
  let all = 0
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const byte = ((DIGITS[digest.charCodeAt(2 * i)] ?? -1) << 4) | (DIGITS[digest.charCodeAt(2 * i + 1)] ?? -1)
    into[at + i] = byte
    all |= byte
  }
  return all >= 0
}
