import type { Instant, Milliseconds } from '../../../domain'

/** Events of one instant. Of their rows the first and the last ones are known. */
type Bucket = { time: Instant; weight: number; count: number; rows: number[] }

/** Rows of each end of an episode that are shown. */
export const SAMPLE = 5
/** Instants that one window keeps apart; the oldest beyond that are taken for one, so that memory stays bounded. */
const MOST_BUCKETS = 65_536

/** The events of one key in (t - T, t], where t is the latest. */
export class SlidingWindow {
  #buckets: Bucket[] = []
  #head = 0
  /** Of all events inside. */
  weight = 0
  count = 0

  add(time: Instant, weight: number, row: number): void {
    const last = this.#buckets.at(-1)
    this.weight += weight
    this.count++
    if (last && this.#head < this.#buckets.length && last.time === time) {
      last.weight += weight
      last.count++
      last.rows.push(row)
      if (last.rows.length > 2 * SAMPLE) last.rows.splice(SAMPLE, 1)
      return
    }
    this.#buckets.push({ time, weight, count: 1, rows: [row] })
    if (this.#buckets.length - this.#head > MOST_BUCKETS) this.#mergeOldest()
  }

  /** Lets go of events at or before `time`. */
  evict(time: Instant): void {
    while (this.#head < this.#buckets.length) {
      const bucket = this.#buckets[this.#head]
      if (!bucket || bucket.time > time) break
      this.weight -= bucket.weight
      this.count -= bucket.count
      this.#head++
    }
    if (this.#head > 32 && this.#head * 2 > this.#buckets.length) {
      this.#buckets = this.#buckets.slice(this.#head)
      this.#head = 0
    }
  }

  get isEmpty(): boolean {
    return this.#head >= this.#buckets.length
  }

  first(): Instant {
    return this.#buckets[this.#head]?.time ?? 0
  }

  firstRows(): number[] {
    const rows: number[] = []
    for (let at = this.#head; at < this.#buckets.length && rows.length < SAMPLE; at++) rows.push(...(this.#buckets[at]?.rows ?? []))
    return rows.slice(0, SAMPLE)
  }

  lastRows(): number[] {
    const rows: number[] = []
    for (let at = this.#buckets.length - 1; at >= this.#head && rows.length < SAMPLE; at--) rows.unshift(...(this.#buckets[at]?.rows ?? []))
    return rows.slice(-SAMPLE)
  }

  copy(): SlidingWindow {
    const copy = new SlidingWindow()
    copy.#buckets = this.#buckets.slice(this.#head).map((bucket) => ({ ...bucket, rows: [...bucket.rows] }))
    copy.weight = this.weight
    copy.count = this.count
    return copy
  }

  #mergeOldest(): void {
    const oldest = this.#buckets[this.#head++]
    const next = this.#buckets[this.#head]
    if (!oldest || !next) return
    next.weight += oldest.weight
    next.count += oldest.count
    next.rows = [...oldest.rows, ...next.rows].slice(0, 2 * SAMPLE)
  }
}

const MOST_VALUES = 65_536

/** Distinct values of one key in its window, by when they were last seen. */
export class LastSeen {
  #seen = new Map<string, Instant>()

  add(value: string, time: Instant): void {
    // To the end: the map stands in the order of the last sight.
    this.#seen.delete(value)
    this.#seen.set(value, time)
    if (this.#seen.size > MOST_VALUES) this.#seen.delete(this.#seen.keys().next().value ?? '')
  }

  evict(time: Instant): void {
    for (const [value, last] of this.#seen) {
      if (last > time) break
      this.#seen.delete(value)
    }
  }

  copy(): LastSeen {
    const copy = new LastSeen()
    copy.#seen = new Map(this.#seen)
    return copy
  }

  get size(): number {
    return this.#seen.size
  }
}

/** Whether rules occurred in their order, all in one window. */
export class OrderedSteps {
  /** By rule: the latest start of a sequence that reaches it. */
  readonly #starts: Instant[]

  constructor(starts: number | readonly Instant[]) {
    this.#starts = typeof starts === 'number' ? Array.from({ length: starts }, () => Number.NEGATIVE_INFINITY) : [...starts]
  }

  copy(): OrderedSteps {
    return new OrderedSteps(this.#starts)
  }

  /** `step` occurred. */
  add(step: number, time: Instant): void {
    this.#starts[step] = step === 0 ? time : (this.#starts[step - 1] ?? Number.NEGATIVE_INFINITY)
  }

  /** Whether a sequence that ends in an event of the last rule at `time` began less than `span` before. */
  holds(time: Instant, span: Milliseconds): boolean {
    return (this.#starts.at(-1) ?? Number.NEGATIVE_INFINITY) > time - span
  }
}
