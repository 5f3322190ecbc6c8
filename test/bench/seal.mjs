import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cells, head, median, megabytes } from './table.mjs'

const ROWS = Number(process.env.RECOUNT_BENCH_ROWS ?? 100_000)
/** Milliseconds that sealing may take. */
const SLOWEST = 10_000
/** Records that one cell may cite. */
const MOST_CITED = 10_000
const { canonicalJson, fileSink, folderSink, leafHash, rootOf, sealBundle, sealKey, verifyBundle, zipSink } = await import(process.env.RECOUNT_BUILT)

const AT = Date.UTC(2026, 1, 6)

/** Sealing and verifying rows that a notebook froze, and rows that it cites one by one, into a folder and into a zip. */
export async function benchSeal({ folder, rounds }) {
  head(`sealing ${ROWS.toLocaleString('en-US')} rows`, 'CPU ms')
  const key = await sealKey(folder, null)
  const lines = Array.from({ length: ROWS }, (_, n) => line(n))
  const bundles = { 'frozen, ': frozen(lines), 'cited one by one, ': cited(lines) }
  for (const [name, content] of Object.entries(bundles)) {
    const runs = { folder: [], verified: [], zip: [] }
    for (let round = 0; round < rounds; round++) {
      const path = join(folder, 'sealed')
      runs.folder.push(await timed(() => sealBundle(content, folderSink(path), { key })))
      const verified = await timed(() => verifyBundle(path))
      if (!verified.value.ok) throw new Error('the bundle does not verify')
      runs.verified.push(verified)
      const zip = join(folder, 'sealed.zip')
      runs.zip.push(await timed(() => sealBundle(content, zipSink('sealed', fileSink(zip), AT), { key })))
      rmSync(path, { recursive: true })
      rmSync(zip)
    }
    told(`${name}into a folder`, runs.folder, `${SLOWEST} ms`)
    told(`${name}into a zip`, runs.zip, `${SLOWEST} ms`)
    told(`${name}verified`, runs.verified, '')
  }
  console.log(cells('memory of the process', megabytes(process.memoryUsage().rss)))
}

function told(name, runs, target) {
  const of = (what) => median(runs.map((run) => run[what])).toFixed(0)
  console.log(cells(name, of('ms'), of('cpu'), '', target))
}

async function timed(act) {
  const [start, used] = [performance.now(), process.cpuUsage()]
  const value = await act()
  const { user, system } = process.cpuUsage(used)
  return { value, ms: performance.now() - start, cpu: (user + system) / 1000 }
}

function frozen(lines) {
  const evidence = evidenceOf(lines)
  const held = { at: AT, by: 'bench', rows: ROWS, matching: ROWS, root: rootOf(lines.map(leafHash)).toString('hex'), evidence, coverage: 'complete', histogram: null, first: [] }
  const view = { query: '', range: null, order: 'asc' }
  return bundle([{ kind: 'query', title: 'All', view, frozen: held }], () => lines)
}

function cited(lines) {
  const files = new Map()
  const contents = []
  for (let from = 0; from < lines.length; from += MOST_CITED) {
    const some = lines.slice(from, from + MOST_CITED)
    const evidence = evidenceOf(some)
    files.set(evidence, some)
    contents.push({ kind: 'events', title: `From ${from}`, citations: some.map((one) => citation(one, evidence)) })
  }
  return bundle(contents, (evidence) => files.get(evidence))
}

function citation(canonical, evidence) {
  const { key, time, timePrecision, category, outcome, severity, action, ip, repeat } = JSON.parse(canonical)
  const row = { key, time: Date.parse(time), timePrecision, category, outcome, severity, action, user: 'root', place: 'web-1', ip, lead: 'Failed sign-in', detail: 'Failed password', repeat, companion: false, connection: 'bench' }
  return { key, leaf: leafHash(canonical).toString('hex'), evidence, row, severity }
}

function bundle(contents, evidence) {
  const notebookCells = contents.map((content, n) => ({ id: `cell-${n}`, folded: false, content, by: 'bench', at: AT, op: 'op', conflicts: [] }))
  const notebook = { id: 'notebook', title: 'Bench', tlp: 'TLP:GREEN', status: 'open', range: null, createdAt: AT, createdBy: 'bench', changedAt: AT, cells: notebookCells, revision: 1, canUndo: false, canRedo: false }
  const about = { sources: [], period: null, zone: 'UTC', version: 'bench', sealedAt: AT, sealedBy: 'bench' }
  return { head: about, notebook, evidence, pages: [], recordings: [], custody: new Uint8Array(), side: null, ledger: [], lacking: [] }
}

function evidenceOf(lines) {
  return createHash('sha256').update(lines.map((one) => `${one}\n`).join('')).digest('hex')
}

function line(n) {
  const raw = `Feb  6 02:58:41 web-1 sshd[${n}]: Failed password for root from 203.0.113.${n % 250} port ${n % 65_536} ssh2`
  const rawSha256 = createHash('sha256').update(raw).digest('hex')
  const time = new Date(AT + n * 1000).toISOString()
  return canonicalJson({ key: `sshd:web-1:auth:${n}`, time, sequence: n, timePrecision: 's', category: 'authentication', action: 'login', actionRaw: 'Failed password', outcome: 'failure', outcomeBasis: 'reported', severity: 'info', severityBasis: 'derived', actor: { name: 'root' }, machine: { name: 'web-1' }, ip: `203.0.113.${n % 250}`, repeat: 1, attributes: {}, source: 'sshd', stream: 'auth', raw, rawSha256 })
}
