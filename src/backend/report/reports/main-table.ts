import type { Cell, Column, Table } from '../document'

/** The table that a report is about, of units that can be sampled: a unit has a name that stays and one row or more. */
export type MainTable = {
  name: string
  title: string
  columns: readonly Column[]
  none: string
  units: number
  /** Rows of all units. */
  total: number
  names: () => Iterable<string>
  /** Rows of the units of those numbers, ascending; of all where none are given. */
  rows: (numbers: readonly number[] | null) => Iterable<readonly Cell[]>
  /** How many rows those units have. */
  count: (numbers: readonly number[]) => number
  /** Lines of JSON of those units, where they are more than the table shows. */
  lines?: (numbers: readonly number[] | null) => Iterable<string>
}

export type Section = { table: Table; text?: string }

/** A main table of things that are at hand, one row each. */
export function listTable<T>(
  about: Pick<MainTable, 'name' | 'title' | 'columns' | 'none'>,
  items: readonly T[],
  { nameOf, cells }: { nameOf: (item: T) => string; cells: (item: T) => readonly Cell[] },
): MainTable {
  return {
    ...about,
    units: items.length,
    total: items.length,
    names: () => items.map(nameOf),
    *rows(numbers) {
      if (numbers === null) for (const item of items) yield cells(item)
      else {
        for (const number of numbers) {
          const item = items[number]
          if (item !== undefined) yield cells(item)
        }
      }
    },
    count: (numbers) => numbers.length,
  }
}

/** The table as it is printed: all of it, or the units that were chosen. */
export function printedTable({ name, title, columns, none, rows, total, count }: MainTable, chosen: readonly number[] | null): Table {
  return { name, title, columns, none, total: chosen ? count(chosen) : total, rows: () => rows(chosen) }
}
