/** What is needed of a terminal's buffer; xterm's has more. */
export type ScreenCell = { getChars(): string; getWidth(): number }
export type ScreenLine = { isWrapped: boolean; length: number; getCell(x: number): ScreenCell | undefined }
export type ScreenRows = { rows: number; line: (row: number) => ScreenLine | undefined }

/** Cells of one row that hold a part of what was looked for. */
export type FoundCells = { row: number; col: number; cells: number }

type Mapped = { text: string; rows: number[]; cols: number[] }

/** More of them would cover the screen, and cost what they cost. */
const MOST_FOUND = 500

/** Where a text stands on the screen, whatever its case; a line that wraps is searched as one. */
export function findOnScreen({ rows, line }: ScreenRows, wanted: readonly string[]): FoundCells[] {
  const lowered = wanted.map(lower).filter((text) => text !== '')
  const found: FoundCells[] = []
  for (let row = 0; row < rows && found.length < MOST_FOUND; ) {
    const mapped: Mapped = { text: '', rows: [], cols: [] }
    do {
      addRow(mapped, row, line(row))
      row++
    } while (row < rows && line(row)?.isWrapped)
    const text = lower(mapped.text)
    for (const part of lowered) addFound(found, mapped, { text, part })
  }
  return found
}

function addRow(mapped: Mapped, row: number, line: ScreenLine | undefined): void {
  for (let col = 0; line && col < line.length; col++) {
    const cell = line.getCell(col)
    if (!cell || cell.getWidth() === 0) continue
    // One unit for each cell, so that places in the text are places on the screen: what combines with it is left out.
    mapped.text += cell.getChars()[0] ?? ' '
    mapped.rows.push(row)
    mapped.cols.push(col)
  }
}

function addFound(found: FoundCells[], { rows, cols }: Mapped, { text, part }: { text: string; part: string }): void {
  for (let at = text.indexOf(part); at !== -1 && found.length < MOST_FOUND; at = text.indexOf(part, at + part.length)) {
    const begun = found.length
    for (let place = at; place < at + part.length; place++) {
      const row = rows[place] ?? 0
      const col = cols[place] ?? 0
      // A character may be two cells wide: it ends where the next one begins.
      const next = rows[place + 1] === row ? (cols[place + 1] ?? col + 1) : col + 1
      const last = found.length > begun ? found.at(-1) : undefined
      if (last?.row === row) last.cells = next - last.col
      else found.push({ row, col, cells: next - col })
    }
  }
}

/** Lower case without a change of length. */
function lower(text: string): string {
  const lowered = text.toLowerCase()
  if (lowered.length === text.length) return lowered
  const same = (char: string) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)
  return Array.from(text, same).join('')
}
