import type { IncomingRecord } from './door'
import { hashDigestKey, hashKey, type DigestAt, type KeyHash } from './key-index'

type Place = Pick<IncomingRecord, 'instance' | 'stream'>

/** Hashes keys row by row. */
export class KeyHashes {
  readonly #kind: string
  #words = new Uint32Array(2048)
  #end = 0
  #instance: string | null = null
  #stream = ''
  #prefix = ''

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
  }

  add(place: Place, id: string): void {
    this.#put(hashKey(this.#prefixOf(place) + id))
  }

  /** Of an id that is a SHA-256, a colon and a number. */
  addDigest(place: Place, digest: DigestAt, number: number): void {
    this.#put(hashDigestKey(this.#prefixOf(place).length, digest, number === 1 ? ':1' : `:${number}`))
  }

  /** Two words for each key, see `hashKey`; valid until the next is added, and begins anew. */
  finish(): Uint32Array {
    const words = this.#words.subarray(0, this.#end)
    this.#end = 0
    return words
  }

  #prefixOf({ instance, stream }: Place): string {
    if (instance !== this.#instance || stream !== this.#stream) {
      this.#instance = instance
      this.#stream = stream
      this.#prefix = `${this.#kind}:${instance}:${stream}:`
    }
    return this.#prefix
  }

  #put({ a, b }: KeyHash): void {
    if (this.#end === this.#words.length) {
      const larger = new Uint32Array(2 * this.#end)
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[this.#end++] = a
    this.#words[this.#end++] = b
  }
}
