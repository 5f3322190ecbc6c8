/** Rows of one page, and as words of 32 bits. */
const PAGE = 4096
const WORDS = PAGE / 32

/** Numbers of rows, a bit each, in pages that are made where a row of theirs is in it. */
export class RowSet {
  #pages: (Uint32Array | undefined)[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  has(row: number): boolean {
    const page = this.#pages[Math.floor(row / PAGE)]
    return page !== undefined && ((page[(row % PAGE) >>> 5] ?? 0) & (1 << (row & 31))) !== 0
  }

  /** Whether it was not in it. */
  add(row: number): boolean {
    if (this.has(row)) return false
    const at = Math.floor(row / PAGE)
    const page = this.#pages[at] ?? new Uint32Array(WORDS)
    while (this.#pages.length <= at) this.#pages.push(undefined)
    this.#pages[at] = page
    const word = (row % PAGE) >>> 5
    page[word] = (page[word] ?? 0) | (1 << (row & 31))
    this.#size++
    return true
  }

  /** Whether it was in it. */
  delete(row: number): boolean {
    const page = this.#pages[Math.floor(row / PAGE)]
    if (!page || !this.has(row)) return false
    const word = (row % PAGE) >>> 5
    page[word] = (page[word] ?? 0) & ~(1 << (row & 31))
    this.#size--
    return true
  }

  /** Holds what the other holds from now on, which is not used any more; answers the rows that came or went. */
  become(other: RowSet): number[] {
    const before = this.#pages
    this.#pages = other.#pages
    this.#size = other.#size
    const changed: number[] = []
    for (let at = 0; at < Math.max(before.length, this.#pages.length); at++) {
      const [one, two] = [before[at], this.#pages[at]]
      for (let word = 0; (one || two) && word < WORDS; word++) {
        for (let left = (one?.[word] ?? 0) ^ (two?.[word] ?? 0); left !== 0; left &= left - 1) changed.push(at * PAGE + word * 32 + lowestOf(left))
      }
    }
    return changed
  }

  /** Ascending. */
  each(visit: (row: number) => void): void {
    for (const [at, page] of this.#pages.entries()) {
      for (let word = 0; page && word < WORDS; word++) {
        for (let left = page[word] ?? 0; left !== 0; left &= left - 1) visit(at * PAGE + word * 32 + lowestOf(left))
      }
    }
  }
}

function lowestOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
