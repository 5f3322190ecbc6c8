import { Terminal } from '@xterm/headless'
import { CsiClamp, harden, MOST_WRITE_BYTES, REPLAY_OPTIONS, type Attempt, type Undo } from '../../../terminal'
import { snapshot, type Snapshot } from './snapshot'
import { ScreenTracker } from './tracker'

export type ScreenOptions = {
  cols: number
  rows: number
  /** What the recording tried beyond drawing, in its order. */
  report?: (attempt: Attempt) => void
}

/**
 * Lets `harden` see and report these, where they are swallowed otherwise. There is no window here; `setWinLines` would
 * change the size.
 */
const WINDOW_OPTIONS = {
  restoreWin: true,
  minimizeWin: true,
  setWinPosition: true,
  setWinSizePixels: true,
  raiseWin: true,
  lowerWin: true,
  refreshWin: true,
  setWinSizeChars: true,
  maximizeWin: true,
  fullscreenWin: true,
  getWinState: true,
  getWinPosition: true,
  getWinSizePixels: true,
  getScreenSizePixels: true,
  getCellSizePixels: true,
  getWinSizeChars: true,
  getScreenSizeChars: true,
  getIconTitle: true,
  getWinTitle: true,
  pushTitle: true,
  popTitle: true,
}

/** A screen without a window: the recording's output goes in, keyframes come out. */
export class Screen {
  /** For reading; `write` and `resize` go through the screen. */
  readonly terminal: Terminal
  readonly #clamp: CsiClamp
  readonly #tracker: ScreenTracker
  readonly #hardened: Undo
  #isWriting = false

  constructor({ cols, rows, report }: ScreenOptions) {
    this.terminal = new Terminal({
      ...REPLAY_OPTIONS,
      cols,
      rows,
      windowOptions: WINDOW_OPTIONS,
      // Reading the buffers and the parser hooks are proposals there.
      allowProposedApi: true,
    })
    this.#clamp = new CsiClamp(cols, rows)
    this.#hardened = harden(this.terminal, (attempt) => report?.(attempt))
    this.#tracker = new ScreenTracker(this.terminal)
  }

  /** One at a time; resolves when all of it is on the screen. Give at most some hundred KB: it does not pause. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.feed(bytes, resolve))
  }

  /** The same; the next may begin in `done`, and then does without waiting for a timer. */
  feed(bytes: Uint8Array, done: () => void): void {
    this.#mustBeIdle()
    this.#isWriting = true
    this.#feed(bytes, () => {
      this.#isWriting = false
      done()
    })
  }

  /** Take a keyframe after it: history that comes back into a taller screen is in none. */
  resize(cols: number, rows: number): void {
    this.#mustBeIdle()
    if (cols === this.terminal.cols && rows === this.terminal.rows) return
    this.terminal.resize(cols, rows)
    this.#clamp.resize(cols, rows)
    this.#tracker.resized()
  }

  /** Whether the output so far ends between two characters and two sequences: only then is a keyframe whole. */
  atRest(): boolean {
    return !this.#isWriting && this.#clamp.atRest
  }

  /** How often its history was erased, or it was reset. */
  get historyCuts(): number {
    return this.#tracker.historyCuts
  }

  /** What a keyframe is made of. */
  snapshot(): Snapshot {
    this.#mustBeIdle()
    return snapshot(this.terminal, this.#tracker.state, this.#clamp.endsInText)
  }

  /** The rows of the screen, without the blanks at their ends. */
  text(): string[] {
    const { active } = this.terminal.buffer
    return Array.from(
      { length: this.terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
  }

  close(): void {
    this.#tracker.close()
    this.#hardened.dispose()
    this.terminal.dispose()
  }

  #mustBeIdle(): void {
    if (this.#isWriting) throw new Error('a write to the screen is not finished')
  }

  /** As `feed` does it, but stopping at every SO and SI to tell the tracker, at the right moment between its hooks. */
  #feed(bytes: Uint8Array, done: () => void): void {
    let at = 0
    const next = (): void => {
      const piece = this.#clamp.clamp(bytes.subarray(at, at + MOST_WRITE_BYTES))
      at += MOST_WRITE_BYTES
      let from = 0
      for (const end of this.#clamp.shifts) {
        const level = piece[end - 1] === SHIFT_OUT ? 1 : 0
        this.terminal.write(piece.subarray(from, end), () => this.#tracker.shifted(level))
        from = end
      }
      this.terminal.write(piece.subarray(from), at < bytes.length ? next : done)
    }
    next()
  }
}

const SHIFT_OUT = 0x0e
