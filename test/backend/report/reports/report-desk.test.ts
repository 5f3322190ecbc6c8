import { describe, expect, it } from 'vitest'
import { ReportDesk } from '../../../../src/backend/report'
import type { ReadableStore, WritableStore } from '../../../../src/backend/store'
import type { ReportFormat } from '../../../../src/contract'
import { FROM_FILE } from '../../store/a-store'
import { asked, ground, held, login, made, PERIOD } from './a-report'

const many = (count: number) => Array.from({ length: count }, (_, at) => login(`l${at}`, at % 1440, { reason: 'x'.repeat(300) }))

function desk(store: ReadableStore, print = async (html: Iterable<string>) => new Uint8Array(Buffer.from(`%PDF ${[...html].join('').length}`))) {
  return new ReportDesk(ground(store), print)
}

async function readAll(from: ReportDesk, id: string, part: 'report' | 'head' = 'report'): Promise<{ text: string; pieces: number; steps: Set<string> }> {
  const texts: string[] = []
  const steps = new Set<string>()
  for (;;) {
    const { bytes, isDone, step } = await from.read(id, part)
    steps.add(step)
    if (bytes.length > 0) texts.push(Buffer.from(bytes).toString())
    if (isDone) return { text: texts.join(''), pieces: texts.length, steps }
  }
}

const begin = (kind: 'signins' | 'access', format: ReportFormat) => ({ ...asked({ kind }), format })

describe('a report read piece by piece', () => {
  it('is the same as the whole, and a CSV has its head beside it', async () => {
    const store = await held(many(3000))
    const from = desk(store)
    const { id, name, beside } = from.begin(begin('signins', 'csv'))
    expect([name, beside]).toEqual(['recount-signins-20260208-120000.csv', 'recount-signins-20260208-120000.head.json'])
    const { text, pieces } = await readAll(from, id)
    const whole = await made(store, { kind: 'signins' })
    expect(text).toBe(whole.text)
    expect(pieces).toBeGreaterThan(1)
    const head = await readAll(from, id, 'head')
    expect(JSON.parse(head.text)).toMatchObject({ kind: 'signins', rowsIn: 3000, root: whole.head.root, period: { from: '2026-02-06T12:00:00.000Z' } })
    from.end(id)
    await expect(from.read(id, 'report')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is printed where it is a PDF, and says why where it cannot be', async () => {
    const store = await held(many(3))
    const { id } = desk(store).begin(begin('access', 'pdf'))
    const printing = desk(store)
    const pdf = printing.begin(begin('access', 'pdf'))
    expect((await readAll(printing, pdf.id)).text).toMatch(/^%PDF \d+$/)
    const without = desk(store, () => Promise.reject(new Error('A PDF needs a Chromium')))
    const lost = without.begin(begin('access', 'pdf'))
    await expect(readAll(without, lost.id)).rejects.toThrow('A PDF needs a Chromium')
    expect(id).not.toBe(pdf.id)
  })

  it('never passes for the period where rows moved under it', async () => {
    const store = await held(many(3000))
    const from = desk(store)
    const { id } = from.begin(begin('signins', 'jsonl'))
    let first = await from.read(id, 'report')
    while (first.bytes.length === 0) first = await from.read(id, 'report')
    append(store, login('new', 1))
    await expect(readAll(from, id)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

function append(store: ReadableStore, record: ReturnType<typeof login>): void {
  const writable = store as WritableStore
  writable.append([record], { ...FROM_FILE, origin: 'request' }, { connection: 'org', kind: 'webxterm' })
}

describe('a preview', () => {
  it('has the head and the first rows, as a page shows them, without the work of a root', async () => {
    const { head, tables, facts } = await desk(await held(many(30))).preview(asked({ kind: 'signins' }))
    expect(head).toMatchObject({ rowsIn: 30, rowsShown: 30, root: null, coverage: 'complete' })
    expect(tables[0]).toMatchObject({ name: 'failed_sign_ins', total: 30 })
    expect(tables[0]?.rows).toHaveLength(12)
    expect(tables[0]?.rows[0]?.[0]).toBe(PERIOD.from)
    expect(facts[0]).toEqual({ label: 'Failed', value: '30 attempts in 30 records' })
  })

  it('has no rows where they are not visible to this account', async () => {
    const { head, tables } = await desk(await held(many(3), 'user')).preview(asked({ kind: 'access' }))
    expect(tables).toEqual([])
    expect(head.hidden).toContain('Not visible to this account')
  })
})
