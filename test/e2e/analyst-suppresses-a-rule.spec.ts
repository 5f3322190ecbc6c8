import { expectAccessible, hiddenStops } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { LogBook } from './log-lines'
import { ATTACKER, incidentLog, MINUTE } from './logs'
import { DetectionsPage } from './pages/detections'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const RULE = 'Many failed sign-ins from one source'
const REASON = 'Scan by the security team, agreed in the change calendar'
const log = incidentLog()
const guesses = log.rows().filter(({ ip, outcome }) => ip === ATTACKER && outcome === 'failure')

test('an analyst suppresses a rule for a reason and sees it counted', async ({ app }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const detections = new DetectionsPage(page)
  const timeline = new TimelinePage(page)
  await acts(app).importLog(log)

  await test.step('what is grave is counted on every screen', async () => {
    await expect(shell.entry('Detections')).toHaveAttribute('title', /^Detections: \d+ of level high or critical$/)
    await shell.goTo('Detections')
    await expect(detections.heading()).toBeVisible()
    await detections.rule(RULE).click()
    await expect(detections.grid.getByRole('row')).toHaveCount(2)
  })

  await test.step('a finding tells why, and leads to exactly its events', async () => {
    await detections.row(/203\.0\.113\.77/).click()
    await expect(detections.pane.getByRole('heading', { level: 2 })).toHaveText(RULE)
    await expect(detections.pane).toContainText('within 10m')
    await expect(detections.fact('Events')).toHaveText(String(guesses.length))
    await expect(detections.pane).toContainText(`Shows exactly its ${guesses.length} events.`)
    await expect(detections.events()).toHaveCount(10)
    await detections.toTimeline.click()
    await timeline.expectRows(guesses.length)
    expect(timeline.addressQuery()).toContain(`ip:${ATTACKER}`)
    await expect(timeline.row(0)).toHaveAttribute('aria-selected', 'true')
    await page.goBack()
    await detections.events().last().click()
    await expect(timeline.row(guesses.length - 1)).toHaveAttribute('aria-selected', 'true')
    await page.goBack()
    await expect(detections.pane).toBeVisible()
    await expect(detections.row(/203\.0\.113\.77/)).toBeVisible()
  })

  await test.step('without a reason nothing is suppressed', async () => {
    await page.keyboard.press('x')
    await detections.dialog.getByRole('button', { name: 'Suppress', exact: true }).click()
    await expect(detections.dialog.getByRole('alert')).toContainText('needs a reason')
    await detections.dialog.getByRole('textbox', { name: 'Reason' }).fill(REASON)
    await detections.dialog.getByRole('radio', { name: 'Every finding of this rule' }).check()
    await detections.dialog.getByRole('button', { name: 'Suppress', exact: true }).click()
    await expect(detections.dialog).toBeHidden()
  })

  await test.step('it is counted, and shown where it is asked for', async () => {
    await expect(page.getByRole('heading', { name: '1 finding is suppressed, and no other matches' })).toBeVisible()
    await expect(detections.rule(RULE)).toContainText('1 suppressed')
    await expect(detections.suppressions).toHaveText('Suppressions 1')
    await page.getByRole('checkbox', { name: 'Show suppressed' }).check()
    await expect(detections.row(/203\.0\.113\.77/)).toContainText('suppressed')
  })

  await test.step('also after the program was closed, and it is taken back', async () => {
    await app.restart()
    const again = new DetectionsPage(app.page)
    await new ShellPage(app.page).goTo('Detections')
    await again.suppressions.click()
    await expect(again.dialog).toContainText(REASON)
    await expect(again.dialog).toContainText('Takes out 1 finding.')
    await again.dialog.getByRole('button', { name: 'Take back' }).click()
    await expect(again.dialog).toContainText('Nothing is suppressed')
    await app.page.keyboard.press('Escape')
    await again.rule(RULE).click()
    await expect(again.row(/203\.0\.113\.77/)).toBeVisible()
    await expect(again.rule(RULE)).not.toContainText('suppressed')
  })
})

