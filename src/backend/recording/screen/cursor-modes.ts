import type { Terminal } from '@xterm/headless'
import { penOf } from './cell'
import { charsetSequence } from './charsets'
import { penSequence, type Pen } from './pen'
import type { ScreenState } from './tracker'

/** Row and column of the screen, from 0. */
export type Place = { row: number; col: number }

type Character = { place: Place; chars: string; pen: Pen }

const RESTORE = '\x1b8'

export function cursorTo({ row, col }: Place): string {
  return `\x1b[${row + 1};${col + 1}H`
}

/** The last part of a keyframe: everything that drawing would disturb, or would be disturbed by. */
export function cursorAndModes(terminal: Terminal, state: ScreenState, endsInText: boolean): string {
  const { insertMode, originMode } = terminal.modes
  const last = characterBefore(terminal)
  const joins = endsInText && !insertMode && last !== null
  const restores = restoresCharset(terminal, state)
  const charsets = charsetSequence(state.charsets)
  return [
    // A restored cursor brings its character set along, whatever the four sets are.
    restores ? charsets + RESTORE : '',
    originMode ? '\x1b[?6h' : '',
    joins ? '' : cursor(terminal, state, last),
    restores ? '' : charsets,
    penSequence(state.pen),
    modes(terminal, state),
    // Any sequence ends the joining of characters, so that this must be the last.
    joins ? cursorTo(inOrigin(last.place, terminal, state)) + last.chars : '',
  ].join('')
}

function restoresCharset(terminal: Terminal, { charsets, normal, alternate }: ScreenState): boolean {
  const { saved } = terminal.buffer.active.type === 'alternate' ? alternate : normal
  return charsets.current !== (charsets.sets[charsets.level] ?? null) && charsets.current === saved.charset
}

/** A cursor behind the last column, where the next character wraps, gets there by writing alone. */
function cursor(terminal: Terminal, state: ScreenState, last: Character | null): string {
  const { cursorX, cursorY } = terminal.buffer.active
  if (cursorX < terminal.cols) return cursorTo(inOrigin({ row: cursorY, col: cursorX }, terminal, state))
  const place = last?.place ?? { row: cursorY, col: terminal.cols - 1 }
  return cursorTo(inOrigin(place, terminal, state)) + (last === null ? ' ' : penSequence(last.pen) + last.chars)
}

function inOrigin({ row, col }: Place, terminal: Terminal, { normal, alternate }: ScreenState): Place {
  if (!terminal.modes.originMode) return { row, col }
  const { top } = terminal.buffer.active.type === 'alternate' ? alternate : normal
  return { row: Math.max(row - top, 0), col }
}

function characterBefore(terminal: Terminal): Character | null {
  const { active } = terminal.buffer
  const line = active.getLine(active.baseY + active.cursorY)
  for (let col = active.cursorX - 1; col >= 0 && col >= active.cursorX - 2; col--) {
    const cell = line?.getCell(col)
    if (cell === undefined) return null
    const chars = cell.getChars()
    if (chars !== '') return { place: { row: active.cursorY, col }, chars, pen: penOf(cell) }
    if (cell.getWidth() !== 0) return null
  }
  return null
}

/** Those that a reset does not undo are always set. */
function modes(terminal: Terminal, { cursorHidden, cursorStyle }: ScreenState): string {
  const { modes: set, options } = terminal
  return [
    options.convertEol ? '\x1b[20h' : '\x1b[20l',
    options.cursorBlink ? '\x1b[?12h' : '\x1b[?12l',
    cursorHidden ? '\x1b[?25l' : '\x1b[?25h',
    set.insertMode ? '\x1b[4h' : '',
    set.applicationCursorKeysMode ? '\x1b[?1h' : '',
    set.applicationKeypadMode ? '\x1b=' : '',
    set.wraparoundMode ? '' : '\x1b[?7l',
    set.reverseWraparoundMode ? '\x1b[?45h' : '',
    cursorStyle === 0 ? '' : `\x1b[${cursorStyle} q`,
  ].join('')
}
