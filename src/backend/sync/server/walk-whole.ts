import { ServerFault } from '../../source'
import { Allowance, FallBack } from './fall-back'
import { coverFresh, keysOf, rowsOf, vanishBut } from './known'
import type { ListRun, Page } from './list-run'
import { disagrees, tailOnly, unreadable } from './notes'

/** What the pages of a list said together. */
export type All = { keys: Set<string>; total: number | undefined; rejected: number; pages: number; isSteady: boolean; isEnded: boolean }

/** Reads a list that is given whole, or in an order that nothing can be built on. */
export async function syncWhole(run: ListRun): Promise<void> {
  const { stream } = run.result
  const { keys, total, rejected, isSteady, isEnded } = await readAll(run)
  const wanted = { from: run.from, to: run.to }
  if (run.options.range === null) run.result.serverTotal = total ?? keys.size + rejected
  coverFresh(run)
  if (rejected > 0 || !isEnded || (total !== undefined && (total !== keys.size || !isSteady))) {
    const serverTotal = total ?? keys.size + rejected
    const note = rejected > 0 && serverTotal === keys.size + rejected ? unreadable(rejected) : disagrees(serverTotal, keys.size)
    run.cover({ stream, ...wanted, state: 'partial', serverTotal, note, overrule: true })
    return
  }
  const { lacks } = run.options.list
  if (lacks !== undefined) {
    // What it does not give may well be there. What was once proven stays.
    run.note = lacks
    run.cover({ stream, ...wanted, state: 'partial', note: lacks })
    return
  }
  vanishBut(run, { from: run.from, to: Infinity }, keys)
  run.cover({ stream, ...wanted, state: 'complete', serverTotal: run.held(wanted) })
}

/** Reads page after page while there is anything new; of a list in parts, one part. */
export async function readAll(run: ListRun, part?: string): Promise<All> {
  const { list } = run.options
  const allowance = new Allowance(run)
  const all: All = { keys: new Set(), total: undefined, rejected: 0, pages: 0, isSteady: true, isEnded: true }
  let limit = list.pageSize
  let rows = 0
  for (let number = 1; ; number++) {
    const page = await run.fetch({ page: number, limit, ...(part === undefined ? {} : { part }) })
    const before = all.keys.size + all.rejected
    if (number === 1) {
      if (page.limit) limit = page.limit
      run.expect(page.total ?? page.rows.length, limit)
    }
    all.isSteady &&= number === 1 || page.total === all.total
    all.total = page.total
    all.pages = number
    all.rejected += page.rejected.length
    for (const key of keysOf(page)) all.keys.add(key)
    rows += rowsOf(page)
    run.keep(page)
    if (rowsOf(page) === 0 || (page.total !== undefined && rows >= page.total)) return all
    // One answer is all that such a list has.
    if (list.style === 'whole' && page.total === undefined) return all
    if (all.keys.size + all.rejected === before || !isAllowed(allowance, limit)) return { ...all, isEnded: page.total === undefined }
  }
}

function isAllowed(allowance: Allowance, limit: number): boolean {
  try {
    allowance.spend(limit)
    return true
  } catch (error) {
    if (error instanceof FallBack) return false
    throw error
  }
}

/** Reads a list of which the server gives only the newest so many, and says where that leaves a hole. */
export async function syncTail(run: ListRun): Promise<void> {
  const { list } = run.options
  const { stream } = run.result
  if (list.tail === undefined) throw new ServerFault({ code: 'bad-answer', message: `${list.label} states no length.` })
  const page = await run.fetch({ page: 1, limit: list.pageSize })
  const before = run.ledger({ from: run.from, to: Infinity })
  const oldestGiven = page.rows.reduce((oldest, { time }) => Math.min(oldest, time), Infinity)
  const given = keysOf(page)
  const shares = run.keys({ from: oldestGiven, to: Infinity }).some(({ key }) => given.has(key))
  const isRead = page.rejected.length === 0
  run.toSee += page.rows.length
  run.keep(page)
  coverFresh(run)
  const settled = { from: run.from, to: run.to }
  if (!isCut(page, list.tail)) {
    const rows = rowsOf(page)
    if (run.options.range === null) run.result.serverTotal = rows
    if (isRead) {
      vanishBut(run, { from: run.from, to: Infinity }, given)
      run.cover({ stream, ...settled, state: 'complete', serverTotal: run.held(settled) })
    } else run.cover({ stream, ...settled, state: 'partial', serverTotal: rows, note: unreadable(page.rejected.length), overrule: true })
    return
  }
  // Nothing that was pushed out of the tail is taken for gone.
  if (isRead) vanishBut(run, { from: Math.max(run.from, oldestGiven + 1), to: Infinity }, given)
  const oldest = Math.max(settled.from, Math.min(settled.to, oldestGiven + 1))
  const top = Math.max(settled.from, ...before.filter(({ state }) => state === 'complete').map(({ to }) => to))
  if (isRead) run.cover({ stream, from: oldest, to: settled.to, state: 'complete' })
  else run.cover({ stream, from: oldest, to: settled.to, state: 'partial', note: unreadable(page.rejected.length), overrule: true })
  // Where both share records only the lag of the look before stands between them, and the ledger says so already.
  if (top < oldest && !(shares && top > settled.from)) {
    run.cover({ stream, from: top, to: oldest, state: 'unknown', note: tailOnly(list.tail, top > settled.from) })
  }
}

/** Whether there may be more than was given. */
function isCut(page: Page, tail: number): boolean {
  const rows = rowsOf(page)
  return rows >= tail || (page.total ?? 0) > rows || (page.limit !== undefined && page.limit > 0 && rows >= page.limit)
}
