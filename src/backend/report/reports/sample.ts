import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds of one turn, and names between two looks at the clock. */
const TURN = 8
const LOOK = 256

export const SAMPLE_METHOD =
  'Each row of the population has a name that stays: of a record its key, of an access person and machine in lower case as a JSON list. Those whose SHA-256 of the seed, a line feed and the name is smallest are chosen, and shown in their own order. The same seed over the same population chooses the same rows.'

/** Numbers of the names chosen, ascending. Null where `isStale` said so on the way. */
export async function chooseSample(names: Iterable<string>, { size, seed }: { size: number; seed: string }, isStale: () => boolean = () => false): Promise<number[] | null> {
  const heap = new Largest(size)
  let until = performance.now() + TURN
  let at = 0
  for (const name of names) {
    heap.offer({ at, hash: createHash('sha256').update(`${seed}\n${name}`).digest('hex') })
    at++
    if (at % LOOK !== 0 || performance.now() < until) continue
    await nextTurn()
    if (isStale()) return null
    until = performance.now() + TURN
  }
  return heap.all.map((one) => one.at).sort((a, b) => a - b)
}

type Named = { at: number; hash: string }

/** Keeps the smallest, with the largest of them at the top. */
class Largest {
  readonly all: Named[] = []
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  offer(one: Named): void {
    const { all } = this
    if (all.length < this.#most) {
      all.push(one)
      this.#rise(all.length - 1)
      return
    }
    const [top] = all
    if (!top || !isBefore(one, top)) return
    all[0] = one
    this.#sink(0)
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.#isLarger(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      let largest = at
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.all.length && this.#isLarger(child, largest)) largest = child
      if (largest === at) return
      this.#swap(at, largest)
      at = largest
    }
  }

  #isLarger(a: number, b: number): boolean {
    const [one, other] = [this.all[a], this.all[b]]
    return one !== undefined && other !== undefined && isBefore(other, one)
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.all[a], this.all[b]]
    if (one === undefined || other === undefined) return
    this.all[a] = other
    this.all[b] = one
  }
}

function isBefore(a: Named, b: Named): boolean {
  return a.hash === b.hash ? a.at < b.at : a.hash < b.hash
}
