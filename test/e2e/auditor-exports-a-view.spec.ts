import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { acts } from './acts'
import { expect, test, type App } from './app'
import { parseCsv } from './csv'
import { hostileLog, incidentLog } from './logs'
import type { TimelinePage } from './pages/timeline'

const log = incidentLog()
const failures = log.rows().filter(({ outcome }) => outcome === 'failure')

test('an auditor saves a view as CSV', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  await timeline.apply('outcome:failure')
  await timeline.expectRows(failures.length)
  const text = (await exportView(app, timeline, /^CSV/)).toString('utf8')

  expect(text.startsWith('\ufeff')).toBe(true)
  const [head = [], ...lines] = parseCsv(text.slice(1))
  expect(lines).toHaveLength(failures.length)
  const column = (name: string) => lines.map((line) => line[head.indexOf(name)])
  expect(column('epoch_ms')).toEqual(failures.map(({ time }) => String(time)))
  expect(column('user')).toEqual(failures.map(({ user }) => user))
  expect(column('ip')).toEqual(failures.map(({ ip }) => ip))
  expect(column('repeat')).toEqual(failures.map(({ repeat }) => String(repeat)))
  expect(new Set(column('outcome'))).toEqual(new Set(['failure']))
  expect(new Set(column('key')).size).toBe(failures.length)
})

test('no cell of a CSV is taken for a formula', async ({ app }) => {
  const hostile = hostileLog()
  const timeline = await acts(app).importLog(hostile)
  const [head = [], ...lines] = parseCsv((await exportView(app, timeline, /^CSV/)).toString('utf8').slice(1))
  expect(lines).toHaveLength(hostile.count('row'))
  const users = lines.map((line) => line[head.indexOf('user')])
  expect(users).toContain(`'=HYPERLINK("http://example.test/","x")`)
  expect(users).toContain(`'+1+1`)
  expect(users).toContain(`'@SUM(1)`)
  expect(users).toContain('quoted ", name')
  for (const cell of lines.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
})

test('an auditor saves a view as JSON Lines, with every record byte for byte', async ({ app }) => {
  const hostile = hostileLog()
  const timeline = await acts(app).importLog(hostile)
  const text = (await exportView(app, timeline, /^JSON Lines/)).toString('utf8')
  const events = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Exported)
  const rows = hostile.rows()
  expect(events).toHaveLength(rows.length)
  for (const [at, event] of events.entries()) {
    const bytes = rows[at]?.bytes ?? Buffer.alloc(0)
    const { raw, rawBase64 } = event
    expect(rawBase64 === undefined ? Buffer.from(raw) : Buffer.from(rawBase64, 'base64')).toEqual(bytes)
    expect(event.rawSha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(event.time).toBe(new Date(rows[at]?.time ?? 0).toISOString())
    expect(event.connection).toBe('auth.log')
  }
})

test('an empty view cannot be exported', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  await timeline.apply('user:nobody-of-this-name')
  await timeline.expectRows(0)
  await expect(timeline.export).toBeDisabled()
})

type Exported = { time: string; raw: string; rawBase64?: string; rawSha256: string; connection: string }

async function exportView(app: App, timeline: TimelinePage, format: RegExp): Promise<Buffer> {
  await timeline.export.click()
  const menu = app.page.getByRole('menu', { name: 'Export this view' })
  const edges = await Promise.all([timeline.export, menu].map(async (one) => (await one.boundingBox()) ?? { x: NaN, width: 0 }))
  const [button = NaN, opened = NaN] = edges.map(({ x, width }) => x + width)
  expect(opened, 'right edge of the menu').toBeCloseTo(button, 0)
  const path = await app.save(() => menu.getByRole('menuitem', { name: format }).click())
  await expect(app.page.getByRole('status').filter({ hasText: 'View exported' })).toBeAttached()
  return readFileSync(path)
}
