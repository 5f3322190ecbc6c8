import type { Fault } from '../contract'

// What a host and the thread or process that runs its backend say to each other. Every page has a wire of its own, so
// that an answer meant for a page which was reloaded meanwhile never reaches its successor, whose call numbers are the
// same.

export type ToBackend =
  | { kind: 'open'; wire: string }
  | { kind: 'frame'; wire: string; frame: Uint8Array }
  | { kind: 'close'; wire: string }
  | { kind: 'secret'; id: number; answer: SecretAnswer }
  /** Why nothing was printed, in words; null where it was. */
  | { kind: 'printed'; id: number; problem: string | null }
  | { kind: 'end' }

export type FromBackend =
  /** First of all: messages sent before this one may be lost while the other side is still loading. */
  | { kind: 'hello' }
  | { kind: 'started' }
  | { kind: 'failed'; fault: Fault }
  | { kind: 'frame'; wire: string; frame: Uint8Array }
  /** Secrets are the host's to keep; each ask is answered by one `secret`. */
  | { kind: 'secret'; id: number; ask: SecretAsk }
  /** Paths of the page and of the PDF to make of it; each is answered by one `printed`. */
  | { kind: 'print'; id: number; html: string; pdf: string }

export type SecretAsk =
  | { what: 'place' }
  | { what: 'get'; name: string }
  | { what: 'set'; name: string; value: string }
  | { what: 'delete'; name: string }

export type SecretAnswer = { ok: true; value: string | null } | { ok: false }

/** A host's end of the way to a backend in another thread or process. */
export interface BackendPort {
  send(message: ToBackend): void
  onMessage(listener: (message: FromBackend) => void): void
  /** Called once; `code` is the exit code. */
  onExit(listener: (code: number) => void): void
  /** Ends it without asking. */
  kill(): void
}

/** The backend's end of the same way. */
export interface HostPort {
  send(message: FromBackend): void
  onMessage(listener: (message: ToBackend) => void): void
}
