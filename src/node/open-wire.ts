import type { Wire } from '../contract'

/** A wire whose holder can also end it. Ending it tells the other side and is no news to this one. */
export interface OpenWire extends Wire {
  close(): void
}

/** The two lists of listeners behind one end of a wire. */
export class WireEnd {
  private readonly frames = new Set<(frame: Uint8Array) => void>()
  private readonly closes = new Set<() => void>()
  private open = true

  get isOpen(): boolean {
    return this.open
  }

  readonly onFrame = (listener: (frame: Uint8Array) => void): (() => void) => {
    this.frames.add(listener)
    return () => this.frames.delete(listener)
  }

  readonly onClose = (listener: () => void): (() => void) => {
    this.closes.add(listener)
    return () => this.closes.delete(listener)
  }

  deliver(frame: Uint8Array): void {
    if (this.open) for (const listener of this.frames) listener(frame)
  }

  /** The other side is gone: tells the listeners, once. */
  lose(): void {
    if (!this.open) return
    this.open = false
    for (const listener of this.closes) listener()
  }

  /** This side ends it: the listeners hear nothing more. */
  close(): void {
    this.open = false
  }
}

/** Both ends of a wire within one thread. Frames arrive in a later turn, as on every other wire. */
export function wirePair(): [OpenWire, OpenWire] {
  const ends: [WireEnd, WireEnd] = [new WireEnd(), new WireEnd()]
  const side = (own: WireEnd, other: WireEnd): OpenWire => ({
    send: (frame) => queueMicrotask(() => own.isOpen && other.deliver(frame)),
    onFrame: own.onFrame,
    onClose: own.onClose,
    close() {
      own.close()
      queueMicrotask(() => other.lose())
    },
  })
  return [side(ends[0], ends[1]), side(ends[1], ends[0])]
}
