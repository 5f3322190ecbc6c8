/** A way for frames between a page and a backend; each frame is one buffer (see `frame.ts`). */
export interface Wire {
  send(frame: Uint8Array): void
  /** Returns its own undo. */
  onFrame(listener: (frame: Uint8Array) => void): () => void
  /** Called once when the other side is gone. */
  onClose(listener: () => void): () => void
}

/** What only the desktop host can do; absent in a browser. The preload exposes it frozen as `window.recountDesktop`. */
export interface Desktop {
  send(frame: Uint8Array): void
  onFrame(listener: (frame: Uint8Array) => void): () => void
  /** The backend process ended and a new one was started; open calls are lost. */
  onBackendGone(listener: () => void): () => void
  /** Path of a dropped file; empty when it has none. */
  pathForFile(file: object): string
  /** Shows the host's own dialog; empty when the person closed it. */
  chooseFiles(what: 'files' | 'folder'): Promise<string[]>
  /** Asks where to save; null when closed. The page may name a file but never place it. */
  saveBegin(name: string): Promise<string | null>
  /** Begins a file beside one that is being saved; its name is that one's with `.manifest.json` or `.commitments.jsonl` more. */
  saveBeside(id: string, ending: string): Promise<string>
  saveWrite(id: string, bytes: Uint8Array): Promise<void>
  saveEnd(id: string, keep: boolean): Promise<void>
  /** Shows a notice of the system that so many findings are new; the host finds the words. */
  tellFound(count: number, level: string): void
}
