/** What the lists of one sync have given to the store and what is not durable yet. */
export class Writing {
  #latest: Promise<unknown> = Promise.resolve()

  begin(durable: Promise<void>): void {
    this.#latest = Promise.all([this.#latest, durable])
    this.#latest.catch(() => {})
  }

  /** Resolves when nothing is under way, of no list; rejects where something never became durable. */
  async end(): Promise<void> {
    for (let latest: unknown = null; latest !== this.#latest; ) {
      latest = this.#latest
      await latest
    }
  }
}
