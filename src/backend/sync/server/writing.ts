import { MOST_UNSYNCED } from '../../store'

/** What one sync has begun and that must end well before it does: the lists' writing, or the linking of what they brought. */
export class Writing {
  readonly #under = new Set<Promise<unknown>>()
  /** Of the first that failed. */
  #failure: { error: unknown } | null = null

  begin(work: Promise<unknown>): void {
    const ended = work
      .catch((error: unknown) => {
        this.#failure ??= { error }
      })
      .finally(() => this.#under.delete(ended))
    this.#under.add(ended)
  }

  /** Resolves when more can be given without waiting for the disk; rejects where something failed. */
  async room(): Promise<void> {
    await this.#until(MOST_UNSYNCED - 1)
  }

  /** Resolves when nothing is under way, of no list; rejects where something failed. */
  async end(): Promise<void> {
    await this.#until(0)
  }

  async #until(most: number): Promise<void> {
    while (this.#under.size > most) await Promise.race(this.#under)
    this.check()
  }

  /** Throws where something failed. */
  check(): void {
    if (this.#failure) throw this.#failure.error
  }
}
