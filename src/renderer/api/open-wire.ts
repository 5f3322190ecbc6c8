import { BackendFault, type Wire } from '../../contract'

/** A wire whose host side is fed by hand: `deliver` what arrives, `end` once when the other side is gone. */
export type FedWire = Wire & { deliver: (frame: Uint8Array) => void; end: () => void }

export function openWire(send: (frame: Uint8Array) => void): FedWire {
  const frames = new Set<(frame: Uint8Array) => void>()
  const ends = new Set<() => void>()
  let ended = false
  return {
    send(frame) {
      if (ended) throw new BackendFault({ code: 'disconnected', message: 'The connection to the backend was lost.' })
      send(frame)
    },
    onFrame(listener) {
      frames.add(listener)
      return () => frames.delete(listener)
    },
    onClose(listener) {
      ends.add(listener)
      return () => ends.delete(listener)
    },
    deliver(frame) {
      if (!ended) for (const listener of frames) listener(frame)
    },
    end() {
      if (ended) return
      ended = true
      for (const listener of ends) listener()
    },
  }
}
