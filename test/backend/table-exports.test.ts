import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ExportManifest, ExportTable } from '../../src/contract'
import { aBackend, aSample, connectedByToken, synced, type ServedBackend } from './a-server-backend'

const ASKS: Record<ExportTable, Record<string, unknown>> = {
  'session.list': { mine: false, text: '', user: null, machine: null, range: null, recorded: false },
  'detection.findings': { levels: [], rule: null, text: '', range: null, suppressed: false },
  'approval.requests': { range: null, zone: 'UTC', text: '', state: null, unusual: false, neverUsed: false },
}

async function filled(): Promise<ServedBackend> {
  const served = await aBackend()
  const sample = await aSample({ events: 3000 })
  await connectedByToken(served, sample, { name: 'fernhill' })
  await synced(served, 'fernhill')
  // The findings are there when the rules have run.
  await expect.poll(async () => (await served.ask('detection.rules', {})).run.state, { timeout: 20_000 }).toBe('done')
  return served
}

async function exported({ ask }: ServedBackend, table: ExportTable, format: 'csv' | 'jsonl') {
  const begun = await ask('export.beginTable', { table, ask: ASKS[table], format })
  const whole = async (part: 'rows' | 'manifest') => {
    const pieces: Uint8Array[] = []
    for (;;) {
      const { bytes, done } = await ask('export.read', { id: begun.id, part })
      pieces.push(bytes)
      if (done || part === 'manifest') return Buffer.concat(pieces)
    }
  }
  const rows = await whole('rows')
  const manifest = JSON.parse((await whole('manifest')).toString()) as ExportManifest
  await ask('export.end', { id: begun.id })
  return { begun, rows, manifest }
}

describe('a table', () => {
  test('leaves whole as its screen asks for it, with a manifest', async () => {
    const served = await filled()
    for (const [table, name] of [['session.list', 'sessions'], ['detection.findings', 'findings'], ['approval.requests', 'requests']] as const) {
      const { begun, rows, manifest } = await exported(served, table, 'jsonl')
      const lines = rows.toString().trimEnd().split('\n')
      expect(begun.rows).toBeGreaterThan(0)
      expect(lines).toHaveLength(begun.rows)
      expect(new Set(lines).size).toBe(begun.rows)
      expect(begun.name).toMatch(new RegExp(`^recount-${name}-\\d{8}-\\d{6}\\.jsonl$`))
      expect(manifest).toMatchObject({ table, filter: ASKS[table], complete: true, counts: { rows: begun.rows }, redaction: null })
      expect(manifest.files).toEqual([{ name: begun.name, rows: begun.rows, bytes: rows.length, sha256: createHash('sha256').update(rows).digest('hex') }])
      const csv = await exported(served, table, 'csv')
      expect(csv.rows.toString().split('\r\n').length).toBeGreaterThan(begun.rows)
    }
  })

  test('is not exported by the ask of another', async () => {
    const served = await aBackend()
    await expect(served.ask('export.beginTable', { table: 'session.list', ask: ASKS['detection.findings'], format: 'csv' })).rejects.toMatchObject({ code: 'bad-ask' })
  })
})
