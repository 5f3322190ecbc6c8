import { FIELD_COLUMNS } from '../backend/query'
import type { ReadableStore, StoreView, Tally } from '../backend/store'
import { TEXT_FIELDS, type TextField } from '../language'
import { jsonLine, writeAll } from './io'
import type { Asked } from './asked'
import { UsageError } from './usage-error'

type CountBy = (store: ReadableStore, view: StoreView, limit?: number) => Tally

/** `text` looks at every text there is: it has no one value to count. */
const FIELDS = TEXT_FIELDS.filter((field): field is Exclude<TextField, 'text'> => field !== 'text')

/** How to count by a field of the query language. Throws `UsageError` for one that has no single text. */
export function tallyOf(name: string): CountBy {
  const lower = name.toLowerCase()
  if (lower.startsWith('field.') && lower !== 'field.') {
    return (store, view, limit) => store.tallyAttribute(view, name.slice('field.'.length), limit)
  }
  const field = FIELDS.find((known) => known === lower)
  if (field === undefined) {
    throw new UsageError(`--by takes no «${name}». It takes ${FIELDS.join(', ')} and field.NAME.`)
  }
  return (store, view, limit) => store.tally(view, FIELD_COLUMNS[field], limit)
}

export async function printBy({ line, store, view }: Asked, tally: CountBy, limit?: number): Promise<void> {
  const { values } = tally(store, view, limit)
  await writeAll(line.io, values.map(({ value, rows, count }) => jsonLine({ value, rows, count })))
}
