import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWritable } from '../../../../src/backend/store'
import { syncServers } from '../../../../src/backend/sync'
import { DIALECTS, startSample, type Dialect, type RunningSample } from '../../../../src/sample'
import { testPorts } from '../../../ports'
import { Random } from '../../random'
import { buildPrograms } from '../../../build-programs'
import { difference, falselyComplete, given, SAMPLE_NOW } from './a-sync'

const SEED = 20_260_207
/** In each case: so many times by a signal at any moment, and so many inside a write. */
const [BY_SIGNAL, BY_WRITE] = [13, 12]
const AT_ONCE = 2
/** Life on the server between the sync before and the one that is killed. */
const AWAY_MS = 3 * 86_400_000
const SAME = { missing: [], other: [], gone: [] }

type Run = { signal: string | null; writes: number; took: number }
type Moment = { killAfter?: number; write?: number }
type Served = { sample: RunningSample; dialect: Dialect; clock: () => number }

const home = mkdtempSync(join(tmpdir(), 'recount-kill-sync-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
let built: Awaited<ReturnType<typeof buildPrograms>>
afterAll(() => built.remove())

beforeAll(async () => {
  built = await buildPrograms({
    child: 'test/backend/sync/server/sync-child.ts',
    // With the thread that reads pages beside it, as in the program.
    'body-reader': 'src/backend/sync/server/body-reader.ts',
  })
}, 60_000)

/** The same server at each call. `ago`: as it was then. */
async function serve(dialect: Dialect, ago = 0): Promise<Served> {
  const now = SAMPLE_NOW - ago
  const sample = await startSample({ events: 600, machines: 8, seed: 7, dialect, now, origin: SAMPLE_NOW - AWAY_MS })
  const began = performance.now()
  return { sample, dialect, clock: () => now + performance.now() - began }
}

/** Syncs in a process of its own; after `killAfter` milliseconds of it being at work it is killed. */
async function run(folder: string, { sample, dialect }: Served, moment: Moment = {}): Promise<Run> {
  const write = moment.write === undefined ? [] : [`write:${moment.write}`]
  const args = [join(built.folder, 'child.js'), folder, sample.url, dialect, String(SAMPLE_NOW), ...write]
  const env = { ...process.env, TOKEN: sample.tokens.super_admin }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let began = 0
  void once(child.stdout, 'data').then(() => {
    began = performance.now()
    if (moment.killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), moment.killAfter)
  })
  const ended = once(child, 'close') as Promise<[number | null, string | null]>
  const [out, errors, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the child failed: ${errors}`)
  const { writes } = signal === null ? (JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { writes: number }) : { writes: 0 }
  return { signal, writes, took: performance.now() - began }
}

/** Opens what a killed process left, syncs once more and compares; answers whether the journal was torn. */
async function mend(folder: string, { sample, dialect, clock }: Served, hint: string): Promise<boolean> {
  const store = await openWritable({ folder, now: () => SAMPLE_NOW })
  try {
    const token = sample.tokens.super_admin
    const isTorn = store.state().recovered.length > 0
    const server = { url: sample.url, dialect, account: {}, signIn: { by: 'token' as const, tokenEnv: 'TOKEN' }, paused: false }
    store.note({ connection: 'acme', kind: 'webxterm', server })
    const [until, before] = [clock(), given(sample.lists(token))]
    const [job] = await syncServers({ store, ports: testPorts({ env: { TOKEN: token } }), version: '0.0.0' }, { connection: 'acme' })
    expect(job, hint).toMatchObject({ state: 'done', fault: null })
    const { other, ...found } = difference({ store, sample, token }, until)
    // A session that goes on may change while it is compared.
    const now = given(sample.lists(token))
    const stale = other.filter((name) => before.get(name) === now.get(name))
    expect({ ...found, other: stale, falselyComplete: falselyComplete({ store, sample, token }) }, hint).toEqual({ ...SAME, falselyComplete: [] })
    return isTorn
  } finally {
    store.close()
  }
}

const CASES = DIALECTS.flatMap((dialect) => [{ dialect, which: 'first' as const }, { dialect, which: 'later' as const }])

test.each(CASES)(`killed at ${BY_SIGNAL + BY_WRITE} moments of the $which sync of a server that speaks $dialect, one more gives all of it`, async ({ dialect, which }) => {
  const name = `${dialect}-${which}`
  const [before, undisturbed] = [join(home, `${name}-before`), join(home, `${name}-undisturbed`)]
  if (which === 'later') {
    const then = await serve(dialect, AWAY_MS)
    await run(before, then)
    await then.sample.close()
  }
  const begin = (folder: string) => {
    if (which === 'later') cpSync(before, folder, { recursive: true })
  }
  const whole = await serve(dialect)
  begin(undisturbed)
  const { writes, took } = await run(undisturbed, whole)
  await whole.sample.close()

  const random = new Random(SEED)
  const moments: Moment[] = [
    ...Array.from({ length: BY_SIGNAL }, () => ({ killAfter: random.int(took) })),
    ...Array.from({ length: BY_WRITE }, (_, i) => ({ write: 1 + Math.floor(((i + random.int(1000) / 1000) / BY_WRITE) * writes) })),
  ]
  let [killed, torn] = [0, 0]
  const tried = async (index: number): Promise<void> => {
    const moment = moments[index]
    if (!moment) return
    const folder = join(home, `${name}-${index}`)
    begin(folder)
    const served = await serve(dialect)
    const { signal } = await run(folder, served, moment)
    if (signal === 'SIGKILL') killed++
    if (await mend(folder, served, `moment ${index}: ${JSON.stringify(moment)}`)) torn++
    await served.sample.close()
    rmSync(folder, { recursive: true })
    await tried(index + AT_ONCE)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => tried(lane)))
  console.log(`kill -9, ${name}: seed ${SEED}, ${writes} writes in ${Math.round(took)} ms; ${killed} of ${moments.length} killed before their end, ${torn} left a torn tail`)
  // Those inside a write always are.
  expect(killed).toBeGreaterThanOrEqual(BY_WRITE)
  expect(torn).toBeGreaterThan(0)
}, 300_000)
