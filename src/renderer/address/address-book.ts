import { type Address, parseAddress, printAddress } from './address'

/** The part of a browser's history that the address needs. */
export type Places = {
  hash(): string
  push(hash: string): void
  replace(hash: string): void
  /** Called after a step back or forward or a typed hash. Returns its own undo. */
  onMoved(listener: () => void): () => void
}

/** Shortest time between two replacements, in milliseconds: Chromium drops history writes above about 20 a second. */
const PACE = 150

/** Holds where the page is and writes it to the history, at a pace the browser takes. */
export class AddressBook {
  private readonly places: Places
  private readonly listeners = new Set<() => void>()
  private readonly stopMoves: () => void
  private current: Address
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(places: Places) {
    this.places = places
    this.current = parseAddress(places.hash())
    this.stopMoves = places.onMoved(() => {
      this.dropTimer()
      this.set(parseAddress(places.hash()))
    })
  }

  readonly get = (): Address => this.current

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly go = (change: Partial<Address>, how: 'push' | 'replace' = 'push'): void => {
    const next = { ...this.current, ...change }
    if (printAddress(next) === printAddress(this.current)) return
    if (how === 'push') {
      this.flush()
      this.places.push(printAddress(next))
    } else {
      this.timer ??= setTimeout(() => this.flush(), PACE)
    }
    this.set(next)
  }

  close(): void {
    this.flush()
    this.stopMoves()
  }

  /** Writes what waits for its turn, as before the page goes away. */
  flush(): void {
    if (this.timer === null) return
    this.dropTimer()
    this.places.replace(printAddress(this.current))
  }

  private dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private set(address: Address): void {
    this.current = address
    for (const listener of this.listeners) listener()
  }
}
