import type { ScreenRows } from './screen-text'

/** Columns that are always made room for. */
const LEAST = 80
/** Room is made by so many columns at a time: letters that shrink with every word would not be read. */
const STEP = 10

/**
 * How many columns are to be shown so that all text on the screen is, and no fewer than `before`. Some servers record a
 * size that no window ever had, and its empty columns would make letters too small to read.
 */
export function usedColumns({ rows, line }: ScreenRows, cols: number, before = LEAST): number {
  let used = before
  for (let row = 0; row < rows && used < cols; row++) {
    const cells = line(row)
    for (let col = cols - 1; cells && col >= used; col--) {
      const cell = cells.getCell(col)
      // The second half of a wide character has no width of its own.
      if (!cell || (cell.getWidth() > 0 && cell.getChars().trim() === '')) continue
      used = col + 1
    }
  }
  return Math.min(cols, used === before ? before : Math.ceil(used / STEP) * STEP)
}
