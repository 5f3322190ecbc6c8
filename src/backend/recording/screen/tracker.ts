import type { Terminal } from '@xterm/headless'
import type { Parameters, SequenceName, Undo } from '../../../terminal'
import {
  CHARSET_FINALS,
  CHARSET_SLOTS,
  choose,
  plainCharsets,
  shift,
  SHIFTS,
  type Charset,
  type Charsets,
} from './charsets'
import { plainPen, PROTECTED, type Pen, type SavedPen } from './pen'
import { applySgr } from './sgr'
import { resizeTabStops, usualTabStops, type TabStops } from './tab-stops'

export type SavedCursor = {
  x: number
  /** Line of the buffer, history included. */
  y: number
  pen: SavedPen
  charset: Charset
}

/** What xterm keeps of each of its two buffers and tells nobody. Rows from 0, `bottom` included. */
export type BufferState = { top: number; bottom: number; tabs: TabStops; saved: SavedCursor }

/** What a keyframe needs and xterm's buffers do not hold. */
export type ScreenState = {
  pen: Pen
  charsets: Charsets
  cursorHidden: boolean
  /** Last `CSI Ps SP q`; 0 is the setting of the terminal. */
  cursorStyle: number
  normal: BufferState
  alternate: BufferState
}

/** `CSI 3 J`. */
const ERASE_HISTORY = 3

const NO_CURSOR: SavedCursor = { x: 0, y: 0, pen: { fg: 0, bg: 0, flags: 0 }, charset: null }

/**
 * Follows a terminal through its parser hooks, which keep nothing from it. Register it after `harden`, which would keep
 * sequences from this; SO and SI have no hook and come through `shifted`.
 */
