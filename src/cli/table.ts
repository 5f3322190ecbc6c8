import type { HeldEvent, ReadableStore, StoreView } from '../backend/store'
import { actorLabel, formatInstant, rowText, shownText, thingLabel, type AuditEvent } from '../domain'
import { fitted, textWidth } from './text-width'

type Column = { name: string; most: number; cell: (event: AuditEvent) => string }

/** In order; the last takes what is left of the line. */
const COLUMNS: readonly Column[] = [
  { name: 'time (UTC)', most: 24, cell: ({ time }) => formatInstant(time) },
  { name: 'outcome', most: 7, cell: ({ outcome }) => outcome },
  { name: 'user', most: 24, cell: ({ actor }) => actorLabel(actor) ?? '' },
  { name: 'machine', most: 24, cell: ({ machine, target }) => thingLabel(machine) ?? thingLabel(target) ?? '' },
  { name: 'ip', most: 39, cell: ({ ip }) => ip ?? '' },
  { name: 'count', most: 7, cell: ({ repeat }) => (repeat > 1 ? `×${repeat}` : '') },
  { name: 'what happened', most: Number.POSITIVE_INFINITY, cell: (event) => Object.values(rowText(event)).filter(Boolean).join(' ') },
]

const GAP = '  '
/** Narrowest last column. */
const LEAST = 20
/** Rows whose texts decide how wide columns are. */
const MEASURED = 500

type Asked = { view: StoreView; rows: number; width: number }

/** A table for people, as wide as told: longer texts are cut. Every text is harmless. */
export function* eventTable(store: ReadableStore, { view, rows, width }: Asked): Generator<string> {
  if (rows === 0) return
  let widths: number[] | null = null
  for (let at = 0; at < rows; at += MEASURED) {
    const cells = store.page(view, at, Math.min(MEASURED, rows - at)).map(cellsOf)
    if (widths === null) {
      widths = widthsOf(cells, width)
      yield lineOf(COLUMNS.map(({ name }) => name), widths)
    }
    const known = widths
    yield cells.map((row) => lineOf(row, known)).join('')
  }
}

/** Longer than any line of a table: a log can hold a megabyte. */
const LONGEST = 2000

function cellsOf({ event }: HeldEvent): string[] {
  return COLUMNS.map(({ cell }) => shownText(cell(event).slice(0, LONGEST)))
}

function widthsOf(cells: string[][], width: number): number[] {
  const widths = COLUMNS.map(({ name, most }, i) => {
    const widest = cells.reduce((held, row) => Math.max(held, textWidth(row[i] ?? '')), textWidth(name))
    return Math.min(widest, Math.max(most, textWidth(name)))
  })
  const fixed = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, 0)
  return [...widths.slice(0, -1), Math.max(LEAST, width - fixed)]
}

function lineOf(cells: string[], widths: number[]): string {
  return `${cells.map((cell, i) => fitted(cell, widths[i] ?? 0)).join(GAP).trimEnd()}\n`
}
