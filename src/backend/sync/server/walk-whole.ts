import { ServerFault } from '../../source'
import type { ListRun } from './list-run'
import { disagrees, FRESH, tailOnly } from './notes'

/** Reads a list that is given whole, or in an order that nothing can be built on. */
export async function syncWhole(run: ListRun): Promise<void> {
  const { stream } = run.result
  const { keys, total, steady } = await readAll(run)
  const wanted = { from: run.from, to: run.to }
  if (run.options.range === null) run.result.serverTotal = total ?? keys.size
  coverFresh(run)
  if (total !== undefined && (total !== keys.size || !steady)) {
    const note = disagrees(total, keys.size)
    run.cover({ stream, ...wanted, state: 'partial', serverTotal: total, note, overrule: true })
    return
  }
  run.vanish(run.keys({ from: run.from, to: Infinity }).flatMap(({ key }) => (keys.has(key) ? [] : [key])))
  run.cover({ stream, ...wanted, state: 'complete', serverTotal: run.held(wanted) })
}

/** Reads page after page; without a total there is one. */
async function readAll(run: ListRun): Promise<{ keys: Set<string>; total: number | undefined; steady: boolean }> {
  const keys = new Set<string>()
  let limit = run.options.list.pageSize
  let rows = 0
  let steady = true
  let total: number | undefined
  for (let number = 1; ; number++) {
    const page = await run.fetch({ page: number, limit })
    if (page.limit !== undefined && page.limit > 0) limit = page.limit
    steady &&= number === 1 || page.total === total
    total = page.total
    if (number === 1) run.toSee += total ?? page.records.length
    run.keep(page)
    for (const record of page.records) keys.add(run.keyOf(record))
    rows += page.records.length + page.rejected.length
    if (page.records.length === 0 || total === undefined || rows >= total) return { keys, total, steady }
  }
}

/** Reads a list of which the server gives only the newest so many, and says where that leaves a hole. */
export async function syncTail(run: ListRun): Promise<void> {
  const { list } = run.options
  const { stream } = run.result
  if (list.tail === undefined) throw new ServerFault({ code: 'bad-answer', message: `${list.label} states no length.` })
  const page = await run.fetch({ page: 1, limit: list.pageSize })
  const before = run.ledger({ from: run.from, to: Infinity })
  const oldestGiven = oldestOf(page.records.map(({ event }) => event.time))
  const held = new Set(run.keys({ from: oldestGiven, to: Infinity }).map(({ key }) => key))
  const shares = page.records.some((record) => held.has(run.keyOf(record)))
  run.toSee += page.records.length
  run.keep(page)
  coverFresh(run)
  const settled = { from: run.from, to: run.to }
  if (page.records.length + page.rejected.length < list.tail) {
    if (run.options.range === null) run.result.serverTotal = page.records.length
    run.vanish(missing(run, { from: run.from, to: Infinity }, page.records))
    run.cover({ stream, ...settled, state: 'complete', serverTotal: run.held(settled) })
    return
  }
  const oldest = Math.max(settled.from, Math.min(settled.to, oldestGiven + 1))
  run.vanish(missing(run, { from: oldest, to: Infinity }, page.records))
  const top = Math.max(settled.from, ...before.filter(({ state }) => state === 'complete').map(({ to }) => to))
  run.cover({ stream, from: oldest, to: settled.to, state: 'complete' })
  // Where both share records only the lag of the look before stands between them, and the ledger says so already.
  if (top < oldest && !(shares && top > settled.from)) {
    run.cover({ stream, from: top, to: oldest, state: 'unknown', note: tailOnly(list.tail, top > settled.from) })
  }
}

function missing(run: ListRun, range: { from: number; to: number }, records: { instance: string; id: string }[]): string[] {
  const given = new Set(records.map((record) => run.keyOf(record)))
  return run.keys(range).flatMap(({ key }) => (given.has(key) ? [] : [key]))
}

function oldestOf(times: number[]): number {
  return times.reduce((oldest, time) => Math.min(oldest, time), Infinity)
}

/** The ledger never calls complete what is younger than the lag. */
export function coverFresh(run: ListRun): void {
  const from = Math.max(run.from, run.settled)
  const to = Math.min(run.options.range?.to ?? Infinity, run.asOf)
  run.cover({ stream: run.result.stream, from, to, state: 'unknown', note: FRESH })
}
