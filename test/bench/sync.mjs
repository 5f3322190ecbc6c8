import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure, sampleServer } from './measure.mjs'
import { BEGIN } from './one-sync.mjs'
import { cells, head, median, megabytes, row } from './table.mjs'

const EVENTS = Number(process.env.RECOUNT_BENCH_EVENTS ?? 200_000)
const MOST_EVENTS = Number(process.env.RECOUNT_BENCH_MEMORY_EVENTS ?? 1_000_000)
const DIALECTS = ['documented', 'server']
/** Records at which memory is looked at, half an order apart, up to `MOST_EVENTS`. */
const FIRST_MARK = 10_000
/** Of the made-up records of a server, some stand in lists that give only their newest: more are made than are synced. */
const SPARE = 1.5

/** What a sync takes beside a script that fetches the same pages, and what memory it needs. */
export async function benchSync({ folder, rounds }) {
  head(`sync against a plain loop that fetches the same pages, medians of ${rounds} rounds`, 'plain ms')
  for (const dialect of DIALECTS) await throughput(dialect, { folder, rounds })
  await memory(folder)
}

async function throughput(dialect, { folder, rounds }) {
  const server = await sampleServer(EVENTS, dialect)
  const { url, token } = server
  const file = join(folder, 'paths.json')
  const times = { sync: [], plain: [] }
  let facts = { rows: 0, pages: 0 }
  for (let round = 0; round < rounds; round++) {
    const workspace = join(folder, 'synced')
    const { ms, rows } = await measure('sync', url, token, workspace)
    rmSync(workspace, { recursive: true })
    const asked = await server.paths()
    const paths = asked.slice(asked.indexOf(BEGIN) + 1)
    writeFileSync(file, JSON.stringify(paths))
    facts = { rows, pages: paths.length }
    times.sync.push(ms)
    times.plain.push((await measure('fetch', url, token, file)).ms)
    // Those of the plain loop.
    await server.paths()
  }
  await server.close()
  const [ours, theirs] = [median(times.sync), median(times.plain)]
  row(`${facts.rows} events, ${facts.pages} requests, ${dialect}`, { ours, theirs, ratio: theirs / ours, target: '>= 0.5' })
}

async function memory(folder) {
  const server = await sampleServer(MOST_EVENTS * SPARE, DIALECTS[0])
  const marks = []
  for (let mark = FIRST_MARK; mark < MOST_EVENTS; mark *= Math.sqrt(10)) marks.push(Math.round(mark))
  marks.push(MOST_EVENTS)
  const workspace = join(folder, 'synced')
  const { found, peak, peakHeld } = await measure('memory', server.url, server.token, workspace, ...marks)
  await server.close()
  rmSync(workspace, { recursive: true })
  const title = 'memory alive in a sync, beside a process that opened the same workspace at that moment'
  console.log(`\n${title}\n${'-'.repeat(title.length)}\n${cells('', 'syncing', 'opened', 'own', 'target')}`)
  for (const { rows, syncing, held } of found) {
    console.log(cells(`${rows} records`, megabytes(syncing), megabytes(held), megabytes(syncing - held), 'flat'))
  }
  console.log(`peak resident: ${megabytes(peak)} syncing it all, ${megabytes(peakHeld)} opening it`)
}
