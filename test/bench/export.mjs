import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { cells, median } from './table.mjs'

const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
/** Rows a second as JSON Lines, and megabytes that an export may take beside what is held. */
const SLOWEST = 100_000
const MOST_MEMORY = 150
/** Rows, and rounds, of all that is not promised to be quick. */
const SOME = 100_000
const FORMATS = ['csv', 'ocsf', 'ecs', 'cef', 'rfc5424', 'timesketch']
const MASKS = ['user', 'ip', 'command', 'secrets']
/** Memory is looked at once in so many rows. */
const LOOK = 20_000

/** How fast a large view leaves in each format: written to a file, its SHA-256 counted on the way. */
export async function benchExport({ folder, rounds, workspace = join(folder, 'exported') }) {
  const { exportLines, openReadable, Redactor } = await import(process.env.RECOUNT_BUILT)
  if (workspace === join(folder, 'exported')) await fill(folder, workspace)
  const store = await openReadable({ folder: workspace, now: () => Date.now() })
  const view = { filter: { kind: 'all' }, range: null, order: 'desc', companions: false }
  const rows = store.length(view)
  const some = Math.min(rows, SOME)
  const lines = (options) => exportLines(store, view, { version: 'bench', ...options })
  const title = `export of ${rows} events as JSON Lines, of ${some} in other formats`
  console.log(`\n${title}\n${'-'.repeat(title.length)}\n${cells('', 'ms', 'rows/s', 'CPU us/row', 'memory MB', 'target')}`)
  told('JSON Lines', Array.from({ length: rounds }, () => write(folder, lines({ format: 'jsonl' }), rows)), `>= ${SLOWEST}/s`)
  for (const format of FORMATS) told(format, [write(folder, lines({ format, limit: some }), some)])
  const redactor = new Redactor(MASKS, Buffer.alloc(32))
  told(`JSON Lines with ${MASKS.length} masks`, [write(folder, lines({ format: 'jsonl', limit: some, redactor }), some)])
  told('reading the records alone', [readAll(store, view, some)])
  store.close()
  console.log(`memory is beside what is held, at most; target < ${MOST_MEMORY}`)
}

function told(name, runs, target = '') {
  const [ms, cpu] = [median(runs.map((run) => run.ms)), median(runs.map((run) => run.cpu))]
  const { rows } = runs[0]
  const memory = Math.max(...runs.map((run) => run.memory))
  console.log(cells(name, ms.toFixed(0), Math.round((rows / ms) * 1000).toString(), (cpu / rows).toFixed(1), memory.toFixed(0), target))
}

async function fill(folder, workspace) {
  const log = join(folder, 'export.log')
  const file = openSync(log, 'w')
  for (const block of logLines(LINES)) writeSync(file, block)
  closeSync(file)
  await measure('import', log, workspace)
}

function write(folder, lines, expected) {
  const file = openSync(join(folder, 'export.out'), 'w')
  const hash = createHash('sha256')
  const run = timed(expected, (look) => {
    let rows = 0
    for (const piece of lines) {
      const bytes = Buffer.from(piece.text)
      hash.update(bytes)
      writeSync(file, bytes)
      rows += piece.rows
      look(rows)
    }
    return rows
  })
  closeSync(file)
  return run
}

function readAll(store, view, rows) {
  return timed(rows, (look) => {
    let at = 0
    while (at < rows) {
      at += store.records(view, at, Math.min(100, rows - at)).length
      look(at)
    }
    return at
  })
}

/** `act` answers how many rows it wrote, and tells on the way how many they are by now. CPU time is in microseconds. */
function timed(expected, act) {
  const before = process.memoryUsage.rss()
  let most = before
  let next = LOOK
  const [began, used] = [performance.now(), process.cpuUsage()]
  const rows = act((done) => {
    if (done < next) return
    next = done + LOOK
    most = Math.max(most, process.memoryUsage.rss())
  })
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(used)
  if (rows !== expected) throw new Error(`${rows} of ${expected} rows`)
  return { ms, rows, cpu: user + system, memory: (most - before) / 2 ** 20 }
}
