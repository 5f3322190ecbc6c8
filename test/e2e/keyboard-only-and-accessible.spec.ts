import { expectAccessible, hiddenStops, tabTo } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { incidentLog, writeLog } from './logs'
import { ConnectDialogPage } from './pages/connect-dialog'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { SourcesPage } from './pages/sources'
import { TimelinePage } from './pages/timeline'

const log = incidentLog()
const rows = log.rows()

test('the whole main path works without a mouse', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const timeline = new TimelinePage(page)

  await test.step('import', async () => {
    const path = writeLog(app.folder, 'auth.log', log)
    await expect(shell.importDoor).toBeVisible()
    await tabTo(page, shell.importDoor)
    await app.chooseFiles([path], () => keyboard.press('Enter'))
    await expect(new ImportDialogPage(page).start).toBeFocused()
    await keyboard.press('Enter')
    await expect(shell.imports.getByRole('heading', { name: 'Imported auth.log' })).toBeVisible()
    await timeline.expectRows(rows.length)
    await tabTo(page, shell.imports.getByRole('button', { name: 'Close' }))
    await keyboard.press('Enter')
  })

  await test.step('query, rows and detail', async () => {
    await keyboard.press('/')
    await keyboard.type('user:backup')
    await keyboard.press('Enter')
    await timeline.expectRows(2)
    await expect(timeline.grid).toBeFocused()
    await keyboard.press('End')
    await expect(timeline.row(1)).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await expect(timeline.detail).toBeVisible()
    await tabTo(page, timeline.detail.getByRole('button', { name: /all time/ }))
    await keyboard.press('Enter')
    await expect(timeline.query).toHaveText('ip:203.0.113.77')
  })

  await test.step('the menu of a cell', async () => {
    await tabTo(page, timeline.grid)
    await keyboard.press('Home')
    await keyboard.press('ArrowLeft')
    await keyboard.press('ArrowLeft')
    await keyboard.press('ContextMenu')
    const menu = page.getByRole('menu', { name: 'Actions for this value' })
    await expect(menu).toBeVisible()
    await keyboard.press('ArrowDown')
    await expect(menu.getByRole('menuitem', { name: /^Filter in/ })).toBeFocused()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(timeline.query).toHaveText(/-user:backup$/)
    await expect(menu).toBeHidden()
  })

  await test.step('a facet, the chart and the pin', async () => {
    await tabTo(page, timeline.facet('oracle'))
    await keyboard.press('Space')
    await timeline.expectRows(rows.filter(({ user }) => user === 'oracle').length)
    await tabTo(page, timeline.brush)
    await keyboard.press('End')
    await keyboard.press('Shift+ArrowLeft')
    await expect(timeline.brush).toHaveAttribute('aria-valuetext', /failed, .* succeeded/)
    await keyboard.press('Enter')
    await expect.poll(() => timeline.addressPin()).not.toBeNull()
    await keyboard.press('Escape')
    await keyboard.press('Z')
    await expect.poll(() => timeline.addressPin()).toBeNull()
  })

  await test.step('export', async () => {
    await tabTo(page, timeline.export)
    await keyboard.press('Enter')
    await keyboard.press('ArrowDown')
    await app.save(() => keyboard.press('Enter'))
    await expect(page.getByRole('status').filter({ hasText: 'View exported' })).toBeAttached()
  })

  await test.step('every other screen', async () => {
    await keyboard.press('ControlOrMeta+K')
    await keyboard.type('sources')
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Sources & coverage' })).toBeVisible()
    await tabTo(page, page.getByRole('link', { name: 'Settings' }))
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden()
  })
})

