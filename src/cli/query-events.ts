import { eventJson, exportPieces } from '../backend/report'
import { harmlessJson, writeAll } from './io'
import type { Asked } from './query'
import { eventTable } from './table'

type How = { format: 'jsonl' | 'csv' | 'table'; limit?: number }

/** Few at a time, because a record can be a megabyte. */
const PAGE = 100

export async function printEvents(asked: Asked, how: How): Promise<void> {
  await writeAll(asked.line.io, piecesOf(asked, how))
}

function piecesOf({ store, view, line }: Asked, how: How): Iterable<string> {
  if (how.format === 'csv') {
    return exportPieces(store, view, { format: 'csv', ...(how.limit === undefined ? {} : { limit: how.limit }) })
  }
  const rows = Math.min(store.count(view).rows, how.limit ?? Number.POSITIVE_INFINITY)
  if (how.format === 'table') return eventTable(store, { view, rows, width: widthOf(line.io) })
  return jsonLines({ store, view }, rows)
}

function* jsonLines({ store, view }: Pick<Asked, 'store' | 'view'>, rows: number): Generator<string> {
  for (let at = 0; at < rows; at += PAGE) {
    for (const record of store.records(view, at, Math.min(PAGE, rows - at))) {
      yield `${harmlessJson(eventJson(record))}\n`
    }
  }
}

/** Columns of the terminal, or enough for reading where there is none. */
function widthOf({ stdout, env }: Asked['line']['io']): number {
  const named = Number(env['COLUMNS'])
  return stdout.columns ?? (Number.isInteger(named) && named > 0 ? named : 160)
}
