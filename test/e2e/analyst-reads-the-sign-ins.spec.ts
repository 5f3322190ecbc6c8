import { expectAccessible, hiddenStops, tabTo } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { LogBook } from './log-lines'
import { ATTACKER, incidentLog, MINUTE, VICTIM } from './logs'
import { DetectionsPage } from './pages/detections'
import { ShellPage } from './pages/shell'
import { SignInsPage } from './pages/sign-ins'
import { TimelinePage } from './pages/timeline'

const log = incidentLog()
const failures = log.rows().filter(({ outcome }) => outcome === 'failure')
/** What the lines stand for: one of them was repeated. */
const failed = failures.reduce((sum, { repeat }) => sum + repeat, 0)
const HOUR_OF_ATTACK = /^Friday, 02:00 to 03:00: /

test('an analyst reads a card of sign-ins and opens its events', async ({ app }) => {
  const { page } = app
  const signIns = new SignInsPage(page)
  const timeline = new TimelinePage(page)
  await acts(app).importLog(log)
  await new ShellPage(page).goTo('Sign-ins')
  await expect(signIns.heading()).toBeVisible()
  await expect(signIns.head()).toContainText(`${failed} failed, 121 succeeded`)

  await test.step('the gravest says who got in, and leads to just those events', async () => {
    const card = signIns.card('Success after failures')
    await expect(card).toContainText('high')
    await expect(card).toContainText(`${VICTIM}, ${ATTACKER}`)
    await card.getByRole('button', { name: 'Its events' }).click()
    await timeline.expectRows(failures.length + 1)
    expect(timeline.addressQuery()).toContain(`ip:${ATTACKER}`)
    await page.goBack()
    await expect(signIns.heading()).toBeVisible()
  })

  await test.step('brute force is told by source and by user, each a rule of Detections', async () => {
    const card = signIns.card('Brute force')
    await expect(card).toContainText('within 10m')
    await card.getByRole('link', { name: 'Detections: from one source, 1' }).click()
    const detections = new DetectionsPage(page)
    await expect(detections.grid.getByRole('row')).toHaveCount(2)
    await expect(detections.row(/203\.0\.113\.77/)).toBeVisible()
    await page.goBack()
  })

  await test.step('what cannot be seen in what is held is not called nothing', async () => {
    await expect(signIns.card('Second factors without end')).toContainText('No sign-in of this time names a second factor, so this cannot be seen.')
    await expect(signIns.card('One source, several machines')).toContainText('None found in what is held of this time.')
  })

  await test.step('a bar leads to what it counts', async () => {
    await signIns.chart('By address: failed').getByRole('link', { name: new RegExp(`^${ATTACKER}: ${failed} failed, 1 succeeded, 7 users tried$`) }).click()
    await timeline.expectRows(failures.length)
    expect(timeline.addressQuery()).toBe(`category:authentication action:login outcome:failure ip:${ATTACKER}`)
  })
})

test('a drag over the chart sets the time pin, which can be taken back', async ({ app }) => {
  const { page } = app
  const signIns = new SignInsPage(page)
  const timeline = new TimelinePage(page)
  await acts(app).importLog(log)
  await new ShellPage(page).goTo('Sign-ins')
  await signIns.drag(0.5, 1)
  await expect(signIns.range).toHaveText(/Pinned time/)
  await expect(signIns.head()).toContainText(`${failed} failed`)
  const pin = await timeline.addressPin()
  expect(Date.parse(pin?.from ?? '')).toBeLessThan(Date.UTC(2026, 1, 6, 2))
  await page.goBack()
  await expect(signIns.unzoom).toBeHidden()
  expect(await timeline.addressPin()).toBeNull()
  await page.goForward()
  await signIns.unzoom.click()
  await expect(signIns.head()).toContainText('121 succeeded')
  await signIns.range.click()
  await page.getByRole('menuitemradio', { name: 'Newest 24 hours held' }).click()
  await expect(signIns.range).toHaveText(/Newest 24 hours held/)
  await expect(signIns.head()).not.toContainText('121 succeeded')
})

test('each chart is a table where one is wanted', async ({ app }) => {
  const { page } = app
  const signIns = new SignInsPage(page)
  await acts(app).importLog(log)
  await new ShellPage(page).goTo('Sign-ins')
  await signIns.turn(signIns.overTime)
  const cells = signIns.overTime.getByRole('table').getByRole('row').locator('td:nth-of-type(1)')
  await expect(cells.first()).toBeVisible()
  const counts = (await cells.allTextContents()).map((text) => Number(text.replaceAll(',', '')))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(failed)
  const users = signIns.chart('By user: failed')
  await signIns.turn(users)
  await expect(users.getByRole('row', { name: /^root 5 0 0 1$/ })).toBeVisible()
  await signIns.turn(users)
  await expect(users.getByRole('table')).toBeHidden()
  const week = signIns.chart('Failed sign-ins by hour of the week, UTC')
  await signIns.turn(week)
  await expect(week.getByRole('row', { name: /^Friday/ }).locator('td').last()).toHaveText(String(failed))
})

