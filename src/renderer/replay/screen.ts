import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { CsiClamp, feed, harden, REPLAY_OPTIONS } from '../../terminal'
import { withoutDirections } from './directions'
import { type Box, fittedFont, shrunkFont, SMALLEST_FONT } from './font-fit'
import { FRESH_TERMINAL } from './fresh-terminal'
import { HiddenText } from './hidden-text'
import { letterSize } from './letter-size'
import { findOnScreen, type FoundCells, type ScreenRows } from './screen-text'
import { allowSpanStyles } from './span-styles'
import { usedColumns } from './used-columns'
import './screen.css'

/** What a player does to a terminal. */
export type ReplayScreen = {
  /** Begins anew: an empty terminal of this size in its first state, whatever was unfinished before. `scrollback` in lines. */
  reset(cols: number, rows: number, scrollback: number): void
  resize(cols: number, rows: number): void
  /** Resolves once the bytes are parsed. There is never more than one outstanding. */
  write(bytes: Uint8Array): Promise<void>
}

/** Contrast that hidden text is shown with: enough to read whatever was written in the colour of its ground. */
const READABLE = 4.5

/** A terminal in the page that only shows: no key and no byte of it goes anywhere. It scales by its letters alone. */
export class TerminalScreen implements ReplayScreen {
  private readonly terminal: Terminal
  private readonly page: Document
  private readonly parent: HTMLElement
  private readonly cell: (size: number) => Box
  private clamp = new CsiClamp(80, 24)
  private hidden: HiddenText | null = null
  private revealing = false
  private box: Box = { width: 0, height: 0 }
  /** Columns that are shown; those after them are empty. Undefined: none were used yet. */
  private shown: number | undefined
  /** Its first size is known: the terminal has none of its own before, and measuring letters takes long. */
  private begun = false
  private readonly closing = new AbortController()
  private fitting: number | null = null

  /** `parent` is in the page and visible; its font is the terminal's. */
  constructor(parent: HTMLElement, theme: ITheme) {
    this.page = parent.ownerDocument
    this.parent = parent
    allowSpanStyles(this.page)
    const { fontFamily } = getComputedStyle(parent)
    this.cell = letterSize(this.page, fontFamily)
    this.terminal = new Terminal({ ...REPLAY_OPTIONS, cols: 80, rows: 24, fontFamily, theme, cursorInactiveStyle: 'block' })
    // Before any byte.
    harden(this.terminal, ignore)
    parent.classList.add('replay-screen')
    this.terminal.open(parent)
    const { signal } = this.closing
    this.standAside(parent)
    this.page.addEventListener('copy', (event) => this.copyTo(event), { signal })
    const letters = `12px ${fontFamily}`
    // Letters measured before their font was here have another width.
    if (!this.page.fonts.check(letters)) this.page.fonts.load(letters).then(() => !signal.aborted && this.measureAnew(), ignore)
  }

  reset(cols: number, rows: number, scrollback: number): void {
    this.setSize(cols, rows)
    this.terminal.options.scrollback = scrollback
    if (!this.begun) this.refitSoon()
    this.begun = true
    this.clamp = new CsiClamp(cols, rows)
    this.hidden = this.revealing ? new HiddenText() : null
    this.terminal.write(FRESH_TERMINAL)
  }

  resize(cols: number, rows: number): void {
    this.setSize(cols, rows)
    this.clamp.resize(cols, rows)
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { clamp, hidden, terminal } = this
    const target = {
      write: (data: Uint8Array, done?: () => void) => terminal.write(withoutDirections(hidden?.show(data) ?? data), done),
    }
    await new Promise<void>((resolve) => feed(target, { clamp, bytes }, resolve))
    // A selection dragged beyond the edge scrolls.
    const { viewportY, baseY } = terminal.buffer.active
    if (viewportY !== baseY) terminal.scrollToBottom()
    const shown = usedColumns(this.rows(), terminal.cols, this.shown)
    if (shown === this.shown) return
    this.shown = shown
    this.refitSoon()
  }

  /** Makes the letters as large as the box allows. The size of the terminal is the recording's and stays. */
  fit(box: Box): void {
    if (box.width === this.box.width && box.height === this.box.height) return
    this.box = box
    this.refit()
  }

  /** Shows what was written invisibly or in the colour of its ground. Counts from the next reset on. */
  setReveal(on: boolean): void {
    this.revealing = on
    this.terminal.options.minimumContrastRatio = on ? READABLE : 1
  }

  setTheme(theme: ITheme): void {
    this.terminal.options.theme = theme
  }

