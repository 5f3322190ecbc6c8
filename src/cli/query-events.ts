import { exportLines } from '../backend/report'
import { harmlessJson, writeAll } from './io'
import type { Asked } from './asked'
import { eventTable } from './table'

type How = { format: 'jsonl' | 'csv' | 'table'; limit?: number }

export async function printEvents(asked: Asked, how: How): Promise<void> {
  await writeAll(asked.line.io, piecesOf(asked, how))
}

function* piecesOf({ store, view, line }: Asked, { format, limit }: How): Iterable<string> {
  const most = limit === undefined ? {} : { limit }
  if (format === 'csv') {
    yield* exportLines(store, view, { format, ...most })
  } else if (format === 'table') {
    const rows = Math.min(store.length(view), limit ?? Number.POSITIVE_INFINITY)
    yield* eventTable(store, { view, rows, width: widthOf(line.io) })
  } else {
    for (const text of exportLines(store, view, { format, ...most })) yield harmlessJson(text)
  }
}

/** Columns of the terminal, or enough for reading where there is none. */
function widthOf({ stdout, env }: Asked['line']['io']): number {
  const named = Number(env['COLUMNS'])
  return stdout.columns ?? (Number.isInteger(named) && named > 0 ? named : 160)
}
