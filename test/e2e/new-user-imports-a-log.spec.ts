import { expect, test } from './app'
import { incidentLog, writeLog } from './logs'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const log = incidentLog()
const rows = log.rows()

test('a new user imports a log and finds it again after a restart', async ({ app }) => {
  const path = writeLog(app.folder, 'auth.log', log)
  const shell = new ShellPage(app.page)
  await expect(app.page.getByRole('heading', { level: 1, name: 'Recount' })).toBeVisible()
  await expect(shell.statusBar).toContainText('Nothing held yet')

  await test.step('the third door opens by its key', async () => {
    await app.chooseFiles([path], () => app.page.keyboard.press('3'))
    const dialog = new ImportDialogPage(app.page)
    await expect(dialog.file('auth.log')).toContainText('sshd')
    await expect(dialog.year).toHaveAttribute('placeholder', '2026')
    await expect(dialog.firstEvents).toContainText('Accepted publickey')
    await expect(dialog.start).toBeFocused()
    await app.page.keyboard.press('Enter')
  })

  await test.step('the end of the import is told in numbers', async () => {
    await expect(shell.imports.getByRole('heading', { name: 'Imported auth.log' })).toBeVisible()
    await expect(shell.summary('Added')).toHaveText(String(log.count('row') + log.count('companion')))
    await expect(shell.summary('Companions')).toContainText(String(log.count('companion')))
    await expect(shell.summary('Skipped')).toContainText(String(log.count('skipped')))
    await expect(shell.imports).toContainText(`${log.count('rejected')} lines could not be read`)
    await shell.closeImports()
  })

  const timeline = new TimelinePage(app.page)
  await test.step('the timeline shows the rows and totals', async () => {
    await timeline.expectRows(rows.length)
    await expect(timeline.row(0)).toContainText(rows[0]?.user ?? '')
    await expect(timeline.totals).toContainText(`${rows.length} of ${rows.length} events`)
    const weight = rows.reduce((sum, { repeat }) => sum + repeat, 0)
    await expect(timeline.totals).toContainText(`${weight} counting repeats`)
    await expect(timeline.totals).toContainText(`${log.count('companion')} companions hidden`)
    await expect(timeline.chart.getByTitle(`${log.weight('failure')} failed`)).toBeVisible()
    await expect(timeline.chart.getByTitle(`${log.weight('success')} succeeded`)).toBeVisible()
    await expect(shell.statusBar).toContainText(`${rows.length} events held`)
  })

  await test.step('a reload keeps the place', async () => {
    await timeline.apply('user:root')
    await timeline.expectRows(2)
    await timeline.open(timeline.row(1))
    await expect(app.page).toHaveURL(/event=/)
    await app.page.reload()
    await timeline.expectRows(2)
    await expect(timeline.query).toHaveText('user:root')
    await expect(timeline.row(1)).toHaveAttribute('aria-selected', 'true')
    await expect(timeline.detail).toContainText('Failed sign-in as root')
  })

  await test.step('a restart keeps everything', async () => {
    await app.restart()
    const again = new TimelinePage(app.page)
    await again.expectRows(rows.length)
    await expect(new ShellPage(app.page).statusBar).toContainText(`${rows.length} events held`)
    await again.expectRows(rows.length)
  })
})

test('a new user clicks the door, and importing the same file again adds nothing', async ({ app }) => {
  const path = writeLog(app.folder, 'auth.log', log)
  const shell = new ShellPage(app.page)
  const dialog = new ImportDialogPage(app.page)
  await app.chooseFiles([path], () => shell.importDoor.click())
  await dialog.start.click()
  await expect(shell.summary('Added')).toHaveText(String(log.count('row') + log.count('companion')))
  await shell.closeImports()

  await shell.goTo('Sources & coverage')
  await app.chooseFiles([path], () => app.page.getByRole('button', { name: 'Import files' }).click())
  await dialog.start.click()
  await expect(shell.summary('Added')).toContainText('Every record was held already.')
  await new TimelinePage(app.page).expectRows(rows.length)
})
