import type { IBuffer, IBufferCell, IBufferLine } from '@xterm/headless'
import { MOST_MARKS } from '../../../terminal'
import { penOf } from './cell'
import { penSequence, plainPen, samePen, type Pen } from './pen'

const PLAIN: Pen = plainPen()
/** Any character of two columns. */
const WIDE = '\u3000'
/** Ends the joining of characters, and does nothing else. */
const NUL = '\0'

/** Writes the rows of a buffer's screen; the terminal it is written to shows an empty one, with a plain pen. */
export class RowDrawing {
  readonly #buffer: IBuffer
  readonly #cols: number
  readonly #rows: number
  readonly #cell: IBufferCell
  #text = ''
  #pen = PLAIN
  #x = -1
  #y = -1
  /** Columns of this row that hold what does not belong there. */
  #dirty: Set<number> = new Set()

  constructor(buffer: IBuffer, size: { cols: number; rows: number }) {
    this.#buffer = buffer
    this.#cols = size.cols
    this.#rows = size.rows
    this.#cell = buffer.getNullCell()
  }

  /** Leaves a plain pen, and the cursor anywhere. */
  draw(): string {
    for (let y = 0; y < this.#rows; y++) {
      const line = this.#buffer.getLine(this.#buffer.baseY + y)
      if (line === undefined) continue
      this.#dirty = this.#enterWrapped(line, y)
      this.#cells(line, y, { from: 0, to: this.#cols })
    }
    this.#setPen(PLAIN)
    return this.#text
  }

  /**
   * xterm marks a row as a continuation when a character runs over the right border into it. Returns the columns that
   * were written to get there.
   */
  #enterWrapped(line: IBufferLine, y: number): Set<number> {
    if (!line.isWrapped || y === 0) return new Set()
    const above = this.#buffer.getLine(this.#buffer.baseY + y - 1)
    const last = above?.getCell(this.#cols - 1, this.#cell)
    if (last === undefined) return new Set()
    if (last.getChars() === '' && last.getWidth() === 1) {
      // A wide character did not fit there, and left the cell empty with its own colours.
      const pen = penOf(last)
      this.#moveTo(this.#cols - 1, y - 1)
      this.#setPen(pen)
      this.#print(WIDE, 2)
      this.#x = 2
      this.#y = y
      return new Set([0, 1])
    }
    if (this.#x !== this.#cols || this.#y !== y - 1) return new Set()
    this.#print(' ', 1)
    this.#x = 1
    this.#y = y
    return new Set([0])
  }

  #cells(line: IBufferLine, y: number, { from, to }: { from: number; to: number }): void {
    let x = from
    while (x < to) {
      const cell = line.getCell(x, this.#cell)
      if (cell === undefined) return
      const pen = cell.isAttributeDefault() ? PLAIN : penOf(cell)
      const chars = cell.getChars()
      const width = cell.getWidth()
      if (chars !== '') x += this.#character({ chars, width, pen }, x, y)
      else if (pen.fg !== 0 || pen.flags !== 0) x += this.#styledBlank(line, pen, { x, y })
      else x += this.#blanks(line, pen, { x, y, to })
    }
  }

  /** Returns how many columns it took. */
  #character(cell: { chars: string; width: number; pen: Pen }, x: number, y: number): number {
    // A resize may cut a wide character in half; it cannot be written like that.
    const isCut = x + cell.width > this.#cols
    const chars = isCut ? ' ' : bounded(cell.chars)
    this.#moveTo(x, y)
    this.#setPen(cell.pen)
    if (cell.width === 0) this.#text += NUL
    this.#print(chars, isCut ? 1 : Math.max(cell.width, 1))
    return isCut ? 1 : Math.max(cell.width, 1)
  }

  /** An empty cell with more than a background is what remains of an overwritten wide character. */
  #styledBlank(line: IBufferLine, pen: Pen, { x, y }: { x: number; y: number }): number {
    const isLast = x === this.#cols - 1
    this.#moveTo(isLast ? x - 1 : x, y)
    this.#setPen(pen)
    this.#print(WIDE, 2)
    this.#moveTo(isLast ? x - 1 : x + 1, y)
    this.#print(' ', 1)
    this.#dirty.add(isLast ? x - 1 : x + 1)
    if (isLast) {
      const isHalf = x > 1 && line.getCell(x - 1, this.#cell)?.getWidth() === 0
      this.#cells(line, y, { from: isHalf ? x - 2 : x - 1, to: x })
    }
    return 1
  }

  /** Returns how many empty cells of one background were there. */
  #blanks(line: IBufferLine, pen: Pen, { x, y, to }: { x: number; y: number; to: number }): number {
    let end = x + 1
    while (end < to && isSameBlank(line.getCell(end, this.#cell), pen)) end++
    if (pen.bg !== 0) this.#erase(pen, { x, y }, end - x)
    else {
      const dirty = [...this.#dirty].filter((column) => column >= x && column < end)
      for (const column of dirty) this.#erase(PLAIN, { x: column, y }, 1)
    }
    return end - x
  }

  #erase(pen: Pen, { x, y }: { x: number; y: number }, count: number): void {
    this.#moveTo(x, y)
    this.#setPen(pen)
    this.#text += `\x1b[${count}X`
  }

  #print(chars: string, width: number): void {
    this.#text += chars
    this.#x += width
  }

  #moveTo(x: number, y: number): void {
    if (this.#y !== y && this.#y === y - 1 && this.#y >= 0) {
      this.#text += '\r\n'
      this.#x = 0
    } else if (this.#y !== y) {
      this.#text += `\x1b[${y + 1};${x + 1}H`
      this.#x = x
    }
    if (this.#x !== x) this.#text += `\x1b[${x + 1}G`
    this.#x = x
    this.#y = y
  }

  #setPen(pen: Pen): void {
    if (samePen(pen, this.#pen)) return
    this.#text += penSequence(pen)
    this.#pen = pen
  }
}

function isSameBlank(cell: IBufferCell | undefined, pen: Pen): boolean {
  if (cell === undefined || cell.getChars() !== '') return false
  if (cell.isAttributeDefault()) return pen.bg === 0
  const other = penOf(cell)
  return other.fg === 0 && other.flags === 0 && other.bg === pen.bg
}

function bounded(chars: string): string {
  return chars.length <= MOST_MARKS ? chars : Array.from(chars).slice(0, 1 + MOST_MARKS).join('')
}
