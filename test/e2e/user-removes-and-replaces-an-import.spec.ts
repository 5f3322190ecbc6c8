import { readFileSync } from 'node:fs'
import { acts } from './acts'
import { expect, test, type App } from './app'
import { dropPaths } from './drop'
import { incidentLog, writeLog } from './logs'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { SourcesPage } from './pages/sources'

const log = incidentLog()
const rows = log.rows()

test('a corrected year moves every row and its key', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const shell = new ShellPage(app.page)
  await timeline.open(timeline.row(0))
  await expect(app.page).toHaveURL(/event=/)
  const before = eventInAddress(app)
  await expect(timeline.cell(timeline.row(1), 'time')).toContainText('2026-02-06')

  await shell.goTo('Sources & coverage')
  const source = new SourcesPage(app.page).source('auth.log')
  const dialog = new ImportDialogPage(app.page)
  const again = source.getByRole('button', { name: 'Import again' })
  // The desktop knows where the files are; in a browser they are chosen again.
  if (app.electron) await again.click()
  else await app.chooseFiles([`${app.folder}/auth.log`], () => again.click())
  await expect(dialog.replaces).toHaveValue('auth.log')
  await expect(dialog.dialog).toContainText('what these files hold takes their place')
  await dialog.year.fill('2024')
  await expect(dialog.file('auth.log')).toContainText('2024-02-04')
  await dialog.start.click()

  await expect(shell.imports.getByRole('heading', { name: 'Imported auth.log' })).toBeVisible()
  await shell.closeImports()
  await timeline.expectRows(rows.length)
  await expect(timeline.cell(timeline.row(1), 'time')).toContainText('2024-02-06')
  await timeline.open(timeline.row(0))
  await expect.poll(() => eventInAddress(app)).not.toBe(before)
  expect(eventInAddress(app)).toMatch(/^sshd:bastion-01:auth:[0-9a-f]{64}:1$/)
  await expect(shell.statusBar).toContainText(`${rows.length} events held`)
  await shell.goTo('Sources & coverage')
  await expect(app.page.getByRole('region', { name: /^Source / })).toHaveCount(1)
})

test('removing asks in plain words, and erasing leads back to the first run', async ({ app }) => {
  await acts(app).importLog(log)
  const shell = new ShellPage(app.page)
  await shell.goTo('Sources & coverage')
  const source = new SourcesPage(app.page).source('auth.log')
  const dialog = app.page.getByRole('dialog', { name: 'Remove auth.log' })
  const held = (rows.length + log.count('companion')).toLocaleString('en-US')

  await test.step('keeping its rows is the first choice, and giving up changes nothing', async () => {
    await source.getByRole('button', { name: 'Remove' }).click()
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await expect(dialog.getByRole('radio', { name: 'Keep its rows' })).toBeChecked()
    await expect(dialog).toContainText(`Its ${held} rows stay on the timeline`)
    await app.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(source).toBeVisible()
  })

  await test.step('removed, its rows are still held', async () => {
    await source.getByRole('button', { name: 'Remove' }).click()
    await dialog.getByRole('button', { name: 'Remove and keep its rows' }).click()
    await expect(source).toContainText('removed, its rows are still held')
    await expect(shell.statusBar).toContainText(`${rows.length} events held`)
  })

  await test.step('erased, nothing is left, not even after a restart', async () => {
    await source.getByRole('button', { name: 'Remove' }).click()
    await expect(dialog).toContainText(`Its ${held} rows leave this workspace for good`)
    await expect(dialog).toContainText('The files it was read from are not touched')
    await dialog.getByRole('button', { name: 'Remove and erase its rows' }).click()
    await expect(source).toBeHidden()
    await expect(app.page.getByRole('heading', { name: 'Nothing is connected or imported yet' })).toBeVisible()
    await shell.goTo('Timeline')
    await expect(shell.importDoor).toBeVisible()
    await expect(shell.statusBar).toContainText('Nothing held yet')
    await app.restart()
    await expect(new ShellPage(app.page).importDoor).toBeVisible()
    expect(readFileSync(`${app.folder}/auth.log`).equals(log.bytes())).toBe(true)
  })
})

test('erasing one of two imports keeps what the other also holds', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const shell = new ShellPage(app.page)
  // A copy under another name, with a day of its own behind it.
  const more = incidentLog({ seed: 5, host: 'bastion-09' })
  await dropPaths(app.page, [writeLog(app.folder, 'copy.log', Buffer.concat([log.bytes(), more.bytes()]))])
  await new ImportDialogPage(app.page).start.click()
  await expect(shell.summary('Duplicates')).toContainText(String(rows.length + log.count('companion')))
  await shell.closeImports()
  await timeline.expectRows(rows.length + more.count('row'))

  await shell.goTo('Sources & coverage')
  await new SourcesPage(app.page).source('auth.log').getByRole('button', { name: 'Remove' }).click()
  const dialog = app.page.getByRole('dialog', { name: 'Remove auth.log' })
  await dialog.getByRole('radio', { name: 'Erase its rows' }).check()
  await dialog.getByRole('button', { name: 'Remove and erase its rows' }).click()
  await expect(new SourcesPage(app.page).source('auth.log')).toBeHidden()
  await shell.goTo('Timeline')
  await timeline.expectRows(rows.length + more.count('row'))
  await timeline.apply('connection:copy.log')
  await timeline.expectRows(rows.length + more.count('row'))
})

function eventInAddress(app: App): string | null {
  return new URLSearchParams(new URL(app.page.url()).hash.split('?')[1] ?? '').get('event')
}
