import { describe, expect, it } from 'vitest'
import { EXPORT_FORMATS, EXPORT_TABLES, type Backend } from '../../../src/contract'
import { beginExport, formatsOf, masksOf, type Exported } from '../../../src/renderer/exports/exported'

const VIEW: Exported = { view: { query: 'user:ana', range: null, order: 'asc' } }
const TABLE: Exported = { table: 'session.list', ask: { mine: false } }

/** Keeps what it is asked. */
function asking() {
  const asked: unknown[] = []
  const call = async (...words: unknown[]) => {
    asked.push(words)
    return { value: { id: 'x', rows: 0, name: 'x', beside: [] }, tables: [], revision: 1 }
  }
  return { asked, backend: { call, on: () => () => undefined } as unknown as Backend }
}

describe('what is exported', () => {
  it('has every format where it is events, and those of tables elsewhere', () => {
    expect(formatsOf(VIEW)).toEqual(EXPORT_FORMATS)
    expect(formatsOf({ keys: ['k'] })).toEqual(EXPORT_FORMATS)
    expect(formatsOf(TABLE)).toEqual(['csv', 'jsonl'])
  })

  it('offers of a table what its fields can lose', () => {
    expect(masksOf({ table: 'access.list', ask: {} })).toEqual(['user', 'machine', 'secrets'])
    for (const table of EXPORT_TABLES) expect(masksOf({ table, ask: {} })).toContain('secrets')
  })

  it('is asked for as what it is', async () => {
    const { asked, backend } = asking()
    await beginExport(backend, VIEW, { format: 'ocsf', masks: ['ip'] })
    await beginExport(backend, { keys: ['k'] }, { format: 'cef' })
    await beginExport(backend, TABLE, { format: 'csv', raw: true })
    expect(asked).toEqual([
      ['export.begin', { ...VIEW, format: 'ocsf', masks: ['ip'] }],
      ['export.beginEvents', { keys: ['k'], format: 'cef' }],
      ['export.beginTable', { ...TABLE, format: 'csv', raw: true }],
    ])
    await expect(beginExport(backend, TABLE, { format: 'ecs' })).rejects.toThrow('A table has no format ecs.')
  })
})
