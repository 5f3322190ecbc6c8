import { acts } from './acts'
import { expect, test } from './app'
import { incidentLog } from './logs'
import { SettingsPage } from './pages/settings'
import { ShellPage } from './pages/shell'
import { SourcesPage } from './pages/sources'

const log = incidentLog()
/** The last sign-in: 02:17:00 UTC, three hours and a half later in Tehran, nine in Tokyo. */
const UTC = '2026-02-06 02:17:00'
const TOKYO = '2026-02-06 11:17:00'
const TEHRAN = '2026-02-06 05:47:00'

test('all times change at once and name their zone', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const shell = new ShellPage(app.page)
  const settings = new SettingsPage(app.page)
  await expect(shell.zoneButton).toHaveText('times in UTC')
  await timeline.open(timeline.row(1))
  await expect(timeline.cell(timeline.row(1), 'time')).toHaveText(UTC)

  await test.step('a fixed zone is chosen in the settings', async () => {
    await shell.goTo('Settings')
    await settings.zone.getByRole('radio', { name: 'A fixed zone' }).check()
    await settings.zoneSearch.fill('tokyo')
    await app.page.keyboard.press('Enter')
    await expect(settings.zone.getByRole('radio', { name: 'A fixed zone: Asia/Tokyo' })).toBeChecked()
    await expect(shell.zoneButton).toHaveText('times in Asia/Tokyo')
    await expect(app.page.getByText(/The clock now reads .* Asia\/Tokyo/)).toBeVisible()
  })

  await test.step('table, chart, detail and pin follow', async () => {
    await shell.goTo('Timeline')
    await expect(timeline.grid.getByRole('columnheader', { name: 'Time (Asia/Tokyo)' })).toBeVisible()
    await expect(timeline.cell(timeline.row(1), 'time')).toHaveText(TOKYO)
    await timeline.open(timeline.row(1))
    await expect(timeline.field('Time')).toContainText(`${TOKYO} Asia/Tokyo`)
    await expect(timeline.field('Time')).toContainText(new RegExp(`${UTC}(\\.000)? UTC`))
    await expect(timeline.card('Provenance')).toContainText('Asia/Tokyo')
    await timeline.drag(0.95, 1)
    await expect(timeline.pin).toContainText('Asia/Tokyo')
  })

  await test.step('T goes to UTC and back, everywhere at once', async () => {
    await app.page.keyboard.press('T')
    await expect(timeline.cell(timeline.row(1), 'time')).toContainText('02:17:00')
    await expect(timeline.field('Time')).toHaveText(new RegExp(`${UTC} UTC`))
    await expect(timeline.pin).toContainText('UTC')
    await expect(shell.zoneButton).toHaveText('times in UTC')
    await app.page.keyboard.press('T')
    await expect(timeline.cell(timeline.row(1), 'time')).toContainText('11:17:00')
    await expect(timeline.pin).toContainText('Asia/Tokyo')
  })

  await test.step('the sources follow too', async () => {
    await shell.goTo('Sources & coverage')
    const source = new SourcesPage(app.page).source('auth.log')
    await expect(source.getByRole('columnheader', { name: /First and last event/ })).toContainText('Asia/Tokyo')
    await expect(source.getByRole('option').first()).toHaveAttribute('aria-label', /Asia\/Tokyo/)
  })

  await test.step('the choice outlives the program', async () => {
    await app.restart()
    const later = new ShellPage(app.page)
    await expect(later.zoneButton).toHaveText('times in Asia/Tokyo')
    await expect(acts(app).timeline().cell(acts(app).timeline().row(1), 'time')).toHaveText(TOKYO)
  })
})

test.describe('on a computer in Tehran', () => {
  test.use({ zone: 'Asia/Tehran' })

  test('T shows local times, with their half hour', async ({ app }) => {
    const timeline = await acts(app).importLog(log)
    const shell = new ShellPage(app.page)
    await expect(timeline.cell(timeline.row(1), 'time')).toHaveText(UTC)
    await app.page.keyboard.press('T')
    await expect(timeline.cell(timeline.row(1), 'time')).toHaveText(TEHRAN)
    await expect(shell.zoneButton).toHaveText('times in Asia/Tehran')
    await shell.goTo('Settings')
    const local = new SettingsPage(app.page).zone.getByRole('radio', { name: 'This computer: Asia/Tehran' })
    await expect(local).toBeChecked()
    await shell.zoneButton.click()
    await expect(new SettingsPage(app.page).zone.getByRole('radio', { name: 'UTC' })).toBeChecked()
  })
})

test('dark and light follow the system until one is chosen', async ({ app }) => {
  const { page } = app
  const ground = page.locator('body')
  const dark = 'rgb(14, 17, 22)'
  const light = 'rgb(246, 247, 249)'
  await expect(ground).toHaveCSS('background-color', dark)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(ground).toHaveCSS('background-color', light)

  await page.getByRole('button', { name: /^Appearance: system/ }).click()
  await page.getByRole('menuitemradio', { name: 'dark' }).click()
  await expect(ground).toHaveCSS('background-color', dark)
  await app.restart()
  await app.page.emulateMedia({ colorScheme: 'light' })
  await expect(app.page.locator('body')).toHaveCSS('background-color', dark)

  await acts(app).importLog(log)
  await new ShellPage(app.page).goTo('Settings')
  await new SettingsPage(app.page).appearance.getByRole('radio', { name: 'Light' }).check()
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expect(app.page.locator('body')).toHaveCSS('background-color', light)
})
