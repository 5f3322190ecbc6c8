import type { Backend } from '../../contract'

/**
 * Where the way to the backend stands. `lost`: it was or could be there, and is tried again by itself; answers on
 * screen stay. `refused`: this page has no right to one, and only a new address from the host helps.
 */
export type LinkState =
  | { phase: 'connecting' }
  | { phase: 'open'; backend: Backend }
  | { phase: 'lost'; backend: Backend | null; trying: boolean }
  | { phase: 'refused' }

/** The way to the backend; `close` ends it for good. */
export interface Link {
  get: () => LinkState
  /** Returns its own undo. */
  subscribe: (listener: () => void) => () => void
  /** Tries again now instead of at the next turn. */
  retry: () => void
  close: () => void
}

/** Holds a link's state and tells who listens. */
export class LinkBoard {
  private state: LinkState = { phase: 'connecting' }
  private readonly listeners = new Set<() => void>()

  readonly get = (): LinkState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set(state: LinkState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
