import { addCopies, copiesIn, rowsOf, timesMore, type Copies } from './known'
import type { ListRun, Page } from './list-run'
import { disagrees, listedTwice } from './notes'

/** Times that a second with more records than a page is read, and times without anything new after which that is all. */
const PASSES = 10
const ENOUGH = 3

/** `isAll`: what has another key is not there any more. `lack`: why the server counts other than that; null where it does not. */
export type Found = { keys: Set<string>; isAll: boolean; lack: { total: number; note: string } | null }

/** What one reading of all pages gave; `copies`: those that a page holds more than once, and how often more. */
type Pass = { total: number | undefined; rows: number; keys: Set<string>; isSteady: boolean; copies: Copies; rejected: number }

/** A second that pages do not part, in an order that may change with each request: read until all was given. */
export async function readSecond(run: ListRun, ask: (page: number) => Promise<Page>): Promise<Found> {
  let all = new Set<string>()
  let last: Pass | null = null
  for (let times = 1, idle = 0; times <= PASSES && idle < ENOUGH; times++) {
    const pass = await readPages(run, ask)
    // One that left between two passes must not stand for one that was never given.
    if (last && pass.total !== last.total) all = new Set()
    const before = all.size
    for (const key of pass.keys) all.add(key)
    last = pass
    const { total, isSteady, rejected } = pass
    const copies = timesMore(pass.copies)
    if (total !== undefined && isSteady && rejected === 0 && all.size + copies === total) {
      return { keys: all, isAll: true, lack: copies > 0 ? { total, note: listedTwice(copies) } : null }
    }
    idle = all.size === before ? idle + 1 : 0
  }
  return judged(last, all)
}

/** What is to be said where no pass gave all that it counted. */
function judged(last: Pass | null, keys: Set<string>): Found {
  if (last === null || (last.total === undefined && last.rejected === 0)) return { keys, isAll: true, lack: null }
  const { total = keys.size + last.rejected } = last
  return { keys, isAll: false, lack: { total, note: disagrees(total, keys.size) } }
}

async function readPages(run: ListRun, ask: (page: number) => Promise<Page>): Promise<Pass> {
  const pass: Pass = { total: undefined, rows: 0, keys: new Set(), isSteady: true, copies: new Map(), rejected: 0 }
  for (let number = 1; ; number++) {
    const page = await ask(number)
    const before = pass.keys.size
    pass.isSteady &&= number === 1 || page.total === pass.total
    pass.total = page.total
    pass.rows += rowsOf(page)
    pass.rejected += page.rejected.length
    addCopies(pass.copies, copiesIn(page))
    for (const record of page.rows) pass.keys.add(record.key)
    run.keep(page)
    const isNew = pass.keys.size > before || page.rejected.length > 0
    if (rowsOf(page) === 0 || !isNew || (page.total !== undefined && pass.rows >= page.total)) return pass
  }
}
