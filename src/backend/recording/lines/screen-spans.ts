/** Seconds since the start of the recording. */
export type ScreenSpan = { from: number; to: number }

/** Beyond this many the last one takes the rest in. */
const MOST_SPANS = 50_000

/** When the alternate screen was in use. */
export class ScreenSpans {
  readonly #spans: ScreenSpan[] = []
  #since: number | null = null
  #last = 0

  get all(): readonly ScreenSpan[] {
    return this.#since === null ? this.#spans : [...this.#spans, { from: this.#since, to: this.#last }]
  }

  /** `switched`: the terminal changed screens since the last call, be it there and back. */
  follow(time: number, isAlternate: boolean, switched: boolean): void {
    if (isAlternate) this.#since ??= time
    else if (this.#since !== null) this.#close(this.#since, time)
    // Neither was seen by itself: it lasted less than a batch.
    else if (switched) this.#close(this.#last, time)
    this.#last = time
  }

  end(time: number): void {
    if (this.#since !== null) this.#close(this.#since, time)
  }

  #close(from: number, to: number): void {
    const last = this.#spans.at(-1)
    if (last !== undefined && this.#spans.length >= MOST_SPANS) last.to = to
    else this.#spans.push({ from, to })
    this.#since = null
  }
}