  /** The text that is selected with the mouse; empty where none is. */
  selection(): string {
    return this.terminal.getSelection()
  }

  clearSelection(): void {
    this.terminal.clearSelection()
  }

  /** The text on the screen; lines that were wrapped are one. */
  text(): string {
    const { active } = this.terminal.buffer
    let text = ''
    for (let row = 0; row < this.terminal.rows; row++) {
      const line = active.getLine(active.baseY + row)
      const isWrapped = active.getLine(active.baseY + row + 1)?.isWrapped ?? false
      text += line?.translateToString(!isWrapped) ?? ''
      if (!isWrapped || row === this.terminal.rows - 1) text += '\n'
    }
    return text.replace(/\n+$/, '\n')
  }

  /** Where any of these texts stands on the screen. */
  find(wanted: readonly string[]): FoundCells[] {
    return findOnScreen(this.rows(), wanted)
  }

  /** Size of a cell in CSS pixels, and where the first one begins in the window; null before anything is drawn. */
  grid(): { left: number; top: number; width: number; height: number } | null {
    const drawn = this.terminal.element?.querySelector<HTMLElement>('.xterm-screen')
    const { cols, rows } = this.terminal
    if (!drawn) return null
    const { left, top } = drawn.getBoundingClientRect()
    return { left, top, width: drawn.offsetWidth / cols, height: drawn.offsetHeight / rows }
  }

  /** Called after the terminal was drawn. Returns its own undo. */
  onDrawn(listener: () => void): () => void {
    const drawing = this.terminal.onRender(listener)
    return () => drawing.dispose()
  }

  close(): void {
    this.closing.abort()
    if (this.fitting !== null) cancelAnimationFrame(this.fitting)
    this.terminal.dispose()
  }

  /** Keys, the wheel and the focus are the player's; only the mouse selects. */
  private standAside(parent: HTMLElement): void {
    const { terminal } = this
    const { signal } = this.closing
    terminal.attachCustomKeyEventHandler(() => false)
    // Past the edge of the screen stands nothing that could be trusted: a keyframe brings no history along.
    parent.addEventListener('wheel', (event) => event.stopPropagation(), { capture: true, passive: true, signal })
    keepBarStill(parent, signal)
    // A field that had the focus would keep the player's keys from it.
    if (terminal.textarea) terminal.textarea.disabled = true
  }

  private copyTo(event: ClipboardEvent): void {
    const text = this.terminal.getSelection()
    const selected = this.page.getSelection()
    if (text === '' || (selected && !selected.isCollapsed)) return
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }

  private setSize(cols: number, rows: number): void {
    if (cols === this.terminal.cols && rows === this.terminal.rows) return
    if (cols !== this.terminal.cols) this.shown = undefined
    this.terminal.resize(cols, rows)
    this.refitSoon()
  }

  private rows(): ScreenRows {
    const { active } = this.terminal.buffer
    return { rows: this.terminal.rows, line: (row) => active.getLine(active.baseY + row) }
  }

  /** Before the next picture and once for it, however often a recording resizes until then. */
  private refitSoon(): void {
    this.fitting ??= requestAnimationFrame(() => {
      this.fitting = null
      this.refit()
    })
  }

  private measureAnew(): void {
    // The terminal measures only where the size changes.
    this.terminal.options.fontSize = SMALLEST_FONT
    this.refit()
  }

  private refit(): void {
    const { terminal, box } = this
    const drawn = terminal.element?.querySelector<HTMLElement>('.xterm-screen')
    if (!this.begun || !drawn || box.width <= 0 || box.height <= 0) return
    const shown = this.shown ?? terminal.cols
    const guess = fittedFont(box, (size) => {
      const { width, height } = this.cell(size)
      return { width: width * shown, height: height * terminal.rows }
    })
    const size = shrunkFont(box, guess, (size) => {
      terminal.options.fontSize = size
      return { width: (drawn.offsetWidth * shown) / terminal.cols, height: drawn.offsetHeight }
    })
    // Scroll bars only where there is text to scroll to.
    this.parent.classList.toggle('replay-overflows', size === SMALLEST_FONT)
  }
}

/**
 * The scroll bar, which is not shown, would be revealed and begin to wait for being hidden with every line that scrolls: a
 * quarter of what a seek takes. It does not wait while it takes the pointer to be over it.
 */
function keepBarStill(parent: HTMLElement, signal: AbortSignal): void {
  parent.addEventListener('mouseleave', (event) => event.stopPropagation(), { capture: true, signal })
  parent.querySelector('.xterm-scrollable-element')?.dispatchEvent(new MouseEvent('mouseover'))
}

function ignore(): void {}