test('findings are read without a mouse', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const detections = new DetectionsPage(page)
  await acts(app).importLog(log)
  await keyboard.press('ControlOrMeta+K')
  await keyboard.type('detections')
  await keyboard.press('Enter')
  await expect(detections.grid).toBeFocused()
  await keyboard.press('G')
  await expect(detections.present).toHaveAttribute('aria-rowindex', (await detections.grid.getAttribute('aria-rowcount')) ?? '')
  await keyboard.press('g')
  await keyboard.press('Enter')
  await expect(detections.pane.getByRole('heading', { level: 2 })).toBeVisible()
  const first = await detections.pane.getByRole('heading', { level: 2 }).textContent()
  await keyboard.press('j')
  await expect(detections.present).toHaveAttribute('aria-rowindex', '3')
  await keyboard.press('k')
  await expect(detections.pane.getByRole('heading', { level: 2 })).toHaveText(first ?? '')
  await keyboard.press('Escape')
  await expect(detections.pane).toBeHidden()
  await keyboard.press('/')
  await keyboard.type('nobody-of-this-name')
  await expect(page.getByRole('heading', { name: 'No finding matches' })).toBeVisible()
  await expect(page.getByText('What is not held cannot be looked at.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(detections.grid).toBeVisible()
  await keyboard.press('t')
  await expect(acts(app).timeline().grid).toBeVisible()
})

test('where nothing was found, it is told what that rests on', async ({ app }) => {
  const { page } = app
  const quiet = new LogBook('bastion-01')
  for (let visit = 0; visit < 3; visit++) {
    const time = Date.UTC(2026, 1, 6, 9) + visit * 30 * MINUTE
    quiet.add(time, `sshd[${visit}]: Accepted publickey for alice from 10.0.0.5 port 4000${visit} ssh2`, { outcome: 'success' })
  }
  await acts(app).importLog(quiet)
  await new ShellPage(page).goTo('Detections')
  await expect(page.getByRole('heading', { name: 'Nothing was found in what is held' })).toBeVisible()
  await expect(page.getByText(/^\d+ rules looked at 3 events\./)).toBeVisible()
  await expect(page.getByText(/unknown before the oldest record.*What is not held cannot be looked at\./)).toBeVisible()
  await expectAccessible(page, 'nothing found')
  await page.getByRole('main').getByRole('button', { name: 'Sources & coverage' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sources & coverage' })).toBeVisible()
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('no part of detections breaks the rules of WCAG 2.2 A and AA', { tag: '@looks' }, async ({ app }) => {
      const { page } = app
      const detections = new DetectionsPage(page)
      await acts(app).importLog(log)
      await new ShellPage(page).goTo('Detections')
      await expect(detections.row(/203\.0\.113\.77/).first()).toBeVisible()
      await expectAccessible(page, 'findings')
      await detections.row(/203\.0\.113\.77/).first().click()
      await expect(detections.toTimeline).toBeVisible()
      await expectAccessible(page, 'a finding')
      expect.soft(await hiddenStops(page), 'a finding').toEqual([])
      await detections.suppress.click()
      await detections.dialog.getByRole('button', { name: 'Suppress', exact: true }).click()
      await expect(detections.dialog.getByRole('alert')).toBeVisible()
      await expectAccessible(page, 'suppress')
      await detections.dialog.getByRole('textbox', { name: 'Reason' }).fill(REASON)
      await detections.dialog.getByRole('button', { name: 'Suppress', exact: true }).click()
      await page.getByRole('checkbox', { name: 'Show suppressed' }).check()
      await expect(detections.pane.getByRole('button', { name: 'Take back' })).toBeVisible()
      await expectAccessible(page, 'a suppressed finding')
      await detections.suppressions.click()
      await expectAccessible(page, 'suppressions')
      await page.keyboard.press('Escape')
      await detections.filter.fill('nobody-of-this-name')
      await expect(page.getByRole('heading', { name: 'No finding matches' })).toBeVisible()
      await expectAccessible(page, 'no finding')
    })
  })
}
