import type { IBufferCell } from '@xterm/headless'
import {
  BLINK,
  BOLD,
  COLOUR_MODE,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  plainPen,
  PROTECTED,
  setUnderline,
  STRIKETHROUGH,
  type Pen,
} from './pen'

/** What xterm's cells know beyond their published type; without it an underline is a single line. */
type DetailedCell = IBufferCell & {
  getUnderlineStyle: () => number
  getUnderlineColorMode: () => number
  getUnderlineColor: () => number
  isProtected: () => number
}

function isDetailed(cell: IBufferCell): cell is DetailedCell {
  const names = ['getUnderlineStyle', 'getUnderlineColorMode', 'getUnderlineColor', 'isProtected']
  return names.every((name) => name in cell)
}

/** The pen that writes a cell like this one; `underline` is the one shown. */
export function penOf(cell: IBufferCell): Pen {
  const pen = plainPen()
  pen.fg = colour(cell.getFgColorMode(), cell.getFgColor())
  pen.bg = colour(cell.getBgColorMode(), cell.getBgColor())
  pen.flags =
    (cell.isBold() ? BOLD : 0) |
    (cell.isDim() ? DIM : 0) |
    (cell.isItalic() ? ITALIC : 0) |
    (cell.isBlink() ? BLINK : 0) |
    (cell.isInverse() ? INVERSE : 0) |
    (cell.isInvisible() ? INVISIBLE : 0) |
    (cell.isStrikethrough() ? STRIKETHROUGH : 0) |
    (cell.isOverline() ? OVERLINE : 0)
  if (isDetailed(cell)) addDetail(pen, cell)
  else if (cell.isUnderline()) setUnderline(pen, 1)
  return pen
}

function addDetail(pen: Pen, cell: DetailedCell): void {
  if (cell.isProtected()) pen.flags |= PROTECTED
  const style = cell.getUnderlineStyle()
  if (style === 0) return
  setUnderline(pen, style)
  pen.underlineColour = colour(cell.getUnderlineColorMode(), cell.getUnderlineColor())
}

function colour(mode: number, value: number): number {
  return (mode & COLOUR_MODE) === 0 ? 0 : mode | value
}
