import type { Block } from './block'
import { EVENT_GROUPS, isCompanion, isZoneAssumed, PLAIN_COLUMNS, precisionOf } from './columns'
import type { NumberColumn } from './filter'
import type { TextValues } from './text-column'
import { joinPieces, objectOf, type Piece } from './text-pieces'

/** Codes that flags of records can have. */
const FLAGS = 64

/** The JSON of what a block says of its rows, made of its columns: what many rows share is written once. */
export type BlockJson = {
  /** `INSTANCE:STREAM:ID`, as it stands in a JSON string. */
  key(row: number): string
  /** Fields of `readEvent` from `timePrecision` to `repeat`, each after a comma. */
  fields(row: number): string
  attributes(row: number): string
}

export function blockJson(block: Block): BlockJson {
  const key = joinPieces([...(['instance', 'stream'] as const).map((column) => keyPiece(block.own(column), ':')), keyPiece(block.own('id'), '')])
  const fields = joinPieces([flagPiece(block), ...PLAIN_COLUMNS.flatMap((column) => textPiece(column, block.text(column))), ...groupPieces(block), ...numberPieces(block)])
  const attributes = joinPieces(namesInOrder(block.attributeNames).flatMap((name) => textPiece(name, block.attribute(name))))
  return {
    key: (row) => joined(key, row),
    fields: (row) => joined(fields, row),
    attributes: (row) => `{${objectOf(attributes, row)}}`,
  }
}

function joined(steps: readonly ((row: number) => string)[], row: number): string {
  let text = ''
  for (const step of steps) text += step(row)
  return text
}

function keyPiece(values: TextValues, end: string): Piece {
  // What is in neither of these forms is digits and a colon.
  const isDigest = values.same === null && values.coded === null && values.spans === null
  return { from: codesOf(values), text: (row) => (isDigest ? `${values.at(row)}` : inJson(`${values.at(row)}`)) + end }
}

/** A text as it stands between the quotes of a JSON string. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function flagPiece({ flags }: Block): Piece {
  const text = (row: number) => {
    const flag = flags[row] ?? 0
    const zone = isZoneAssumed(flag) ? ',"zoneAssumed":true' : ''
    return `,"timePrecision":"${precisionOf(flag)}"${zone}${isCompanion(flag) ? ',"companion":true' : ''}`
  }
  return { from: flags instanceof Uint8Array ? [{ codes: flags, count: FLAGS }] : null, text }
}

function textPiece(name: string, values: TextValues | null): Piece[] {
  if (!values) return []
  const before = `,${JSON.stringify(name)}:`
  const text = (row: number) => {
    const value = values.at(row)
    return value === undefined ? '' : before + JSON.stringify(value)
  }
  return [{ from: codesOf(values), text }]
}

function codesOf({ same, coded }: TextValues): Piece['from'] {
  if (same !== null) return []
  return coded ? [{ codes: coded.codes, count: coded.values.length + 1 }] : null
}

function groupPieces(block: Block): Piece[] {
  return EVENT_GROUPS.flatMap(({ name, fields }) => {
    const pieces = fields.flatMap((field) => ('number' in field ? numberPiece(block, field.field, field.number) : textPiece(field.field, block.text(field.text))))
    if (pieces.length === 0) return []
    const steps = pieces.map((piece) => (row: number) => piece.text(row))
    const text = (row: number) => {
      const group = objectOf(steps, row)
      return group === '' ? '' : `,"${name}":{${group}}`
    }
    const from = pieces.flatMap((piece) => piece.from ?? [])
    return [{ from: pieces.some((piece) => piece.from === null) ? null : from, text }]
  })
}

function numberPieces(block: Block): Piece[] {
  const repeats = block.number('repeat')
  const repeat: Piece = repeats
    ? { from: null, text: (row) => (repeats[row] === 1 ? ',"repeat":1' : `,"repeat":${numberJson(repeats[row]) ?? 1}`) }
    : { from: [], text: () => ',"repeat":1' }
  return [...numberPiece(block, 'exitCode', 'exitCode'), ...numberPiece(block, 'durationMs', 'durationMs'), repeat]
}

function numberPiece(block: Block, name: string, column: NumberColumn): Piece[] {
  const values = block.number(column)
  if (!values) return []
  const text = (row: number) => {
    const json = numberJson(values[row])
    return json === null ? '' : `,"${name}":${json}`
  }
  return [{ from: null, text }]
}

/** Null where there is none. */
function numberJson(value: number | undefined): string | null {
  return value === undefined || Number.isNaN(value) ? null : JSON.stringify(value)
}

/** In the order in which an object has its fields: names that are whole numbers come first. */
function namesInOrder(names: readonly string[]): string[] {
  const object = {}
  for (const name of names) Object.defineProperty(object, name, { value: 0, enumerable: true })
  return Object.keys(object)
}
