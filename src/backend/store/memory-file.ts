/** Size of a piece; a multiple of every page size of SQLite. */
const PIECE = 4 * 1024 * 1024

/**
 * Bytes of a database file in pieces. sql.js keeps a file as what `slice` of the given image answers and from then on reads
 * it with `subarray` and writes it with `set`. Its own growing array is copied whole at every growth by an eighth, which
 * makes the cost of loading a large cache grow with its square.
 */
export class MemoryFile {
  /** For an opened file more than it will ever need, so that sql.js never replaces it by an array of its own. */
  readonly length: number
  /** Writes that came through here: tells that sql.js really works on this object. */
  writes = 0
  /** The file that sql.js took from this image; null while it has not. */
  opened: MemoryFile | null = null
  readonly #pieces: Uint8Array[] = []

  constructor(image: Uint8Array, length: number = image.length) {
    this.length = length
    this.#write(image, 0)
  }

  slice(): MemoryFile {
    this.opened = new MemoryFile(this.subarray(0, this.length), Number.MAX_SAFE_INTEGER)
    return this.opened
  }

  subarray(from: number, to: number): Uint8Array {
    const piece = this.#pieces[Math.floor(from / PIECE)]
    const start = from % PIECE
    if (piece && start + to - from <= PIECE) return piece.subarray(start, start + to - from)
    const bytes = new Uint8Array(to - from)
    for (let at = from; at < to; ) {
      const end = Math.min(to, (Math.floor(at / PIECE) + 1) * PIECE)
      bytes.set(this.subarray(at, end), at - from)
      at = end
    }
    return bytes
  }

  set(bytes: Uint8Array, at: number): void {
    this.writes++
    this.#write(bytes, at)
  }

  #write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      const index = Math.floor((at + done) / PIECE)
      while (this.#pieces.length <= index) this.#pieces.push(new Uint8Array(PIECE))
      const start = (at + done) % PIECE
      const count = Math.min(bytes.length - done, PIECE - start)
      this.#pieces[index]?.set(bytes.subarray(done, done + count), start)
      done += count
    }
  }
}
