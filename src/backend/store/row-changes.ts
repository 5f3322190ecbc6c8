import type { Instant } from '../../domain'

/** Stands for what was held at some moment; only good with the workspace it is of. */
export type ChangeMark = { readonly of: object; readonly serial: number }

/** Moments that are told apart; of more, the oldest are taken for one. */
const MOST = 4096

/** Remembers how far back in time rows came, went or changed, since any moment. */
export class RowChanges {
  #serial = 0
  /** Both ascend: what came later and reached further back is the same to whoever asks. */
  readonly #serials: number[] = []
  readonly #times: Instant[] = []

  note(time: Instant): void {
    while ((this.#times.at(-1) ?? Number.NEGATIVE_INFINITY) >= time && this.#times.length > 0) {
      this.#times.pop()
      this.#serials.pop()
    }
    this.#serials.push(++this.#serial)
    this.#times.push(time)
    if (this.#times.length <= MOST) return
    this.#serials.shift()
    this.#times.splice(1, 1)
  }

  /** All rows may be others now. */
  noteAll(): void {
    this.note(Number.NEGATIVE_INFINITY)
  }

  mark(): ChangeMark {
    return { of: this, serial: this.#serial }
  }

  /** Earliest time of what changed after the mark; null where nothing did. */
  since(mark: ChangeMark | null): Instant | null {
    if (mark?.of !== this) return Number.NEGATIVE_INFINITY
    let low = 0
    let high = this.#serials.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#serials[middle] ?? 0) <= mark.serial) low = middle + 1
      else high = middle
    }
    return this.#times[low] ?? null
  }
}
