import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from './app'
import { ROOT } from './hosts'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

// Counts that were made by hand from real logs, which live outside the project.
const DATA = resolve(ROOT, process.env['RECOUNT_DATA'] ?? '../shared')
const LOGS = [
  { path: 'data/linux-auth/loghub/OpenSSH_2k.log', rows: 524, attempts: 532 },
  { path: 'data/linux-auth/loghub/Linux.log', rows: 3934, attempts: 3998 },
]
const missing = LOGS.map(({ path }) => resolve(DATA, path)).find((path) => !existsSync(path))
if (missing !== undefined) {
  const why = `real data not found: ${missing} (set RECOUNT_DATA)`
  if ((process.env['RECOUNT_REQUIRE'] ?? '').split(',').includes('data')) throw new Error(why)
  console.warn(`skipped: specs on real data: ${why}`)
}

for (const { path, rows, attempts } of LOGS) {
  test(`the failed sign-ins of ${path.split('/').at(-1)} are counted as they are`, async ({ app }) => {
    test.skip(missing !== undefined, 'real data not found')
    const shell = new ShellPage(app.page)
    await app.chooseFiles([resolve(DATA, path)], () => shell.importDoor.click())
    await new ImportDialogPage(app.page).start.click()
    await expect(shell.imports.getByRole('heading', { name: /^Imported/ })).toBeVisible({ timeout: 30_000 })
    await shell.closeImports()
    const timeline = new TimelinePage(app.page)
    await timeline.apply('action:login outcome:failure')
    await timeline.expectRows(rows)
    await expect(timeline.totals).toContainText(`${attempts.toLocaleString('en-US')} counting repeats`)
    await expect(timeline.chart.getByTitle(`${attempts.toLocaleString('en-US')} failed`)).toBeVisible()
  })
}
