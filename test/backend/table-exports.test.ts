import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commitmentOf, fieldSalt } from '../../src/backend/report'
import { EXPORT_TABLES, TABLE_MASKS, type AccessRow, type Ask, type ExportManifest, type ExportTable } from '../../src/contract'
import { aBackend, aSample, connectedByToken, synced, type ServedBackend } from './a-server-backend'

const LOOK = { range: null, zone: 'UTC' }
const ACCESS = { range: null, text: '', person: null, machine: null, production: false, privileged: false, ungranted: false, first: false, order: 'last', descending: true } as const
const ASKS: Record<Exclude<ExportTable, 'recording.commands' | 'access.detail'>, Record<string, unknown>> = {
  'session.list': { mine: false, text: '', user: null, machine: null, range: null, recorded: false },
  'signin.firstSeen': { range: null, early: true },
  'detection.findings': { levels: [], rule: null, text: '', range: null, suppressed: false },
  'approval.requests': { ...LOOK, text: '', state: null, unusual: false, neverUsed: false },
  'approval.patterns': { ...LOOK, suppressed: true },
  'approval.unapproved': { range: null, text: '' },
  'access.list': ACCESS,
  'custody.list': { text: '' },
  'review.list': {},
  'coverage.ranges': { range: null },
}
const NAMES: Record<ExportTable, string> = {
  'session.list': 'sessions', 'recording.commands': 'commands', 'signin.firstSeen': 'first-seen-sources', 'detection.findings': 'findings', 'approval.requests': 'requests',
  'approval.patterns': 'approval-patterns', 'approval.unapproved': 'sessions-without-approval', 'access.list': 'access', 'access.detail': 'accesses', 'custody.list': 'custody-entries',
  'review.list': 'reviews', 'coverage.ranges': 'coverage',
}

type Writing = Omit<Ask<'export.beginTable'>, 'table' | 'ask'>
type Shown = { table: ExportTable; ask: Record<string, unknown> }

async function filled(): Promise<{ served: ServedBackend; shown: Shown[] }> {
  const served = await aBackend()
  const sample = await aSample({ events: 3000 })
  await connectedByToken(served, sample, { name: 'fernhill' })
  await synced(served, 'fernhill')
  await served.ask('review.sign', { name: 'Weekly', query: 'user:lena.fiske', range: { from: 1, to: 2 }, days: 7, note: 'of lena.fiske' })
  // The findings are there when the rules have run.
  await expect.poll(async () => (await served.ask('detection.rules', {})).run.state, { timeout: 20_000 }).toBe('done')
  return { served, shown: await Promise.all(EXPORT_TABLES.map(async (table) => ({ table, ask: await askOf(served, table) }))) }
}

async function askOf({ ask }: ServedBackend, table: ExportTable): Promise<Record<string, unknown>> {
  if (table === 'access.detail') {
    const { rows } = await ask('access.list', { ...ACCESS, at: 0, count: 1 })
    return { person: rows[0]?.person ?? null, machine: rows[0]?.machine ?? '', range: null }
  }
  if (table !== 'recording.commands') return ASKS[table]
  const [recording] = (await ask('recording.list', {})).filter(({ isHeld }) => !isHeld)
  await ask('recording.fetch', { id: recording?.id ?? '' })
  return { id: recording?.id }
}

async function exported(served: ServedBackend, { table, ask }: Shown, writing: Writing) {
  const begun = await served.ask('export.beginTable', { table, ask, ...writing })
  const whole = async (part: 'rows' | 'commitments' | 'manifest') => {
    const pieces: Uint8Array[] = []
    for (;;) {
      const { bytes, done } = await served.ask('export.read', { id: begun.id, part })
      pieces.push(bytes)
      if (done || part === 'manifest') return Buffer.concat(pieces)
    }
  }
  const rows = await whole('rows')
  const commitments = writing.masks ? (await whole('commitments')).toString().trimEnd().split('\n') : []
  const manifest = JSON.parse((await whole('manifest')).toString()) as ExportManifest
  await served.ask('export.end', { id: begun.id })
  return { begun, rows, commitments, manifest }
}

describe('a table', () => {
  test('leaves whole as its screen asks for it; masked it tells nobody and nothing of what is taken out, and can be proven', async () => {
    const { served, shown } = await filled()
    const names = await namesIn(served)
    expect(NAMED.filter((kind) => names[kind].length < 5)).toEqual([])
    for (const one of shown) {
      await expectWhole(served, one)
      await expectMasked(served, one, names)
    }
    await expectSameNames(served)
  }, 60_000)

  test('is not exported by the ask of another', async () => {
    const { ask } = await aBackend()
    await expect(ask('export.beginTable', { table: 'session.list', ask: ASKS['detection.findings'], format: 'csv' })).rejects.toMatchObject({ code: 'bad-ask' })
  })

  test('of the custody log holds what stood in it when the export began, though that writes an entry', async () => {
    const served = await aBackend()
    for (const at of [1, 2, 3]) await served.ask('timeline.count', { view: { query: `user:a${at}`, range: null, order: 'asc' } })
    const before = await served.ask('custody.list', { text: '', at: 0, count: 1 })
    const { rows } = await exported(served, { table: 'custody.list', ask: { text: '' } }, { format: 'jsonl' })
    const entries = rows.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as { seq: number })
    expect(before.total).toBeGreaterThan(2)
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: before.total }, (_, at) => before.total - at))
    const after = await served.ask('custody.list', { text: 'custody-entries', at: 0, count: 1 })
    expect(after.rows[0]).toMatchObject({ action: 'export', detail: `jsonl, ${before.total} rows of custody.list: {"text":""}` })
  })
})

