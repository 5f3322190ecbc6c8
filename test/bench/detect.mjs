import { closeSync, cpSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { cells, head, median, row } from './table.mjs'

const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
const SLOWEST = 60_000
const ADDED = 1000
const SLOWEST_AFTER = 2000
const DAY = 86_400_000

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
  await benchAdded({ folder, workspace, rows, read })
}

/** What a run costs that goes on from the last one, after events at the end and after late ones. */
async function benchAdded({ folder, workspace, rows, read }) {
  const { detectSteps, forgetFrom, noHistory, openWritable, ownRules } = await import(process.env.RECOUNT_BUILT)
  const own = join(folder, 'detected-grown')
  cpSync(workspace, own, { recursive: true })
  const store = await openWritable({ folder: own, now: () => Date.now() })
  const [{ name: connection, kind }] = store.connections()
  const end = store.state().range.to
  const rules = ownRules()
  const history = noHistory()
  let mark = null
  const follow = () => {
    const earliest = store.changedSince(mark)
    if (earliest !== null) forgetFrom(history, earliest)
    mark = store.mark()
    return longest(detectSteps(store, rules, { history }))
  }
  const whole = follow()
  head(`a run that goes on from the last one, over ${rows} events`, 'reading ms')
  const tell = (what, { ms, go }, most) => {
    row(what, { ours: ms, theirs: read, ratio: ms / read, target: `< ${most} ms` })
    console.log(cells('longest time without letting others have a turn', `${go.toFixed(0)} ms`))
    if (ms > most) console.log('slower than it may be')
  }
  tell('the first, which leaves what the others go on from', whole, SLOWEST)
  for (const [what, from] of [['at the end', end], ['at the end once more', end + 3_600_000], ['a day late', end - DAY], ['thirty days late', end - 30 * DAY]]) {
    store.append(added(from, what), { origin: 'file', place: 'bench', fetchedAt: end }, { connection, kind })
    tell(`after ${ADDED} events ${what}`, follow(), SLOWEST_AFTER)
  }
  store.close()
  rmSync(own, { recursive: true })
}

function added(from, what) {
  return Array.from({ length: ADDED }, (_, i) => ({
    instance: 'bench',
    stream: 'auth',
    id: `${what} ${i}`,
    event: {
      time: from + i * 3000,
      sequence: 0,
      timePrecision: 'ms',
      category: 'authentication',
      action: 'login',
      actionRaw: 'login',
      outcome: i % 3 === 0 ? 'success' : 'failure',
      outcomeBasis: 'reported',
      severity: 'info',
      severityBasis: 'derived',
      repeat: 1,
      actor: { name: `user-${i % 40}` },
      ip: `203.0.113.${i % 20}`,
      machine: { kind: 'host', name: `web-${i % 5}` },
      attributes: {},
    },
    raw: Buffer.from(`${what} ${i}`),
    offset: i,
  }))
}

/** Milliseconds of a run, and of its longest step. */
function longest(steps) {
  const began = performance.now()
  let go = 0
  for (let last = began; ; ) {
    const { done } = steps.next()
    const now = performance.now()
    go = Math.max(go, now - last)
    if (done) return { ms: now - began, go }
    last = now
  }
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
