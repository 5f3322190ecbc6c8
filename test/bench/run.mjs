import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchCharts } from './charts.mjs'
import { benchDetect } from './detect.mjs'
import { benchExport } from './export.mjs'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { asker, fillDatabase } from './native.mjs'
import { QUERIES } from './queries.mjs'
import { benchReplay } from './replay.mjs'
import { benchSeal } from './seal.mjs'
import { benchSync } from './sync.mjs'
import { head, load, median, row } from './table.mjs'

const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
const ROUNDS = Number(process.env.RECOUNT_BENCH_ROUNDS ?? 3)
const QUERY_ROUNDS = 9
/** Several processes share the cores in a sync: three rounds alone can be a tenth beside the middle of many. */
const SYNC_ROUNDS = 3 * ROUNDS

const PARTS = {
  log: benchLog,
  sync: () => benchSync({ folder, rounds: SYNC_ROUNDS }),
  replay: () => benchReplay({ folder, rounds: ROUNDS }),
  detect: () => benchDetect({ folder, rounds: ROUNDS }),
  export: () => benchExport({ folder, rounds: ROUNDS }),
  charts: () => benchCharts({ folder }),
  seal: () => benchSeal({ folder, rounds: ROUNDS }),
}
/** `npm run bench -- replay` measures that alone. */
const asked = process.argv.slice(2)
const unknown = asked.find((part) => !Object.hasOwn(PARTS, part))
if (unknown !== undefined) throw new Error(`there is no ${unknown}; there are: ${Object.keys(PARTS).join(', ')}`)

const folder = mkdtempSync(join(tmpdir(), 'recount-bench-'))
try {
  await bench()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench() {
  console.log(`${cpus().length} x ${cpus()[0]?.model}; Node ${process.version}; load at the start ${load()}; medians of ${ROUNDS} alternating rounds`)
  for (const part of asked.length > 0 ? asked : Object.keys(PARTS)) await PARTS[part]()
  console.log(`\nload at the end ${load()}`)
}

async function benchLog() {
  const log = join(folder, 'auth.log')
  const file = openSync(log, 'w')
  for (const block of logLines(LINES)) writeSync(file, block)
  closeSync(file)
  console.log(`${LINES} lines, ${(statSync(log).size / 1e6).toFixed(0)} MB; each measurement in a process of its own`)
  const workspace = await readings(log)
  await questions(workspace)
}

async function readings(log) {
  const times = { plain: [], first: [], again: [], start: [] }
  let workspace = ''
  let memory = 0
  for (let round = 0; round < ROUNDS; round++) {
    if (workspace) rmSync(workspace, { recursive: true })
    workspace = join(folder, `workspace-${round}`)
    times.plain.push((await measure('plain', log)).ms)
    const first = await measure('import', log, workspace)
    times.first.push(first.ms)
    memory = Math.max(memory, first.memory)
    times.start.push((await measure('start', workspace)).ms)
    const again = await measure('import', log, workspace)
    if (again.rows !== 0 || again.duplicates !== first.rows) throw new Error('the second import was not all duplicates')
    times.again.push(again.ms)
  }
  const plain = median(times.plain)
  head('throughput against plain Node that reads the lines and matches them', 'plain ms')
  row('import', { ours: median(times.first), theirs: plain, ratio: plain / median(times.first), target: '>= 0.25' })
  row('import of what is held already', { ours: median(times.again), theirs: plain, ratio: plain / median(times.again), target: '' })
  row('start on what is held', { ours: median(times.start), theirs: plain, ratio: plain / median(times.start), target: '' })
  console.log(`memory after the import ${(memory / 2 ** 20).toFixed(0)} MB`)
  return workspace
}

async function questions(workspace) {
  const { nodePorts, openReadable, startBackend } = await import(process.env.RECOUNT_BUILT)
  const store = await openReadable({ folder: workspace, now: () => Date.now() })
  const database = fillDatabase(join(folder, 'native.db'), store)
  store.close()
  const sql = asker(database)
  const backend = await startBackend({ workspace, ports: nodePorts(() => {}) })
  const ask = async (method, about) => (await backend.call(method, about)).value
  const facts = await factsOf(ask)
  const [{ version }] = sql('SELECT sqlite_version() version')
  head(`time against SQLite ${version} (@photostructure/sqlite 1.2.1, in process, indexed, all in its cache)`, 'SQLite ms')
  for (const query of QUERIES) {
    const times = { ours: [], theirs: [] }
    const warm = query.again ? 2 : 0
    for (let round = 0; round < QUERY_ROUNDS + warm; round++) {
      const ours = await timed(() => query.ours(ask, round, facts))
      const theirs = await timed(() => query.theirs(sql, round, facts))
      if (ours.value !== theirs.value) throw new Error(`${query.name}: ${ours.value} here, ${theirs.value} there`)
      if (round < warm) continue
      times.ours.push(ours.ms)
      times.theirs.push(theirs.ms)
    }
    const [ours, theirs] = [median(times.ours), median(times.theirs)]
    row(query.name, { ours, theirs, ratio: ours / theirs, target: `<= ${query.most}` })
  }
  await backend.close()
  database.close()
}

async function factsOf(ask) {
  const view = { query: '', range: null, order: 'desc' }
  const [machines, actions] = await ask('timeline.facets', { view, fields: ['machine', 'action'], limit: 12 })
  const failed = await ask('timeline.count', { view: { ...view, query: 'action:login outcome:failure' } })
  const { step } = await ask('timeline.histogram', { view, buckets: 200 })
  const names = ({ values }) => values.map(({ value }) => value)
  return { machines: names(machines), actions: names(actions), middle: Math.floor(failed.rows / 2), step }
}

async function timed(act) {
  const began = performance.now()
  const value = await act()
  return { ms: performance.now() - began, value }
}