async function expectWhole(served: ServedBackend, one: Shown): Promise<void> {
  const { table, ask } = one
  const { begun, rows, manifest } = await exported(served, one, { format: 'jsonl' })
  const lines = rows.toString().trimEnd().split('\n')
  expect(begun.rows, table).toBeGreaterThan(0)
  expect(lines, table).toHaveLength(begun.rows)
  expect(new Set(lines).size, table).toBe(begun.rows)
  expect(begun.name).toMatch(new RegExp(`^recount-${NAMES[table]}-\\d{8}-\\d{6}\\.jsonl$`))
  expect(manifest).toMatchObject({ table, filter: ask, complete: true, counts: { rows: begun.rows }, redaction: null })
  expect(manifest.files).toEqual([{ name: begun.name, rows: begun.rows, bytes: rows.length, sha256: createHash('sha256').update(rows).digest('hex') }])
  const csv = await exported(served, one, { format: 'csv' })
  expect(csv.rows.toString().split('\r\n').length, table).toBeGreaterThan(begun.rows)
  expect(csv.manifest.cells).toBe('safe')
  expect((await exported(served, one, { format: 'csv', raw: true })).manifest.cells).toBe('raw')
}

const NAMED = ['user', 'ip', 'machine'] as const
type Names = Record<(typeof NAMED)[number], string[]>

/** Names, addresses and hosts that the sample tells of, but for words that Recount has too. */
async function namesIn({ ask }: ServedBackend): Promise<Names> {
  const facets = await ask('timeline.facets', { view: { query: '', range: null, order: 'asc' }, fields: [...NAMED], limit: 1000 })
  const of = (field: (typeof NAMED)[number]) => {
    const values = facets.find((facet) => facet.field === field)?.values ?? []
    return values.flatMap(({ value }) => value ?? []).filter((value) => value.length > 4 && !/^(?:admin|support|oracle)/.test(value))
  }
  return { user: of('user'), ip: of('ip'), machine: of('machine') }
}

async function expectMasked(served: ServedBackend, one: Shown, names: Names): Promise<void> {
  const { table } = one
  for (const kind of NAMED.filter((each) => TABLE_MASKS[table].includes(each))) {
    const { rows } = await exported(served, one, { format: 'jsonl', masks: [kind] })
    expect(names[kind].filter((name) => rows.toString().includes(name)), `${table} without ${kind}`).toEqual([])
  }
  const masks = [...TABLE_MASKS[table]]
  const told = (text: string) => NAMED.flatMap((kind) => names[kind]).filter((name) => text.includes(name))
  const { rows, commitments, manifest, begun } = await exported(served, one, { format: 'jsonl', masks })
  const csv = await exported(served, one, { format: 'csv', masks })
  expect([told(rows.toString()), told(csv.rows.toString()), told(JSON.stringify(manifest.filter))], table).toEqual([[], [], []])
  expect(manifest.redaction).toMatchObject({ masks, rows: begun.rows })
  expect(commitments).toHaveLength(begun.rows)
  // Acts of exporting stand in it by now.
  if (table === 'custody.list') return
  const { salt } = JSON.parse(readFileSync(join(served.workspace, 'exports', `${begun.id}.salt.json`), 'utf8')) as { salt: string }
  const [plain = ''] = (await exported(served, one, { format: 'jsonl' })).rows.toString().split('\n')
  const original = JSON.parse(plain) as Record<string, string>
  const { fields } = JSON.parse(commitments[0] ?? '') as { fields: Record<string, string> }
  const proven = Object.entries(fields).filter(([path]) => !path.includes('.'))
  expect(proven.length, table).toBeGreaterThan(0)
  for (const [path, commitment] of proven) expect(commitment, `${table} ${path}`).toBe(commitmentOf(fieldSalt(Buffer.from(salt, 'hex'), 1, path), original[path] ?? ''))
}

/** The same person has the same name in every row, and nothing else is other than before. */
async function expectSameNames(served: ServedBackend): Promise<void> {
  const read = async (writing: Writing) => {
    const { rows } = await exported(served, { table: 'access.list', ask: ACCESS }, writing)
    return rows.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as AccessRow)
  }
  const [plain, masked] = [await read({ format: 'jsonl' }), await read({ format: 'jsonl', masks: ['user'] })]
  const rest = (rows: AccessRow[]) => rows.map(({ person: _person, approvers: _approvers, ...row }) => row)
  expect(rest(masked)).toEqual(rest(plain))
  const given = new Map(plain.map(({ person }, at) => [person, masked[at]?.person]))
  expect(masked.map(({ person }) => person)).toEqual(plain.map(({ person }) => given.get(person)))
  expect(new Set(given.values()).size).toBe(given.size)
}
