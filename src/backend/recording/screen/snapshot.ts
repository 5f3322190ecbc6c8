import type { IBuffer, Terminal } from '@xterm/headless'
import { cursorAndModes, cursorTo, type Place } from './cursor-modes'
import { RowDrawing } from './draw-rows'
import { penSequence, plainPen } from './pen'
import { tabSequence } from './tab-stops'
import type { BufferState, SavedCursor, ScreenState } from './tracker'

/** CAN: whatever sequence was being read ends here. */
const CANCEL = '\x18'
const SAVE = '\x1b7'

/**
 * Control sequences and text that bring a reset terminal of the same size to what another shows, and to what it will
 * make of the bytes to come: margins, pen, saved cursors, character sets, tab stops, modes. Not kept: text of the history
 * (its length is), and whether the first row continues it.
 */
export type Snapshot = {
  before: string
  /** Makes the history as long as it was, mostly by a thousand line feeds. */
  history: string
  /** In its place for a terminal that has `depth` lines less of history to fill: see `shortText`. */
  noHistory: string
  /** Lines of history. */
  depth: number
  after: string
}

/** For a terminal with the usual length of history. */
export function wholeText({ before, history, after }: Snapshot): string {
  return before + history + after
}

/**
 * For a terminal whose history may become `depth` lines shorter than usual: what scrolls and what is saved then end up at
 * the same places, until the terminal gets another size or the history is erased.
 */
export function shortText({ before, noHistory, after }: Snapshot): string {
  return before + noHistory + after
}

/** `endsInText`: the last byte was of a character. */
export function snapshot(terminal: Terminal, state: ScreenState, endsInText: boolean): Snapshot {
  const { normal, alternate } = terminal.buffer
  const isAlternate = terminal.buffer.active.type === 'alternate'
  const { saved } = state.normal
  const size = { state, rows: terminal.rows }
  const parts = [buffer(normal, state.normal, terminal)]
  if (isAlternate) parts.push('\x1b[?1047h', buffer(alternate, state.alternate, terminal))
  parts.push(cursorAndModes(terminal, state, endsInText))
  return {
    before: CANCEL + savedInAlternate(state.alternate.saved, state),
    history: history(normal.baseY, saved, size),
    noHistory: history(0, { ...saved, y: Math.max(0, saved.y - normal.baseY) }, size),
    depth: normal.baseY,
    after: parts.join(''),
  }
}

function buffer(shown: IBuffer, { tabs, top, bottom }: BufferState, terminal: Terminal): string {
  const { cols, rows } = terminal
  const margins = top === 0 && bottom === rows - 1 ? '' : `\x1b[${top + 1};${bottom + 1}r`
  return new RowDrawing(shown, terminal).draw() + tabSequence(tabs, cols) + margins
}

/** A saved cursor is at a line of the buffer: the history gets its length, and the cursor is saved on the way. */
function history(depth: number, saved: SavedCursor, { state, rows }: { state: ScreenState; rows: number }): string {
  const feeds = depth === 0 ? 0 : depth + rows - 1
  if (isPlain(saved)) return '\n'.repeat(feeds)
  if (feeds === 0) return saving(saved, { row: Math.min(saved.y, rows - 1), col: saved.x }, state)
  const line = Math.min(saved.y, feeds)
  const row = Math.min(line, rows - 1)
  return '\n'.repeat(line) + saving(saved, { row, col: saved.x }, state) + '\r' + '\n'.repeat(feeds - line)
}

function savedInAlternate(saved: SavedCursor, state: ScreenState): string {
  if (isPlain(saved)) return ''
  return `\x1b[?1047h${saving(saved, { row: saved.y, col: saved.x }, state)}\x1b[?1047l\x1b[H`
}

/** Leaves a plain pen and plain character sets. */
function saving({ pen, charset }: SavedCursor, place: Place, state: ScreenState): string {
  const drawn = penSequence({ ...plainPen(), ...pen, underline: state.pen.underline })
  const chosen = charset === null ? '' : `\x1b(${charset}`
  return `${cursorTo(place)}${drawn}${chosen}${SAVE}${charset === null ? '' : '\x1b(B'}\x1b[m`
}

function isPlain({ x, y, pen, charset }: SavedCursor): boolean {
  return x === 0 && y === 0 && pen.fg === 0 && pen.bg === 0 && pen.flags === 0 && charset === null
}
