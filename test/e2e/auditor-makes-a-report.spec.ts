import { readFileSync } from 'node:fs'
import { expectAccessible } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { ReportsPage } from './pages/reports'
import { ShellPage } from './pages/shell'

const SAMPLE = ['--events', '2000', '--seed', '2', '--now', '2026-03-12T12:00:00Z']

test('an auditor makes an access report and gets a file that says what it rests on', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const reports = new ReportsPage(page)
  await acts(app).connect(await sample(SAMPLE), 'work')
  await expect(shell.syncState).toHaveText(/^Synced/, { timeout: 60_000 })
  await shell.goTo('Reports')
  await expect(reports.kind(/^Access/)).toBeChecked()
  await expect(reports.preview.getByRole('heading', { level: 2, name: 'Access report' })).toBeVisible()
  await expect(reports.preview.getByText('Role super_admin.')).toBeVisible()
  await expect(reports.preview.getByText(/records in, [\d,]+ rows shown; a row is one person on one machine/)).toBeVisible()
  await expectAccessible(page, 'reports')
  await reports.choose('Format', 'HTML')
  await reports.choose('Classification', 'TLP:RED')
  const path = await app.save(async () => {
    await reports.make.click()
    await expect(reports.saved).toBeVisible({ timeout: 30_000 })
  })
  const text = readFileSync(path, 'utf8')
  const rows = Number(/ in, ([\d,]+) rows? shown/.exec(text)?.[1]?.replaceAll(',', ''))
  expect(rows).toBeGreaterThan(20)
  // The rows of the main table alone have room for a sign-off.
  expect(text.match(/<td class="blank">/g)).toHaveLength(rows * 3)
  expect(text).toMatch(/<code>[0-9a-f]{64}<\/code> over the canonical rows/)
  for (const words of ['TLP:RED', 'Rests on query', 'What is known to be held', 'It does not show:']) expect(text).toContain(words)
})
