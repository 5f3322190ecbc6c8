import type { BareEvent, EventTextColumn } from './columns'
import type { EncodedText } from './text-column'
import { narrow, type BuildHome } from './text-builder'

/** Columns whose values follow from the kind of record: few combinations of them occur. */
export const SHAPE_COLUMNS = ['category', 'action', 'actionRaw', 'outcome', 'outcomeBasis', 'severity', 'severityBasis'] as const
export type ShapeColumn = (typeof SHAPE_COLUMNS)[number]

export function isShapeColumn(column: EventTextColumn): column is ShapeColumn {
  return (SHAPE_COLUMNS as readonly EventTextColumn[]).includes(column)
}

type Shape = Pick<BareEvent, ShapeColumn> & { code: number }

const PLACES = 256

/** Collects those columns together, at the cost of one, row by row; gives them one by one and begins anew. */
export class ShapeBuilder {
  #shapes: Shape[] = []
  readonly #codeOf = new Map<string, number>()
  /** Shapes met lately, by `placeOf`. */
  #recent: (Shape | undefined)[] = Array.from({ length: PLACES })
  #codes = new Uint32Array(1024)

  /** Rows come in order, each with all of these columns. */
  add(row: number, event: BareEvent): void {
    if (row === this.#codes.length) {
      const larger = new Uint32Array(2 * row)
      larger.set(this.#codes)
      this.#codes = larger
    }
    const place = placeOf(event)
    let shape = this.#recent[place]
    if (shape === undefined || !isOf(shape, event)) this.#recent[place] = shape = this.#shapeOf(event)
    this.#codes[row] = shape.code
  }

  finish(column: ShapeColumn, { arrays, rows }: BuildHome): EncodedText {
    const values: string[] = []
    const codeOf = new Map<string, number>()
    const codes = Uint32Array.from(this.#shapes, (shape) => {
      const value = shape[column]
      const known = codeOf.get(value) ?? values.push(value)
      codeOf.set(value, known)
      return known
    })
    const [value] = values
    if (values.length === 1 && value !== undefined) return { form: 'same', value }
    const coded = narrow(new Uint32Array(rows), values.length)
    for (let row = 0; row < rows; row++) coded[row] = codes[this.#codes[row] ?? 0] ?? 0
    return { form: 'codes', values, codes: arrays.push(coded) - 1 }
  }

  clear(): void {
    this.#shapes = []
    this.#codeOf.clear()
    this.#recent = Array.from({ length: PLACES })
  }

  #shapeOf(event: BareEvent): Shape {
    const name = JSON.stringify(SHAPE_COLUMNS.map((column) => event[column]))
    const known = this.#shapes[this.#codeOf.get(name) ?? this.#shapes.length]
    if (known) return known
    const { category, action, actionRaw, outcome, outcomeBasis, severity, severityBasis } = event
    const shape = { category, action, actionRaw, outcome, outcomeBasis, severity, severityBasis, code: this.#shapes.length }
    this.#codeOf.set(name, shape.code)
    this.#shapes.push(shape)
    return shape
  }
}

function placeOf({ action, actionRaw, outcome }: BareEvent): number {
  return (action.length + 37 * actionRaw.length + 101 * outcome.length + 11 * actionRaw.charCodeAt(0)) % PLACES
}

function isOf(shape: Shape, event: BareEvent): boolean {
  return (
    shape.actionRaw === event.actionRaw &&
    shape.action === event.action &&
    shape.outcome === event.outcome &&
    shape.category === event.category &&
    shape.outcomeBasis === event.outcomeBasis &&
    shape.severity === event.severity &&
    shape.severityBasis === event.severityBasis
  )
}
