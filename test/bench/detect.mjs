import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { cells, head, median, row } from './table.mjs'

const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
const SLOWEST = 60_000

const TESTS = [
  ['user', 'name'],
  ['command|contains', '/srv/data/4711'],
  ['machine|startswith', 'no-such-'],
  ['ip|cidr', '198.18.0.0/15'],
  ['action|endswith', '_nothing'],
  ['message|contains', 'no such words'],
  ['command|re', 'rsync.*/4711\\d '],
]
const FIELD_RULES = 56
const KEYWORD_RULES = 22

/** What the rules take over a large log. `workspace` holds it already, where it is named. */
export async function benchDetect({ folder, rounds, workspace = join(folder, 'detected') }) {
  const { compileRules, detect, openReadable, ownRules } = await import(process.env.RECOUNT_BUILT)
  if (workspace === join(folder, 'detected')) await fill(folder, workspace)
  const store = await openReadable({ folder: workspace, now: () => Date.now() })
  const view = { filter: { kind: 'all' }, range: null, order: 'asc', companions: false }
  const rows = store.length(view)
  const own = ownRules()
  const written = (documents) => ({ ...compileRules([{ place: 'bench', text: documents.join('\n---\n') }]), detectors: [] })
  const fields = written(fieldRules())
  const keywords = written(keywordRules())

  const times = { read: [], own: [], fields: [], keywords: [] }
  let findings = 0
  for (let round = 0; round < rounds; round++) {
    times.read.push(timed(() => readAll(store, view, rows)))
    times.own.push(timed(() => (findings = detect(store, own, null).length)))
    times.fields.push(timed(() => detect(store, fields, null)))
    times.keywords.push(timed(() => detect(store, keywords, null)))
  }
  store.close()

  const read = median(times.read)
  head(`rules over ${rows} events against reading every event`, 'reading ms')
  const asked = `${own.detections.length} rules, ${own.correlations.length} correlations, ${own.detectors.length} detectors`
  row(`own pack: ${asked}`, { ours: median(times.own), theirs: read, ratio: median(times.own) / read, target: `< ${SLOWEST} ms` })
  console.log(`${findings} findings`)
  console.log(cells('rule evaluations a second, of fields', perSecond(rows * fields.detections.length, median(times.fields))))
  console.log(cells('rule evaluations a second, of keywords', perSecond(rows * keywords.detections.length, median(times.keywords))))
  if (median(times.own) > SLOWEST) console.log('slower than it may be')
}

async function fill(folder, workspace) {
  const log = join(folder, 'detect.log')
  const file = openSync(log, 'w')
  for (const block of logLines(LINES)) writeSync(file, block)
  closeSync(file)
  await measure('import', log, workspace)
}

/** Rules about everything, none of which matches, so that each is asked of each event. */
function fieldRules() {
  return Array.from({ length: FIELD_RULES }, (_, i) => {
    const [field, value] = TESTS[i % TESTS.length]
    return JSON.stringify({ title: `field ${i}`, detection: { a: { [field]: field.endsWith('cidr') ? value : `${value}${i}` }, condition: 'a' } })
  })
}

function keywordRules() {
  return Array.from({ length: KEYWORD_RULES }, (_, i) => {
    const words = ['useradd -o', 'nc -e /bin/sh', 'history -c', 'rm -rf /var/log', '/dev/tcp/'].map((word) => `${word} ${i}`)
    return JSON.stringify({ title: `keyword ${i}`, detection: { words, condition: 'words' } })
  })
}

function readAll(store, view, rows) {
  for (let at = 0; at < rows; at += 1000) store.page(view, at, 1000)
}

function timed(act) {
  const began = performance.now()
  act()
  return performance.now() - began
}

function perSecond(evaluations, ms) {
  return `${(evaluations / ms / 1000).toFixed(1)} M`
}
