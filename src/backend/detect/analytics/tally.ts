import type { Instant, Milliseconds } from '../../../domain'

type Entry = { time: Instant; value: string; weight: number }

/** Attempts that one window keeps; beyond that the oldest are let go of, so that memory stays bounded. */
const MOST_ENTRIES = 65_536

/** Attempts per value in a sliding window, and how many values have how many. */
export class Tally {
  readonly #span: Milliseconds
  #entries: Entry[] = []
  #head = 0
  #perValue = new Map<string, number>()
  /** By number of attempts: how many values have so many. */
  #values = new Map<number, number>()
  total = 0

  constructor(span: Milliseconds) {
    this.#span = span
  }

  get distinct(): number {
    return this.#perValue.size
  }

  /** Most attempts of any value. */
  most(): number {
    return Math.max(0, ...this.#values.keys())
  }

  /** How many values have at least `least` and at most `most` attempts. */
  between(least: number, most: number): number {
    let found = 0
    for (const [attempts, values] of this.#values) if (attempts >= least && attempts <= most) found += values
    return found
  }

  /** From the first attempt to the last. */
  length(): Milliseconds {
    return (this.#entries.at(-1)?.time ?? 0) - (this.#entries[this.#head]?.time ?? 0)
  }

  add(time: Instant, value: string, weight: number): void {
    this.#entries.push({ time, value, weight })
    this.#count(value, weight)
    this.total += weight
    if (this.#entries.length - this.#head > MOST_ENTRIES) this.#drop()
  }

  /** Lets go of what lies outside the window that ends at `time`. */
  moveTo(time: Instant): void {
    while ((this.#entries[this.#head]?.time ?? Number.POSITIVE_INFINITY) <= time - this.#span) this.#drop()
    if (this.#head > 32 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
    }
  }

  copy(): Tally {
    const copy = new Tally(this.#span)
    copy.#entries = this.#entries.slice(this.#head)
    copy.#perValue = new Map(this.#perValue)
    copy.#values = new Map(this.#values)
    copy.total = this.total
    return copy
  }

  #drop(): void {
    const entry = this.#entries[this.#head++]
    if (!entry) return
    this.#count(entry.value, -entry.weight)
    this.total -= entry.weight
  }

  #count(value: string, by: number): void {
    const before = this.#perValue.get(value) ?? 0
    const after = before + by
    if (after === 0) this.#perValue.delete(value)
    else this.#perValue.set(value, after)
    if (before > 0) this.#shift(before, -1)
    if (after > 0) this.#shift(after, 1)
  }

  #shift(attempts: number, by: number): void {
    const values = (this.#values.get(attempts) ?? 0) + by
    if (values === 0) this.#values.delete(attempts)
    else this.#values.set(attempts, values)
  }
}