test('every stop of Tab shows where it is', { tag: '@looks' }, async ({ app }) => {
  const { page } = app
  const stops = () => hiddenStops(page)
  await expect(new ShellPage(page).importDoor).toBeVisible()
  expect.soft(await stops(), 'first run').toEqual([])
  const timeline = await acts(app).importLog(log)
  expect.soft(await stops(), 'timeline').toEqual([])
  await timeline.open(timeline.row(1))
  await expect(timeline.card('Provenance')).toBeVisible()
  expect.soft(await stops(), 'timeline with a detail').toEqual([])
  for (const screen of ['Sources & coverage', 'Settings'] as const) {
    await new ShellPage(page).goTo(screen)
    await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible()
    expect.soft(await stops(), screen).toEqual([])
  }
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('no screen breaks the rules of WCAG 2.2 A and AA', { tag: '@looks' }, async ({ app }) => {
      const { page } = app
      const shell = new ShellPage(page)
      const dialog = new ImportDialogPage(page)
      await expect(shell.importDoor).toBeVisible()
      await expectAccessible(page, 'first run')

      const path = writeLog(app.folder, 'auth.log', log)
      await app.chooseFiles([path], () => shell.importDoor.click())
      await expect(dialog.firstEvents).toBeVisible()
      await expectAccessible(page, 'preview')
      await dialog.start.click()
      await expect(shell.imports.getByRole('heading', { name: 'Imported auth.log' })).toBeVisible()
      await expectAccessible(page, 'end of an import')
      await shell.closeImports()

      const timeline = acts(app).timeline()
      await timeline.expectRows(rows.length)
      await timeline.open(timeline.row(1))
      await expect(timeline.card('Provenance')).toBeVisible()
      await expectAccessible(page, 'timeline with a detail')
      await timeline.type('colour:red')
      await expect(timeline.queryProblem).toBeVisible()
      await expectAccessible(page, 'timeline with an error in the query')
      await timeline.type('user:')
      await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
      await expectAccessible(page, 'completion')
      await timeline.apply('user:nobody-of-this-name')
      await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
      await expectAccessible(page, 'timeline without a match')

      await shell.goTo('Sources & coverage')
      await expect(page.getByRole('region', { name: 'Source auth.log' })).toBeVisible()
      await expectAccessible(page, 'sources')
      await page.getByRole('button', { name: 'Remove' }).click()
      await expectAccessible(page, 'removal')
      await page.keyboard.press('Escape')
      await shell.goTo('Settings')
      await page.getByRole('radio', { name: 'A fixed zone' }).check()
      await expect(page.getByRole('combobox', { name: 'Fixed zone' })).toBeVisible()
      await expectAccessible(page, 'settings')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
      await expectAccessible(page, 'keyboard sheet')
    })

    test('nor does any of a server', { tag: '@looks' }, async ({ app, sample }) => {
      const { page } = app
      const shell = new ShellPage(page)
      const dialog = new ConnectDialogPage(page)
      const served = await sample(['--events', '3000'])
      await shell.connectDoor.click()
      await dialog.dialog.getByText('Advanced').click()
      await expectAccessible(page, 'address of a server')
      await dialog.address.fill(served.url)
      await dialog.useToken('not-a-token')
      await expect(dialog.problem).toBeVisible()
      await expectAccessible(page, 'refused token')
      await dialog.useToken(served.tokens.super_admin)
      await expect(dialog.name).toBeVisible()
      await expectAccessible(page, 'what was found')
      await dialog.name.fill('work')
      await dialog.connect.click()
      await shell.expectSynced()
      const sources = new SourcesPage(page)
      await sources.bar('work', 'audit').getByRole('option').first().click()
      await expect(sources.range).toBeVisible()
      await sources.source('work').getByRole('button', { name: /^logs · / }).click()
      await expectAccessible(page, 'sources with a server')
      expect.soft(await hiddenStops(page), 'sources with a server').toEqual([])
      await sources.menu('work', 'Edit…')
      await expectAccessible(page, 'edit')
      await page.keyboard.press('Escape')
      await shell.goTo('Timeline')
      const timeline = acts(app).timeline()
      await timeline.open(timeline.row(0))
      await timeline.card('Provenance').getByRole('button', { name: 'Check the page' }).click()
      await expect(timeline.card('Provenance')).toContainText('Agrees')
      await expectAccessible(page, 'timeline of a server')
    })
  })
}
