import { WordCopier, type ByteRun } from '../../domain'

/** Fewer bytes are copied word by word: a view of them would cost more. */
const SHORT = 256
const SMALLEST = 64 * 1024
/** Memory that is given away may have one byte in so many unused. */
const SLACK = 8

/** Collects the bytes of records, end to end, gives them and begins anew. */
export class RawBuilder {
  /** Bytes taken in. */
  size = 0
  #into: Buffer = Buffer.allocUnsafeSlow(SMALLEST)
  #copier = new WordCopier(this.#into)

  add({ bytes, start, end }: ByteRun): void {
    const to = this.size
    this.size += end - start
    if (this.size > this.#into.length) this.#use(Buffer.concat([this.#into], this.size * 2))
    if (start === 0 && end === bytes.length) this.#into.set(bytes, to)
    else if (end - start > SHORT) this.#into.set(bytes.subarray(start, end), to)
    else this.#copier.copy({ bytes, start, end }, to)
  }

  /** All of them so far; valid until more are added. */
  view(): Buffer {
    return this.#into.subarray(0, this.size)
  }

  /** In memory of their own. */
  take(): Uint8Array {
    const own = new Uint8Array(this.view())
    this.size = 0
    return own
  }

  /** The same without a copy, where little of the memory would be wasted. */
  giveAway(): Uint8Array {
    const { size } = this
    const { buffer, length } = this.#into
    const isFull = size * SLACK >= length * (SLACK - 1)
    const own = isFull ? new Uint8Array(buffer, 0, size) : this.take()
    this.size = 0
    if (isFull || length > SMALLEST) this.#use(Buffer.allocUnsafeSlow(Math.max(SMALLEST, size + Math.ceil(size / (2 * SLACK)))))
    return own
  }

  #use(memory: Buffer): void {
    this.#into = memory
    this.#copier = new WordCopier(memory)
  }
}