export class ScreenTracker {
  readonly #terminal: Terminal
  readonly #hooks: Undo[] = []
  readonly state: ScreenState
  /** How often the history was erased. */
  historyCuts = 0

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    this.state = {
      pen: plainPen(),
      charsets: plainCharsets(),
      cursorHidden: false,
      cursorStyle: 0,
      normal: this.#plainBuffer(),
      alternate: this.#plainBuffer(),
    }
    this.#followPen()
    this.#followBuffers()
    this.#followModes()
    this.#followCharsets()
  }

  /** SO (1) or SI (0) was read. */
  shifted(level: number): void {
    shift(this.state.charsets, level)
  }

  /** The terminal has got its new size. */
  resized(): void {
    const { cols, rows } = this.#terminal
    for (const buffer of [this.state.normal, this.state.alternate]) {
      buffer.top = 0
      buffer.bottom = rows - 1
      buffer.saved.x = Math.min(buffer.saved.x, cols - 1)
      resizeTabStops(buffer.tabs, cols)
    }
  }

  close(): void {
    for (const hook of this.#hooks) hook.dispose()
  }

  #csi(name: SequenceName, follow: (parameters: Parameters) => void): void {
    const hook = (parameters: Parameters): boolean => {
      follow(parameters)
      return false
    }
    this.#hooks.push(this.#terminal.parser.registerCsiHandler(name, hook))
  }

  #esc(name: SequenceName, follow: () => void): void {
    const hook = (): boolean => {
      follow()
      return false
    }
    this.#hooks.push(this.#terminal.parser.registerEscHandler(name, hook))
  }

  get #isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate'
  }

  get #active(): BufferState {
    return this.#isAlternate ? this.state.alternate : this.state.normal
  }

  #plainBuffer(): BufferState {
    const { cols, rows } = this.#terminal
    return { top: 0, bottom: rows - 1, tabs: usualTabStops(cols), saved: { ...NO_CURSOR } }
  }

  #followPen(): void {
    this.#csi({ final: 'm' }, (parameters) => applySgr(this.state.pen, parameters))
    this.#csi({ intermediates: '"', final: 'q' }, ([number]) => {
      if (number === 1) this.state.pen.flags |= PROTECTED
      else if (number === 0 || number === 2) this.state.pen.flags &= ~PROTECTED
    })
  }

  #followBuffers(): void {
    this.#csi({ final: 'r' }, (parameters) => this.#margins(parameters))
    this.#csi({ final: 's' }, () => this.#save(this.#active))
    this.#csi({ final: 'u' }, () => this.#restore(this.#active))
    this.#esc({ final: '7' }, () => this.#save(this.#active))
    this.#esc({ final: '8' }, () => this.#restore(this.#active))
    this.#esc({ final: 'H' }, () => this.#active.tabs.add(this.#terminal.buffer.active.cursorX))
    this.#csi({ final: 'g' }, ([number]) => {
      if (number === 0) this.#active.tabs.delete(this.#terminal.buffer.active.cursorX)
      else if (number === 3) this.#active.tabs.clear()
    })
  }

  #followModes(): void {
    this.#csi({ prefix: '?', final: 'h' }, (parameters) => this.#setModes(parameters))
    this.#csi({ prefix: '?', final: 'l' }, (parameters) => this.#resetModes(parameters))
    this.#csi({ intermediates: ' ', final: 'q' }, ([style]) => {
      this.state.cursorStyle = typeof style === 'number' ? style : 0
    })
    this.#csi({ intermediates: '!', final: 'p' }, () => this.#softReset())
    this.#esc({ final: 'c' }, () => this.#reset())
    for (const prefix of ['', '?']) {
      this.#csi({ prefix, final: 'J' }, ([what]) => {
        if (what === ERASE_HISTORY) this.historyCuts++
      })
    }
  }

  #followCharsets(): void {
    const { charsets } = this.state
    for (const final of CHARSET_FINALS) {
      for (const [intermediates, slot] of CHARSET_SLOTS) {
        this.#esc({ intermediates, final }, () => choose(charsets, slot, final))
      }
    }
    for (const [final, level] of SHIFTS) this.#esc({ final }, () => shift(charsets, level))
    for (const final of ['@', 'G']) {
      this.#esc({ intermediates: '%', final }, () => {
        shift(charsets, 0)
        choose(charsets, 0, 'B')
      })
    }
  }

  #margins([first, second]: Parameters): void {
    const { rows } = this.#terminal
    const top = typeof first === 'number' && first > 0 ? first : 1
    const bottom = typeof second === 'number' && second > 0 && second <= rows ? second : rows
    if (bottom > top) Object.assign(this.#active, { top: top - 1, bottom: bottom - 1 })
  }

  #save(buffer: BufferState): void {
    const { cursorX, cursorY, baseY } = this.#terminal.buffer.active
    const { fg, bg, flags } = this.state.pen
    buffer.saved = { x: cursorX, y: baseY + cursorY, pen: { fg, bg, flags }, charset: this.state.charsets.current }
  }

  #restore(buffer: BufferState): void {
    Object.assign(this.state.pen, buffer.saved.pen)
    this.state.charsets.current = buffer.saved.charset
  }

  /** A list may switch buffers in its midst; the cursor stays where it is. */
  #setModes(parameters: Parameters): void {
    let active = this.#active
    for (const mode of parameters) {
      if (mode === 2) for (let slot = 0; slot < 4; slot++) choose(this.state.charsets, slot, 'B')
      else if (mode === 25) this.state.cursorHidden = false
      else if (mode === 1048 || mode === 1049) this.#save(active)
      if (mode === 47 || mode === 1047 || mode === 1049) active = this.state.alternate
    }
  }

  #resetModes(parameters: Parameters): void {
    let active = this.#active
    for (const mode of parameters) {
      if (mode === 25) this.state.cursorHidden = true
      else if (mode === 1048) this.#restore(active)
      else if (mode === 47 || mode === 1047 || mode === 1049) {
        if (active === this.state.alternate) this.#leaveAlternate()
        active = this.state.normal
        if (mode === 1049) this.#restore(active)
      }
    }
  }

  #leaveAlternate(): void {
    const { saved } = this.state.alternate
    this.state.alternate = { ...this.#plainBuffer(), saved }
  }

  #softReset(): void {
    const active = this.#active
    this.#plain()
    this.state.cursorHidden = false
    Object.assign(active, { top: 0, bottom: this.#terminal.rows - 1 })
    active.saved = { ...NO_CURSOR, y: this.#terminal.buffer.active.baseY }
  }

  #reset(): void {
    this.historyCuts++
    this.#plain()
    this.state.normal = this.#plainBuffer()
    this.state.alternate = this.#plainBuffer()
  }

  #plain(): void {
    Object.assign(this.state.pen, plainPen())
    Object.assign(this.state.charsets, plainCharsets())
    this.state.cursorStyle = 0
  }
}
