import type { Codes } from './text-column'

/** What a row of a block has at one place of a text; '' where it has nothing there. */
export type Piece = {
  /** What it follows from, with how many codes each has; null where it is another for nearly every row. */
  from: readonly { codes: Codes; count: number }[] | null
  text(row: number): string
}

/** The codes of pieces that are kept together follow from one number, which is to stay a small integer. */
const MOST_COMBINATIONS = 2 ** 30
/** A column with more values differs too often for what stands beside it to be kept with it. */
const FEW_VALUES = 64

/** Texts of rows, the pieces one after the other. What follows from codes is made once for each combination that occurs. */
export function joinPieces(pieces: readonly Piece[]): ((row: number) => string)[] {
  const steps: ((row: number) => string)[] = []
  let run: Coded[] = []
  let combinations = 1
  const end = () => {
    if (run.length > 0) steps.push(keptTexts(run))
    run = []
    combinations = 1
  }
  for (const piece of pieces) {
    const { from } = piece
    const count = from?.reduce((product, column) => product * column.count, 1) ?? 0
    if (from === null || count > MOST_COMBINATIONS) {
      end()
      steps.push((row) => piece.text(row))
      continue
    }
    if (count > FEW_VALUES || combinations * count > MOST_COMBINATIONS) end()
    run.push({ ...piece, from })
    combinations *= count
    if (count > FEW_VALUES) end()
  }
  end()
  return steps
}

type Coded = Piece & { from: NonNullable<Piece['from']> }

function keptTexts(run: readonly Coded[]): (row: number) => string {
  const columns = run.flatMap(({ from }) => from)
  const codes = columns.map((column) => column.codes)
  const counts = columns.map(({ count }) => count)
  const make = (row: number) => run.map((piece) => piece.text(row)).join('')
  if (columns.length === 0) {
    const text = make(0)
    return () => text
  }
  const kept = new Map<number, string>()
  return (row) => {
    let code = 0
    for (let i = 0; i < codes.length; i++) code = code * (counts[i] ?? 1) + (codes[i]?.[row] ?? 0)
    const known = kept.get(code)
    if (known !== undefined) return known
    const text = make(row)
    kept.set(code, text)
    return text
  }
}

/** What stands between the braces of an object of pieces that each begin with a comma; '' without any. */
export function objectOf(steps: readonly ((row: number) => string)[], row: number): string {
  let text = ''
  for (const step of steps) {
    const piece = step(row)
    if (piece !== '') text += text === '' ? piece.slice(1) : piece
  }
  return text
}
