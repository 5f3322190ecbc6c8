import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { cells, head, median, row } from './table.mjs'

const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
/** Rows a second as JSON Lines, and megabytes that an export may take beside what is held. */
const SLOWEST = 100_000
const MOST_MEMORY = 150
const FORMATS = ['jsonl', 'csv', 'ocsf', 'ecs', 'cef', 'rfc5424', 'timesketch']
const MASKS = ['user', 'ip', 'command', 'secrets']

/** How fast a large view leaves in each format: written to a file, its SHA-256 counted on the way. */
export async function benchExport({ folder, rounds, workspace = join(folder, 'exported') }) {
  const { exportLines, openReadable, Redactor } = await import(process.env.RECOUNT_BUILT)
  if (workspace === join(folder, 'exported')) await fill(folder, workspace)
  const store = await openReadable({ folder: workspace, now: () => Date.now() })
  const view = { filter: { kind: 'all' }, range: null, order: 'desc', companions: false }
  const rows = store.length(view)
  const times = Object.fromEntries(['reading', ...FORMATS, 'masked'].map((name) => [name, []]))
  let memory = 0
  for (let round = 0; round < rounds; round++) {
    times.reading.push(timed(() => readAll(store, view, rows)))
    for (const format of FORMATS) {
      const written = write(folder, exportLines(store, view, { format, version: 'bench' }))
      if (written.rows !== rows) throw new Error(`${format} has ${written.rows} of ${rows} rows`)
      times[format].push(written.ms)
      memory = Math.max(memory, written.memory)
    }
    const redactor = new Redactor(MASKS, Buffer.alloc(32))
    times.masked.push(write(folder, exportLines(store, view, { format: 'jsonl', version: 'bench', redactor })).ms)
  }
  store.close()
  const reading = median(times.reading)
  head(`export of ${rows} events against reading them alone`, 'reading ms')
  for (const name of [...FORMATS, 'masked']) {
    const ours = median(times[name])
    row(name === 'masked' ? `jsonl with ${MASKS.length} masks` : name, { ours, theirs: reading, ratio: ours / reading, target: name === 'jsonl' ? `< ${Math.round((rows / SLOWEST) * 1000)} ms` : '' })
    console.log(cells('rows a second', Math.round((rows / ours) * 1000)))
  }
  console.log(`memory of an export beside what is held, at most ${memory.toFixed(0)} MB (target < ${MOST_MEMORY})`)
}

async function fill(folder, workspace) {
  const log = join(folder, 'export.log')
  const file = openSync(log, 'w')
  for (const block of logLines(LINES)) writeSync(file, block)
  closeSync(file)
  await measure('import', log, workspace)
}

function write(folder, lines) {
  const file = openSync(join(folder, 'export.out'), 'w')
  const hash = createHash('sha256')
  const before = process.memoryUsage().rss
  let [most, rows] = [before, 0]
  const ms = timed(() => {
    for (const piece of lines) {
      const bytes = Buffer.from(piece.text)
      hash.update(bytes)
      writeSync(file, bytes)
      const was = rows
      rows += piece.rows
      if (Math.floor(rows / 20_000) > Math.floor(was / 20_000)) most = Math.max(most, process.memoryUsage().rss)
    }
  })
  closeSync(file)
  return { ms, rows, memory: (most - before) / 2 ** 20 }
}

function readAll(store, view, rows) {
  let bytes = 0
  for (let at = 0; at < rows; at += 100) for (const { raw } of store.records(view, at, Math.min(100, rows - at))) bytes += raw.length
  return bytes
}

function timed(act) {
  const began = performance.now()
  act()
  return performance.now() - began
}
