import type { RowCursor, TextColumn } from '../store'

/** Stands for texts of some columns by number, spellings that differ in case alone together. Good as long as its cursor is. */
export class FoldedTexts {
  readonly #columns: readonly TextColumn[]
  /** By column and the text's own number there. */
  readonly #groups: number[][]
  readonly #byText = new Map<string, number>()
  /** As first written; the text of group `g` is at `g - 1`. */
  readonly names: string[] = []

  constructor(columns: readonly TextColumn[]) {
    this.#columns = columns
    this.#groups = columns.map(() => [])
  }

  /** Group of the first column that has a text in this row; 0 where none has. */
  of(cursor: RowCursor): number {
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]
      const groups = this.#groups[i]
      if (!column || !groups) continue
      const code = cursor.code(column)
      if (code === 0) continue
      return (groups[code] ??= this.#group(cursor.text(column) ?? ''))
    }
    return 0
  }

  name(group: number): string | null {
    return this.names[group - 1] ?? null
  }

  #group(text: string): number {
    const folded = text.toLowerCase()
    const known = this.#byText.get(folded)
    if (known !== undefined) return known
    this.names.push(text)
    this.#byText.set(folded, this.names.length)
    return this.names.length
  }
}

/** Pairs of numbers, each counted once for either side. */
export class Pairs {
  readonly #seen = new Set<number>()
  readonly #last: number[] = []
  readonly #left: number[] = []
  readonly #right: number[] = []

  add(left: number, right: number): void {
    if (left === 0 || right === 0 || this.#last[left] === right) return
    this.#last[left] = right
    const pair = left * SIDE + right
    if (this.#seen.has(pair)) return
    this.#seen.add(pair)
    this.#left[left] = (this.#left[left] ?? 0) + 1
    this.#right[right] = (this.#right[right] ?? 0) + 1
  }

  ofLeft(left: number): number {
    return this.#left[left] ?? 0
  }

  ofRight(right: number): number {
    return this.#right[right] ?? 0
  }
}

/** More than there are different texts in a column. */
const SIDE = 2 ** 26
