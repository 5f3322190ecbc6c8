import type { Instant } from '../../domain'

/** Something that goes on is told once; told anew where it rested that long, in milliseconds. */
const REST = 10 * 60_000
const MOST = 5000

/** Things that were told lately. A page asks again for what it shows whenever anything changes. */
export class Once {
  readonly #lately = new Map<string, Instant>()
  readonly #rest: number
  /** Whether asking again keeps it awake. */
  readonly #isKept: boolean

  constructor({ rest = REST, isKept = true }: { rest?: number; isKept?: boolean } = {}) {
    this.#rest = rest
    this.#isKept = isKept
  }

  isFirst(thing: string, now: Instant): boolean {
    const last = this.#lately.get(thing)
    const isFirst = last === undefined || now - last >= this.#rest
    if (!isFirst && !this.#isKept) return false
    this.#lately.delete(thing)
    this.#lately.set(thing, now)
    if (this.#lately.size > MOST) this.#lately.delete(this.#lately.keys().next().value ?? '')
    return isFirst
  }

  forget(thing: string): void {
    this.#lately.delete(thing)
  }
}