test('sign-ins are read without a mouse', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const signIns = new SignInsPage(page)
  const timeline = new TimelinePage(page)
  await acts(app).importLog(log)
  await keyboard.press('ControlOrMeta+K')
  await keyboard.type('sign-ins')
  await keyboard.press('Enter')
  await expect(signIns.heading()).toBeVisible()
  await expect(signIns.brush).toBeVisible()
  await tabTo(page, signIns.brush)
  await keyboard.press('End')
  await keyboard.press('Shift+ArrowLeft')
  await expect(signIns.brush).toHaveAttribute('aria-valuetext', / failed$/)
  await keyboard.press('Enter')
  await expect.poll(() => timeline.addressPin()).not.toBeNull()
  await keyboard.press('Z')
  await expect.poll(() => timeline.addressPin()).toBeNull()
  await tabTo(page, signIns.week.getByRole('gridcell').first())
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await keyboard.press(key)
  const cell = signIns.week.getByRole('gridcell', { name: HOUR_OF_ATTACK })
  await expect(cell).toBeFocused()
  await expect(cell).toHaveAccessibleName(`Friday, 02:00 to 03:00: ${failed} failed sign-ins`)
  await keyboard.press('Enter')
  await timeline.expectRows(failures.length)
})

test('where none failed, it is told what that rests on', async ({ app }) => {
  const { page } = app
  const signIns = new SignInsPage(page)
  const quiet = new LogBook('bastion-01')
  for (let visit = 0; visit < 3; visit++) {
    const time = Date.UTC(2026, 1, 6, 9) + visit * 30 * MINUTE
    quiet.add(time, `sshd[${visit}]: Accepted publickey for alice from 10.0.0.5 port 4000${visit} ssh2`, { outcome: 'success' })
  }
  await acts(app).importLog(quiet)
  await new ShellPage(page).goTo('Sign-ins')
  await expect(page.getByRole('heading', { name: 'No failed sign-in is held of this time' })).toBeVisible()
  await expect(page.getByText(/unknown before the oldest record.*What is not held cannot be counted\./)).toBeVisible()
  await expect(signIns.card('Spraying')).toContainText('No failed sign-in is held of this time, so this cannot be seen.')
  await expect(signIns.firstSeen).toContainText('None of a user with at least 10 sign-ins over 14 days held before it.')
  await expect(signIns.lists).toContainText('sshd writes each refused password')
  await expectAccessible(page, 'none failed')
})

test('a list that tells of no failed sign-ins says so', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const signIns = new SignInsPage(page)
  await acts(app).connect(await sample(['--events', '600', '--seed', '2']), 'fern')
  await expect(shell.syncState).toHaveText(/^Synced/, { timeout: 40_000 })
  await shell.goTo('Sign-ins')
  await expect(signIns.notTold).toContainText('fern, sign-ins to machines past the portal: The server lists only those that worked')
  await expect(signIns.lists.getByRole('row', { name: /sign-ins to the portal/ })).toContainText('The server writes a failed sign-in as a record of its own.')
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('no part of the sign-ins breaks the rules of WCAG 2.2 A and AA', { tag: '@looks' }, async ({ app }) => {
      const { page } = app
      const signIns = new SignInsPage(page)
      await acts(app).importLog(log)
      await new ShellPage(page).goTo('Sign-ins')
      await expect(signIns.card('Brute force').getByRole('button', { name: 'Events of the newest' })).toBeVisible()
      await page.getByRole('checkbox', { name: 'With those that succeeded' }).check()
      await expectAccessible(page, 'charts')
      expect.soft(await hiddenStops(page), 'charts').toEqual([])
      for (const turn of await page.getByRole('button', { name: /^Table of/ }).all()) await turn.click()
      await expectAccessible(page, 'tables')
      await signIns.range.click()
      await expectAccessible(page, 'choice of the time')
    })
  })
}

test.describe('in a narrow window', () => {
  test.use({ size: { width: 1024, height: 700 } })

  test('nothing of the sign-ins is cut', { tag: '@looks' }, async ({ app }) => {
    const { page } = app
    await acts(app).importLog(log)
    await new ShellPage(page).goTo('Sign-ins')
    await expect(new SignInsPage(page).week).toBeVisible()
    const wider = await page.evaluate(() =>
      [...document.querySelectorAll('main, main *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible').map((one) => one.className.toString()),
    )
    expect(wider).toEqual([])
  })
})
