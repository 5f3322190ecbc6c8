import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPrograms } from '../../build-programs'
import { tempFolder } from '../temp-folder'
import { aRoom, reopened } from './a-room'
import { act, ACTS, writtenBy } from './some-writing'

/** How many times it is killed, spread over all of its writes; RECOUNT_KILLS=100 for more. */
const KILLS = Number(process.env['RECOUNT_KILLS'] ?? 12)

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ child: 'test/backend/notebook/writing-child.ts' })
}, 60_000)
afterAll(() => built.remove())

function child(folder: string, moment = 0): { signal: string | null; lines: string[] } {
  const { signal, stdout, stderr, status } = spawnSync(process.execPath, [join(built.folder, 'child.js'), folder, String(moment)], { encoding: 'utf8' })
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(`the child failed: ${stderr}`)
  return { signal, lines: stdout.trimEnd().split('\n').filter((line) => line !== '') }
}

test('killed in any write, everything acknowledged is there and at most the act under way beside it', () => {
  /** What is written after each act, when nothing disturbs. */
  const after: unknown[] = [{ notebooks: [], subjects: [], cited: [] }]
  const quiet = aRoom(tempFolder(), { now: () => 0 })
  for (let at = 0; at < ACTS; at++) {
    act(quiet, at)
    after.push(writtenBy(quiet))
  }
  const writes = Number(child(tempFolder()).lines.at(-1))
  expect(writes).toBeGreaterThan(ACTS)
  const moments = new Set(Array.from({ length: KILLS }, (_, at) => 1 + Math.floor((at * writes) / KILLS)))
  for (const moment of moments) {
    const folder = tempFolder()
    const { signal, lines } = child(folder, moment)
    expect(signal).toBe('SIGKILL')
    const room = aRoom(folder, { now: () => 0 })
    const [acknowledged, underWay] = [after[lines.length], after[lines.length + 1]]
    expect([acknowledged, underWay], `killed in write ${moment} after ${lines.length} acts`).toContainEqual(writtenBy(room))
    expect(room.files.names().filter((name) => !name.endsWith('.jsonl'))).toEqual([])
    // It is gone on with, undo and all.
    const did = JSON.stringify(writtenBy(room)) === JSON.stringify(acknowledged) ? lines.length : lines.length + 1
    for (let at = did; at < ACTS; at++) act(room, at)
    const again = reopened(room, folder, { now: () => 0 })
    expect(again.recovered()).toEqual([])
    if (writesSomething(did)) expect(writtenBy(again), `gone on after write ${moment}`).toEqual(after.at(-1))
  }
}, 300_000)

/** Of an undo it cannot be told from what is there whether it was done, so that it may be done twice. */
function writesSomething(next: number): boolean {
  return next % 8 !== 0 && next % 8 !== 1
}
