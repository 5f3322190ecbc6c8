import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../random'
import { log, sshdLines } from './an-import'
import { buildPrograms } from '../../build-programs'

const SEED = 20_260_206
/** So many times by a signal at any moment, and so many inside a write. */
const [BY_SIGNAL, BY_WRITE] = [30, 20]
const LINES = 20_000
const AT_ONCE = 2

type Digest = { writes: number; rows: number; records: string; recovered: number; whole: unknown }

const home = mkdtempSync(join(tmpdir(), 'recount-kill-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const auth = join(home, 'auth.log')
let built: Awaited<ReturnType<typeof buildPrograms>>
afterAll(() => built.remove())

beforeAll(async () => {
  writeFileSync(auth, log(sshdLines(0, LINES)))
  // With the thread that reads beside it, as in the program.
  built = await buildPrograms({
    child: 'test/backend/sync/import-child.ts',
    'import-reader': 'src/backend/sync/import/import-reader.ts',
  })
}, 60_000)

/** Runs the child; after `killAfter` milliseconds of it being at work it is killed. */
async function run(folder: string, moment: { killAfter?: number; write?: number } = {}): Promise<{ signal: string | null; digest: Digest | null }> {
  const started = spawn(process.execPath, [join(built.folder, 'child.js'), folder, auth, moment.write === undefined ? '' : `write:${moment.write}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (moment.killAfter !== undefined) {
    void once(started.stdout, 'data').then(() => setTimeout(() => started.kill('SIGKILL'), moment.killAfter))
  }
  const [out, errors, [code, signal]] = await Promise.all([text(started.stdout), text(started.stderr), once(started, 'close') as Promise<[number | null, string | null]>])
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the child failed: ${errors}`)
  const last = out.trimEnd().split('\n').at(-1) ?? ''
  return { signal, digest: last.startsWith('{') ? (JSON.parse(last) as Digest) : null }
}

test(`killed at ${BY_SIGNAL + BY_WRITE} moments of an import, a restart and a second import give the cache of an undisturbed one`, async () => {
  const began = performance.now()
  const undisturbed = (await run(join(home, 'undisturbed'))).digest
  const took = performance.now() - began
  if (!undisturbed) throw new Error('the undisturbed import printed nothing')
  expect(undisturbed.rows).toBe(LINES)

  console.log(`kill -9: seed ${SEED}, ${undisturbed.writes} writes in an undisturbed import`)
  const random = new Random(SEED)
  // From before the workspace is there to after the last record.
  const moments = [
    ...Array.from({ length: BY_SIGNAL }, () => ({ killAfter: random.int(took) })),
    ...Array.from({ length: BY_WRITE }, (_, i) => ({ write: 1 + Math.floor(((i + random.int(1000) / 1000) / BY_WRITE) * undisturbed.writes) })),
  ]
  let [killed, torn] = [0, 0]
  const { writes, recovered, ...expected } = undisturbed
  const tried = async (index: number): Promise<void> => {
    const moment = moments[index]
    if (!moment) return
    const folder = join(home, `workspace-${index}`)
    const { signal } = await run(folder, moment)
    if (signal === 'SIGKILL') killed++
    const { digest } = await run(folder)
    if (digest?.recovered) torn++
    expect({ ...digest, writes, recovered }, `moment ${index}: ${JSON.stringify(moment)}`).toEqual({ ...expected, writes, recovered })
    rmSync(folder, { recursive: true })
    await tried(index + AT_ONCE)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => tried(lane)))
  console.log(`kill -9: ${killed} of ${moments.length} were killed before their end, ${torn} left a torn tail`)
  // Those inside a write always are.
  expect(killed).toBeGreaterThanOrEqual(BY_WRITE)
  expect(torn).toBeGreaterThan(0)
}, 600_000)
