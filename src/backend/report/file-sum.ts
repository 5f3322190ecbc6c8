import { createHash } from 'node:crypto'

/** What a manifest says of a file, counted while it is written. */
export class FileSum {
  readonly #name: string
  readonly #hash = createHash('sha256')
  #bytes = 0
  #rows = 0

  constructor(name: string) {
    this.#name = name
  }

  add(bytes: Uint8Array, rows: number): void {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#rows += rows
  }

  get rows(): number {
    return this.#rows
  }

  /** Once, at the end. */
  sum(): { name: string; bytes: number; rows: number; sha256: string } {
    return { name: this.#name, bytes: this.#bytes, rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}
