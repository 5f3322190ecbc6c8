import type { IBufferCell, Terminal } from '@xterm/headless'

type Detail = {
  getUnderlineStyle?: () => number
  getUnderlineColorMode?: () => number
  getUnderlineColor?: () => number
}

/** Everything that can be seen of a cell, and its text. */
function cellText(cell: IBufferCell & Detail): string {
  const style = cell.getUnderlineStyle?.() ?? 0
  const numbers = [
    cell.getWidth(),
    cell.getFgColorMode(),
    cell.getFgColor(),
    cell.getBgColorMode(),
    cell.getBgColor(),
    style,
    style === 0 ? 0 : (cell.getUnderlineColorMode?.() ?? 0),
    style === 0 ? 0 : (cell.getUnderlineColor?.() ?? 0),
  ]
  const flags = [
    cell.isBold(),
    cell.isItalic(),
    cell.isDim(),
    cell.isUnderline(),
    cell.isBlink(),
    cell.isInverse(),
    cell.isInvisible(),
    cell.isStrikethrough(),
    cell.isOverline(),
  ]
  return `${JSON.stringify(cell.getChars())} ${numbers.join(',')} ${flags.map((flag) => (flag ? 1 : 0)).join('')}`
}

/** What a terminal shows, a line for each cell, the cursor and the buffer. */
export function shown(terminal: Terminal): string[] {
  const { active } = terminal.buffer
  const lines = [`${terminal.cols}x${terminal.rows} ${active.type} cursor ${active.cursorX},${active.cursorY}`]
  const cell = active.getNullCell()
  for (let row = 0; row < terminal.rows; row++) {
    const line = active.getLine(active.baseY + row)
    for (let col = 0; col < terminal.cols; col++) {
      const text = cellText(line?.getCell(col, cell) ?? active.getNullCell())
      lines.push(`${row},${col} ${text}`)
    }
  }
  return lines
}

/** The rows that continue the one above; the first continues history, if any. */
export function wrappedRows(terminal: Terminal): number[] {
  const { active } = terminal.buffer
  const rows = Array.from({ length: terminal.rows - 1 }, (_, row) => row + 1)
  return rows.filter((row) => active.getLine(active.baseY + row)?.isWrapped)
}

export function modesOf(terminal: Terminal): object {
  // Those of the input are never set.
  const { modes } = terminal
  return {
    cursorKeys: modes.applicationCursorKeysMode,
    keypad: modes.applicationKeypadMode,
    insert: modes.insertMode,
    origin: modes.originMode,
    wrapBack: modes.reverseWraparoundMode,
    wrap: modes.wraparoundMode,
    lineFeedReturns: terminal.options.convertEol,
  }
}

/** The first differences, in words; none where both are the same. */
export function differences(one: string[], other: string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < Math.max(one.length, other.length) && found.length < 5; at++) {
    if (one[at] !== other[at]) found.push(`${one[at]} | ${other[at]}`)
  }
  return found
}
