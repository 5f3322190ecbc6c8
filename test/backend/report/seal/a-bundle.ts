import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Cell, CellContent, Citation, Frozen, Notebook, TimelineRow } from '../../../../src/contract'
import { canonicalJson, leafHash, rootOf } from '../../../../src/backend/evidence'
import type { BundleContent } from '../../../../src/backend/report/seal'

const AT = Date.UTC(2026, 1, 6, 2, 58, 41)

/** A row as a file of evidence holds it; every seventh has a text that is hostile to a page. */
export function evidenceLine(n: number): string {
  const raw = n % 7 === 0 ? `<img src=x onerror=alert(${n})></script>\u202e line ${n} é` : `Feb  6 02:58:41 web-1 sshd[${n}]: Failed password for root from 203.0.113.${n % 250} port ${n}`
  return canonicalJson({
    key: `sshd:web-1:auth:${n}`,
    time: new Date(AT + n * 1000).toISOString(),
    sequence: n,
    timePrecision: 's',
    category: 'authentication',
    action: 'login',
    actionRaw: 'Failed password',
    outcome: 'failure',
    outcomeBasis: 'reported',
    severity: 'info',
    severityBasis: 'derived',
    actor: { name: 'root' },
    machine: { name: 'web-1' },
    ip: `203.0.113.${n % 250}`,
    repeat: 1,
    attributes: {},
    source: 'sshd',
    stream: 'auth',
    raw,
    rawSha256: createHash('sha256').update(raw).digest('hex'),
  })
}

const row = (n: number): TimelineRow => ({
  key: `sshd:web-1:auth:${n}`,
  time: AT + n * 1000,
  timePrecision: 's',
  category: 'authentication',
  outcome: 'failure',
  severity: 'info',
  action: 'login',
  user: 'root',
  place: 'web-1',
  ip: `203.0.113.${n % 250}`,
  lead: 'Failed password',
  detail: 'for root',
  repeat: 1,
  companion: false,
  connection: 'auth.log',
})

function sha(lines: string[]): string {
  return createHash('sha256').update(lines.map((line) => `${line}\n`).join('')).digest('hex')
}

/** Files of evidence by hash, as the notebook keeps them. */
export class Evidence {
  readonly files = new Map<string, string[]>()

  cite(numbers: number[]): Citation[] {
    const lines = numbers.map(evidenceLine)
    const evidence = sha(lines)
    this.files.set(evidence, lines)
    return numbers.map((n, at) => ({ key: row(n).key, leaf: leafHash(lines[at] ?? '').toString('hex'), evidence, row: row(n), severity: 'info' }))
  }

  freeze(from: number, to: number): Frozen {
    const lines = Array.from({ length: to - from }, (_, at) => evidenceLine(from + at))
    const evidence = sha(lines)
    this.files.set(evidence, lines)
    const first = Array.from({ length: Math.min(5, to - from) }, (_, at) => row(from + at))
    return { at: AT, by: 'ana', rows: lines.length, matching: lines.length, root: rootOf(lines.map((line) => leafHash(line))).toString('hex'), evidence, coverage: 'complete', histogram: null, first }
  }
}

export function custodyLines(count: number): string[] {
  let prev = '0'.repeat(64)
  return Array.from({ length: count }, (_, at) => {
    const entry = { seq: at + 1, at: AT + at, zone: 'UTC', by: 'ana', version: '0.1.0', action: 'query', object: 'timeline', detail: `outcome:failure ${at}`, prev }
    const hash = createHash('sha256').update(canonicalJson(entry)).digest('hex')
    prev = hash
    return canonicalJson({ ...entry, hash })
  })
}

const VIEW = { query: 'outcome:failure', range: null, order: 'asc' as const }

export function aBundle({ frozen = 40, cited = 6 }: { frozen?: number; cited?: number } = {}): BundleContent {
  const evidence = new Evidence()
  const cited1 = evidence.cite([3, 7, 1000])
  const more = Math.max(0, cited - 3)
  // A cell holds ten thousand at most.
  const cited2 = Array.from({ length: Math.ceil(more / 10_000) }, (_, part) => evidence.cite(Array.from({ length: Math.min(10_000, more - part * 10_000) }, (__, at) => 2000 + part * 10_000 + at)))
  const contents: CellContent[] = [
    { kind: 'text', text: '# What happened\n\nSomebody **guessed** passwords. <script>alert(1)</script>' },
    { kind: 'query', title: 'Failed sign-ins', view: VIEW, frozen: evidence.freeze(0, frozen) },
    { kind: 'finding', claim: 'Passwords were guessed', severity: 'high', eventTime: AT, discoveredAt: AT, citations: cited1 },
    ...cited2.map((citations) => ({ kind: 'events' as const, title: 'Also seen', citations })),
    { kind: 'clip', title: 'What was typed', clip: { recording: 'sha256:abc', sha256: null, from: 0, to: 3, screen: '$ id' }, note: '' },
    { kind: 'negative', claim: 'No sign-in of root succeeded', view: VIEW, frozen: evidence.freeze(5000, 5000) },
  ]
  const cells = contents.map((content, at): Cell => ({ id: `cell-${at}`, folded: false, content, by: 'ana', at: AT, op: `op-${at}`, conflicts: [] }))
  const notebook: Notebook = { id: 'nb-1', title: 'Stuffing of web-1', tlp: 'TLP:AMBER+STRICT', status: 'open', range: { from: AT, to: AT + 3_600_000 }, createdAt: AT, createdBy: 'ana', changedAt: AT, cells, revision: 12, canUndo: true, canRedo: false }
  const body = Buffer.from('{"rows":[1,2,3]}')
  return {
    head: { sources: ['auth.log: sshd, 1 file'], period: notebook.range, zone: 'UTC', version: '0.1.0', sealedAt: AT, sealedBy: 'ana' },
    notebook,
    evidence: (hash) => evidence.files.get(hash) ?? [],
    pages: [{ bytes: body, place: 'GET https://x.test/api/audit', fetchedAt: AT, receivedSha256: null, status: 200, date: null, records: [{ key: row(3).key, offset: 0, length: 4 }] }],
    recordings: [{ id: 'sha256:abc', sha256: null, files: [{ name: 'one/../ses sion.cast', bytes: Buffer.from('{"version":2}\n[0,"o","$ id"]\n') }] }],
    custody: Buffer.from(custodyLines(12).map((line) => `${line}\n`).join('')),
    side: null,
    ledger: [{ connection: 'auth.log', stream: 'auth', from: AT, to: AT + 3_600_000, state: 'complete', held: 40 }],
    lacking: [],
  }
}

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recount-seal-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
