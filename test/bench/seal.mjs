import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cells, head, median, megabytes } from './table.mjs'

const ROWS = Number(process.env.RECOUNT_BENCH_ROWS ?? 100_000)
const { canonicalJson, fileSink, folderSink, leafHash, rootOf, sealBundle, sealKey, verifyBundle, zipSink } = await import(process.env.RECOUNT_BUILT)

const AT = Date.UTC(2026, 1, 6)

/** Sealing and verifying rows that a notebook froze, into a folder and into a zip. */
export async function benchSeal({ folder, rounds }) {
  head(`sealing ${ROWS.toLocaleString('en-US')} rows`, '')
  const content = bundle()
  const key = await sealKey(folder, null)
  const times = { folder: [], verified: [], zip: [] }
  for (let round = 0; round < rounds; round++) {
    const path = join(folder, 'sealed')
    const sealed = await timed(() => sealBundle(content, folderSink(path), key))
    times.folder.push(sealed.ms)
    const verified = await timed(() => verifyBundle(path))
    if (!verified.value.ok) throw new Error('the bundle does not verify')
    times.verified.push(verified.ms)
    const zip = join(folder, 'sealed.zip')
    times.zip.push((await timed(() => sealBundle(content, zipSink('sealed', fileSink(zip), AT), key))).ms)
    rmSync(path, { recursive: true })
    rmSync(zip)
  }
  console.log(cells('sealed into a folder', `${median(times.folder).toFixed(0)} ms`, '', '', '10000 ms'))
  console.log(cells('sealed into a zip', `${median(times.zip).toFixed(0)} ms`, '', '', '10000 ms'))
  console.log(cells('verified', `${median(times.verified).toFixed(0)} ms`))
  console.log(cells('memory of the process', megabytes(process.memoryUsage().rss)))
}

async function timed(act) {
  const start = performance.now()
  const value = await act()
  return { value, ms: performance.now() - start }
}

function bundle() {
  const lines = Array.from({ length: ROWS }, (_, n) => line(n))
  const evidence = createHash('sha256').update(lines.map((one) => `${one}\n`).join('')).digest('hex')
  const frozen = { at: AT, by: 'bench', rows: ROWS, matching: ROWS, root: rootOf(lines.map(leafHash)).toString('hex'), evidence, coverage: 'complete', histogram: null, first: [] }
  const view = { query: '', range: null, order: 'asc' }
  const cell = { id: 'cell', folded: false, content: { kind: 'query', title: 'All', view, frozen }, by: 'bench', at: AT, op: 'op', conflicts: [] }
  const notebook = { id: 'notebook', title: 'Bench', tlp: 'TLP:GREEN', status: 'open', range: null, createdAt: AT, createdBy: 'bench', changedAt: AT, cells: [cell], revision: 1, canUndo: false, canRedo: false }
  const about = { sources: [], period: null, zone: 'UTC', version: 'bench', sealedAt: AT, sealedBy: 'bench' }
  return { head: about, notebook, evidence: () => lines, pages: [], recordings: [], custody: new Uint8Array(), side: null, ledger: [], lacking: [] }
}

function line(n) {
  const raw = `Feb  6 02:58:41 web-1 sshd[${n}]: Failed password for root from 203.0.113.${n % 250} port ${n % 65_536} ssh2`
  const rawSha256 = createHash('sha256').update(raw).digest('hex')
  const time = new Date(AT + n * 1000).toISOString()
  return canonicalJson({ key: `sshd:web-1:auth:${n}`, time, sequence: n, timePrecision: 's', category: 'authentication', action: 'login', actionRaw: 'Failed password', outcome: 'failure', outcomeBasis: 'reported', severity: 'info', severityBasis: 'derived', actor: { name: 'root' }, machine: { name: 'web-1' }, ip: `203.0.113.${n % 250}`, repeat: 1, attributes: {}, source: 'sshd', stream: 'auth', raw, rawSha256 })
}
