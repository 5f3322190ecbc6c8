import { readFileSync } from 'node:fs'
import { expectAccessible, hiddenStops } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { parseCsv } from './csv'
import { LogBook } from './log-lines'
import { MINUTE } from './logs'
import { AccessPage } from './pages/access'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const SAMPLE = ['--events', '20000', '--seed', '2', '--now', '2026-03-12T12:00:00Z']
const START = Date.UTC(2026, 1, 6, 9)

/** One sign-in of alice on bastion-01 with a command as root, one of =mallory on db-prod-1 three hours later. */
function twoVisits(): LogBook {
  const log = new LogBook('bastion-01')
  const accepted = (at: number, user: string, pid: number) =>
    log.add(at, `sshd[${pid}]: Accepted publickey for ${user} from 10.0.0.5 port 40001 ssh2`, { outcome: 'success' })
  accepted(START, 'alice', 1)
  log.add(START + MINUTE, 'sudo: alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx', { outcome: 'success' })
  accepted(START + 180 * MINUTE, '=mallory', 2)
  return log
}

test('an auditor reads who reached what, and on whose word', async ({ app, sample }) => {
  test.slow()
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const access = new AccessPage(page)
  const timeline = new TimelinePage(page)
  await acts(app).connect(await sample(SAMPLE), 'work')
  await expect(shell.syncState).toHaveText(/^Synced/, { timeout: 60_000 })

  await test.step('every pair of a person and a machine is a row', async () => {
    await shell.goTo('Access')
    await expect(access.heading()).toBeVisible()
    await expect(access.present).toBeVisible()
    expect(await access.rows()).toBeGreaterThan(200)
    await expect(page.getByText(/^\d+ people on \d+ machines, [\d,]+ accesses$/)).toBeVisible()
    await expect(access.check('First time')).toBeDisabled()
  })

  await test.step('a row tells its accesses with the grant of each', async () => {
    await access.filter.fill('hr-01')
    await expect(access.present).toContainText('hr-01')
    await access.grid.getByRole('row').filter({ hasNotText: /Last access|none known|no requests held/ }).first().click()
    await expect(access.pane.getByRole('heading', { level: 2 })).toContainText('on hr-01')
    await expect(access.pane).toContainText('First in what is held; what is held of the machine begins')
    await expect(access.entries.first()).toContainText(/Session|Sign-in|Work/)
    await expect(access.pane.getByText(/^Approved by \S+, 20\d\d-/).first()).toBeVisible()
  })

  await test.step('an access leads to its session, its request and exactly its events', async () => {
    const granted = access.entries.filter({ hasText: 'Approved by' }).first()
    await granted.getByRole('link', { name: 'Request' }).click()
    await timeline.expectRows(1)
    await expect(timeline.row(0)).toHaveAttribute('aria-selected', 'true')
    await page.goBack()
    await granted.getByRole('link', { name: 'Session' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /on hr-01$/ })).toBeVisible()
    await page.goBack()
    await granted.getByRole('link', { name: 'Timeline' }).click()
    await expect(timeline.row(0)).toContainText('hr-01')
    expect(timeline.addressQuery()).toMatch(/^user:\S+ machine:hr-01$/)
    expect(page.url()).toMatch(/from=.*to=/)
    await page.goBack()
    await expect(access.pane).toBeVisible()
  })

  await test.step('the list is narrowed and put in order', async () => {
    await access.filter.fill('')
    await access.time.selectOption({ label: 'Last 7 days held' })
    await access.check('First time').check()
    const isHeader = 1
    await expect(access.grid.getByRole('row').filter({ hasNot: access.mark('first') })).toHaveCount(isHeader)
    await access.check('Privileged').check()
    await expect(access.grid.getByRole('row').filter({ hasNot: access.mark('privileged') })).toHaveCount(isHeader)
    await access.column(/^Person/).getByRole('button').click()
    await expect(access.column(/^Person/)).toHaveAttribute('aria-sort', 'ascending')
    await access.column(/^Person/).getByRole('button').click()
    await expect(access.column(/^Person/)).toHaveAttribute('aria-sort', 'descending')
    expect(page.url()).toContain('only=privileged,first')
  })

  await test.step('it is read without a mouse', async () => {
    await keyboard.press('Escape')
    await expect(access.pane).toBeHidden()
    await access.expectRead()
    // A key that comes while the order changes is not taken.
    await expect(async () => {
      await keyboard.press('g')
      await keyboard.press('j')
      await expect(access.present).toHaveAttribute('aria-rowindex', '3', { timeout: 1000 })
    }).toPass()
    await keyboard.press('Enter')
    await expect(access.pane.getByRole('heading', { level: 2 })).toBeVisible()
    await keyboard.press('t')
    await expect(timeline.grid).toBeVisible()
    await page.goBack()
    await keyboard.press('/')
    await keyboard.type('nobody-of-this-name')
    await expect(page.getByRole('heading', { name: 'No access held matches' })).toBeVisible()
    await expect(page.getByText(/What is not held may tell of accesses\.|Every list is complete/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await expect(access.grid).toBeVisible()
  })
})

test('what production is can be said, and is told apart', async ({ app }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const access = new AccessPage(page)
  await acts(app).importLog(twoVisits())
  await shell.goTo('Access')
  await expect(access.row(/alice/)).toContainText('privileged')
  await expect(access.row(/=mallory/)).not.toContainText('privileged')
  await expect(access.foot).toContainText('Held since 2026-02-06 09:00 UTC')
  await access.check('Production').check()
  await expect(page.getByRole('heading', { name: 'No access held matches' })).toBeVisible()
  await shell.goTo('Settings')
  const field = page.getByRole('textbox', { name: /^Machines of production/ })
  await expect(page.getByText('0 of 1 machine held match.')).toBeVisible()
  await field.fill('bastion-*')
  await expect(page.getByText('1 of 1 machine held matches: bastion-01.')).toBeVisible()
  await field.blur()
  await page.goBack()
  await expect(access.row(/alice/)).toContainText('prod')
  await app.restart()
  const again = new AccessPage(app.page)
  await new ShellPage(app.page).goTo('Access')
  await expect(again.row(/alice/)).toContainText('prod')
})

test('the rows are saved as CSV without formulas, and with names taken out', async ({ app }) => {
  const access = new AccessPage(app.page)
  await acts(app).importLog(twoVisits())
  await new ShellPage(app.page).goTo('Access')
  await expect(access.row(/=mallory/)).toBeVisible()
  const path = await app.save(async () => {
    await access.export.click()
    await app.page.getByRole('menuitem', { name: /^CSV/ }).click()
    await expect(app.page.getByText('Exported', { exact: true })).toBeAttached()
  })
  const [head = [], ...lines] = parseCsv(readFileSync(path, 'utf8').slice(1))
  const column = (title: string) => lines.map((line) => line[head.indexOf(title)])
  expect(column('person')).toEqual(["'=mallory", 'alice'])
  expect(column('machine')).toEqual(['bastion-01', 'bastion-01'])
  expect(column('privileged')).toEqual(['false', 'true'])
  expect(column('first_access')).toEqual(['2026-02-06T12:00:00.000Z', '2026-02-06T09:00:00.000Z'])
  await expect(app.page.getByText('Exported', { exact: true })).toHaveCount(0)
  const masked = await app.save(async () => {
    await access.export.click()
    await app.page.getByRole('menuitem', { name: /^With masks/ }).click()
    const dialog = app.page.getByRole('dialog', { name: 'Export these rows' })
    await expect(dialog.getByRole('radio')).toHaveCount(2)
    await dialog.getByRole('button', { name: 'People' }).click()
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(app.page.getByText('Exported', { exact: true })).toBeAttached()
  })
  const text = readFileSync(masked, 'utf8')
  expect(text).toContain('«user-1»,bastion-01,2026-02-06T12:00:00.000Z')
  expect(text).not.toMatch(/mallory|alice/)
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('no part of who reached what breaks the rules of WCAG 2.2 A and AA', async ({ app }) => {
      const { page } = app
      const access = new AccessPage(page)
      await acts(app).importLog(twoVisits())
      await new ShellPage(page).goTo('Access')
      await expect(access.row(/alice/)).toBeVisible()
      await expectAccessible(page, 'accesses')
      await access.row(/alice/).click()
      await expect(access.entries).toHaveCount(1)
      await expectAccessible(page, 'a pair')
      expect.soft(await hiddenStops(page), 'a pair').toEqual([])
      await access.filter.fill('nobody-of-this-name')
      await expect(page.getByRole('heading', { name: 'No access held matches' })).toBeVisible()
      await expectAccessible(page, 'no access')
      await new ShellPage(page).goTo('Settings')
      await expect(page.getByRole('textbox', { name: /^Machines of production/ })).toBeVisible()
      await expectAccessible(page, 'production')
    })
  })
}
