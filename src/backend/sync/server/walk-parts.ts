import { ServerFault } from '../../source'
import { coverFresh, vanishBut } from './known'
import type { ListRun } from './list-run'
import { disagrees, MOVING, unlisted, unreadable } from './notes'
import { readAll, type All } from './walk-whole'

// Reading a list that comes in several, each of records in one state. A record moves from one to another while they are
// read, but only to those that are read later: so none is missed, and what was read last of it is its newest state.

/** Times that a part is read whose count moves meanwhile. */
const PASSES = 3

/** Null: the server has no such part. */
type Part = { name: string; all: All | null }

export async function syncParts(run: ListRun): Promise<void> {
  const parts: Part[] = []
  for (const name of run.options.list.parts ?? []) parts.push(await readPart(run, name, parts.length > 0))
  const read = parts.flatMap(({ all }) => all ?? [])
  const keys = new Set(read.flatMap((all) => [...all.keys]))
  const { stream } = run.result
  const wanted = { from: run.from, to: run.to }
  const lack = lackOf(parts)
  const serverTotal = lack === null ? keys.size : read.reduce((sum, all) => sum + totalOf(all), 0)
  if (run.options.range === null) run.result.serverTotal = serverTotal
  coverFresh(run)
  if (lack === null) {
    vanishBut(run, { from: run.from, to: Infinity }, keys)
    run.cover({ stream, ...wanted, state: 'complete', serverTotal: run.held(wanted) })
  } else run.cover({ stream, ...wanted, state: 'partial', serverTotal, note: lack, overrule: true })
}

async function readPart(run: ListRun, name: string, mayLack: boolean): Promise<Part> {
  try {
    let all = await readAll(run, name)
    for (let pass = 2; pass <= PASSES && all.rejected === 0 && !isWhole(all); pass++) all = joined(all, await readAll(run, name))
    return { name, all }
  } catch (error) {
    // An older server knows fewer states; the first one it knows, or it has no such list at all.
    if (mayLack && error instanceof ServerFault && (error.status === 400 || error.status === 404)) return { name, all: null }
    throw error
  }
}

/** The later look says how much there is. */
function joined(before: All, after: All): All {
  return isWhole(after) ? after : { ...after, keys: new Set([...before.keys, ...after.keys]) }
}

function isWhole({ keys, total, rejected, isSteady, isEnded }: All): boolean {
  return rejected === 0 && isEnded && (total === undefined || (isSteady && total === keys.size))
}

function totalOf({ keys, total, rejected }: All): number {
  return total ?? keys.size + rejected
}

/** What is missing, in words; null where nothing is. */
function lackOf(parts: readonly Part[]): string | null {
  const missing = parts.flatMap(({ name, all }) => (all === null ? [name] : []))
  if (missing.length > 0) return unlisted(missing)
  const read = parts.flatMap(({ all }) => all ?? [])
  const rejected = read.reduce((sum, all) => sum + all.rejected, 0)
  if (rejected > 0) return unreadable(rejected)
  const off = read.filter((all) => !isWhole(all))
  if (off.length === 0) return isMoving(read) ? MOVING : null
  const given = off.reduce((sum, { keys }) => sum + keys.size, 0)
  return disagrees(off.reduce((sum, all) => sum + totalOf(all), 0), given)
}

/** A record that leaves a part between two of its pages pulls another across their edge, and is found again in a later part. */
function isMoving(read: readonly All[]): boolean {
  return read.some(({ keys, pages }, at) => pages > 1 && read.slice(at + 1).some((later) => [...later.keys].some((key) => keys.has(key))))
}
