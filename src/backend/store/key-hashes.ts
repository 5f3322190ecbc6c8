import type { IncomingRecord } from './door'
import { HASHED, hashBytes, hashKey } from './key-index'

/** Collects keys and hashes them together: in one piece of memory their bytes are read much faster than in strings. */
export class KeyHashes {
  readonly #kind: string
  #ids: string[] = []
  #prefixes: string[] = []
  #instance: string | null = null
  #stream = ''
  #prefix = ''

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
  }

  add({ instance, stream, id }: Pick<IncomingRecord, 'instance' | 'stream' | 'id'>): void {
    if (instance !== this.#instance || stream !== this.#stream) {
      this.#instance = instance
      this.#stream = stream
      this.#prefix = `${this.#kind}:${instance}:${stream}:`
    }
    this.#ids.push(id)
    this.#prefixes.push(this.#prefix)
  }

  /** Two words for each key, see `hashKey`; begins anew. */
  finish(): Uint32Array {
    const ids = this.#ids
    const hashes = new Uint32Array(2 * ids.length)
    const text = ids.join('')
    const bytes = Buffer.from(text)
    const isAscii = bytes.length === text.length
    let end = 0
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? ''
      const prefix = this.#prefixes[i] ?? ''
      end += id.length
      const isLong = isAscii && id.length >= HASHED
      const { a, b } = isLong ? hashBytes(bytes, end, prefix.length + id.length) : hashKey(prefix + id)
      hashes[2 * i] = a
      hashes[2 * i + 1] = b
    }
    this.#ids = []
    this.#prefixes = []
    return hashes
  }
}
