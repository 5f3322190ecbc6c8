import { copiesIn, rowsOf } from './known'
import type { ListRun, Page } from './list-run'
import { disagrees, listedTwice } from './notes'

/** Times that a second with more records than a page is read, and times without anything new after which that is all. */
const PASSES = 10
const ENOUGH = 3

export type Found = { keys: Set<string> } & ({ isWhole: true } | { isWhole: false; total: number; note: string })

type Pass = { total: number | undefined; rows: number; keys: Set<string>; isSteady: boolean; copies: number; rejected: number }

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
    if (pass.total !== undefined && pass.isSteady && pass.rejected === 0 && all.size === pass.total) return { keys: all, isWhole: true }
    idle = all.size === before ? idle + 1 : 0
  }
  return judged(last, all)
}

/** What is to be said where the last pass did not give all that it counted. */
function judged(last: Pass | null, keys: Set<string>): Found {
  if (last === null || (last.total === undefined && last.rejected === 0)) return { keys, isWhole: true }
  const { total = keys.size + last.rejected, rows, copies } = last
  const isTwice = copies > 0 && rows === total && keys.size + copies === total
  return { keys, isWhole: false, total, note: isTwice ? listedTwice(copies) : disagrees(total, keys.size) }
}

async function readPages(run: ListRun, ask: (page: number) => Promise<Page>): Promise<Pass> {
  const pass: Pass = { total: undefined, rows: 0, keys: new Set(), isSteady: true, copies: 0, rejected: 0 }
  for (let number = 1; ; number++) {
    const page = await ask(number)
    const before = pass.keys.size
    pass.isSteady &&= number === 1 || page.total === pass.total
    pass.total = page.total
    pass.rows += rowsOf(page)
    pass.rejected += page.rejected.length
    pass.copies += [...copiesIn(page).values()].reduce((sum, { times }) => sum + times, 0)
    for (const record of page.rows) pass.keys.add(record.key)
    run.keep(page)
    const isNew = pass.keys.size > before || page.rejected.length > 0
    if (rowsOf(page) === 0 || !isNew || (page.total !== undefined && pass.rows >= page.total)) return pass
  }
}
