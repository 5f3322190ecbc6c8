import type { Put } from './journal'

type Under = { put: Put; arrive: () => void }

/** The one record that is written and not yet known to be durable. What it brings is taken in when it is. */
export class Flight {
  #under: Under | null = null

  /** Resolves when it is durable and taken in; rejects where it never will be, and then nothing of it is written. */
  async begin(put: Put, arrive: () => void): Promise<void> {
    const own = { put, arrive }
    this.#under = own
    try {
      await put.syncSoon()
    } catch (error) {
      if (this.#under === own) this.#under = null
      throw error
    }
    if (this.#under === own) this.#end(own)
  }

  /** Ends it now. Throws where it fails, which is told to whoever began it too. */
  land(): void {
    const under = this.#under
    if (!under) return
    try {
      under.put.sync()
    } catch (error) {
      this.#under = null
      throw error
    }
    this.#end(under)
  }

  #end({ arrive }: Under): void {
    this.#under = null
    arrive()
  }
}
