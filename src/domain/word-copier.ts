const WORD = 4

export type ByteRun = { bytes: Uint8Array; start: number; end: number }

/** Copies short runs of bytes word by word: to make a view of each would cost more. */
export class WordCopier {
  readonly #into: Uint8Array
  readonly #words: DataView
  /** What was copied from last: runs mostly stand in the same memory. */
  #from: Uint8Array
  #fromWords: DataView

  constructor(into: Uint8Array) {
    this.#into = into
    this.#words = viewOf(into)
    this.#from = into
    this.#fromWords = this.#words
  }

  /** There must be room for the run from `to` on. */
  copy({ bytes, start, end }: ByteRun, to: number): void {
    if (bytes !== this.#from) {
      this.#from = bytes
      this.#fromWords = viewOf(bytes)
    }
    const [from, into, words] = [this.#fromWords, this.#into, this.#words]
    let at = start
    for (; at + WORD <= end; at += WORD, to += WORD) words.setInt32(to, from.getInt32(at))
    for (; at < end; at++, to++) into[to] = bytes[at] ?? 0
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
