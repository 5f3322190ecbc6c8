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
 * Control sequences and text that bring a reset terminal of the same size to what `terminal` shows, and to what it will
 * make of the bytes to come: margins, pen, saved cursors, character sets, tab stops, modes. `endsInText`: the last byte
 * was of a character. Not kept: text of the history (its length is), and whether the first row continues it.
 */
export function snapshot(terminal: Terminal, state: ScreenState, endsInText: boolean): string {
  const { normal, alternate } = terminal.buffer
  const isAlternate = terminal.buffer.active.type === 'alternate'
  const parts = [
    CANCEL,
    savedInAlternate(state.alternate.saved, state),
    history(normal, state.normal.saved, { state, rows: terminal.rows }),
    buffer(normal, state.normal, terminal),
  ]
  if (isAlternate) parts.push('\x1b[?1047h', buffer(alternate, state.alternate, terminal))
  parts.push(cursorAndModes(terminal, state, endsInText))
  return parts.join('')
}

function buffer(shown: IBuffer, { tabs, top, bottom }: BufferState, terminal: Terminal): string {
  const { cols, rows } = terminal
  const margins = top === 0 && bottom === rows - 1 ? '' : `\x1b[${top + 1};${bottom + 1}r`
  return new RowDrawing(shown, terminal).draw() + tabSequence(tabs, cols) + margins
}

/** A saved cursor is at a line of the buffer: the history gets its length, and the cursor is saved on the way. */
function history(normal: IBuffer, saved: SavedCursor, { state, rows }: { state: ScreenState; rows: number }): string {
  const feeds = normal.baseY === 0 ? 0 : normal.baseY + rows - 1
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
