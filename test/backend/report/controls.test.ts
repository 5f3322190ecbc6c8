import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { controlSheets, sheetPieces } from '../../../src/backend/report'
import type { ControlSheets } from '../../../src/contract'
import { tempFolder } from '../temp-folder'
import { held, login, PERIOD, request, rowsOf, told } from './reports/a-report'

function evidenceOf({ sheets }: ControlSheets, framework: string, label: string) {
  const sheet = sheets.find((one) => one.framework === framework)
  return sheet?.controls.flatMap(({ evidence }) => evidence).find((one) => one.label === label)
}

const OWN = `
framework: soc2
title: Ours
version: 3
scope: All
notice: Not legal advice.
controls:
  - id: X.1
    title: One
    asks: Something.
    evidence:
      - label: Everything
        query: ''
`

describe('control sheets', () => {
  it('count what is held on each control in the period', async () => {
    const store = await held([login('a', 1, { repeat: 3 }), login('b', 2, { outcome: 'success' }), told('c', 3, { command: 'sudo ls' }), request('q', 5), login('late', 1440)])
    const all = await controlSheets(store, tempFolder(), PERIOD)
    expect(all.sheets.map(({ framework }) => framework)).toEqual(['soc2', 'iso27001', 'pci-dss'])
    expect(all.unread).toEqual([])
    expect(evidenceOf(all, 'soc2', 'Sign-ins that failed')).toMatchObject({ records: 1, weighted: 3, failed: 3, first: PERIOD.from + 60_000, last: PERIOD.from + 60_000, hidden: null })
    expect(evidenceOf(all, 'pci-dss', 'Commands by sudo, doas, su or pkexec, and of root')).toMatchObject({ records: 1, failed: 0 })
    expect(evidenceOf(all, 'iso27001', 'Requests for access')).toMatchObject({ records: 1, hidden: null })
    expect(all).toMatchObject({ coverage: 'complete', retention: { reachesPeriod: false } })
    for (const { notice } of all.sheets) expect(notice).toContain('Not legal advice')
  })

  it('say what a plain user may not see', async () => {
    const all = await controlSheets(await held([request('q', 5)], 'user'), tempFolder(), PERIOD)
    expect(evidenceOf(all, 'soc2', 'Requests for access')?.hidden).toContain('Not visible to this account')
  })

  it('take mappings of the workspace, in place of those of the same framework, and say which cannot be read', async () => {
    const folder = join(tempFolder(), 'controls')
    mkdirSync(folder)
    writeFileSync(join(folder, 'ours.yaml'), OWN)
    writeFileSync(join(folder, 'query.yml'), OWN.replace("query: ''", 'query: "user:("').replace('soc2', 'x'))
    writeFileSync(join(folder, 'torn.yaml'), 'framework: [')
    const all = await controlSheets(await held([login('a', 1)]), folder, PERIOD)
    expect(all.sheets.map(({ framework, title, own }) => [framework, title, own])).toEqual([
      ['iso27001', expect.any(String), false],
      ['pci-dss', expect.any(String), false],
      ['soc2', 'Ours', true],
    ])
    expect(all.unread.map(({ file, reason }) => [file.slice(folder.length + 1), reason.slice(0, 30)])).toEqual([
      ['query.yml', 'Control X.1: «user:(» is no qu'],
      ['torn.yaml', expect.stringContaining('It is no YAML')],
    ])
  })

  it('become files with room for a conclusion', async () => {
    const store = await held([login('a', 1)])
    const sheets = await controlSheets(store, tempFolder(), PERIOD)
    const [sheet] = sheets.sheets
    if (!sheet) throw new Error('no sheet')
    const asked = { sheet, sheets, connections: store.connections(), zone: 'UTC', tlp: 'TLP:AMBER' as const, version: '1', at: PERIOD.to }
    const [row] = rowsOf([...sheetPieces(asked, 'csv')].join(''))
    expect(row).toMatchObject({ control: 'CC6.1', records: '0', status: 'no record held', conclusion: '' })
    expect([...sheetPieces(asked, 'html')].join('')).toContain('Not legal advice')
  })
})
