import { readFileSync } from 'node:fs'
import { expectAccessible, hiddenStops, tabTo } from './accessible'
import { acts } from './acts'
import { type App, expect, test } from './app'
import { incidentLog } from './logs'
import { ApprovalsPage } from './pages/approvals'
import { SessionPage, SessionsPage } from './pages/sessions'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'
import type { Sample } from './sample-server'

/** A small organisation, in which all planted requests have their place. */
const ORGANISATION = ['--events', '6000', '--seed', '2', '--now', '2026-03-12T12:00:00Z']
const SELF = /approved (?:an own request|own requests \d+ times)$/

/** Connects as somebody who sees everything, and waits until all is read. */
async function synced(app: App, sample: Sample): Promise<ApprovalsPage> {
  test.setTimeout(150_000)
  await acts(app).connect(sample, 'work')
  await new ShellPage(app.page).expectSynced()
  return new ApprovalsPage(app.page)
}

test('an administrator reaches the evidence of a self-approval in two clicks', async ({ app, sample }) => {
  const { page } = app
  const timeline = new TimelinePage(page)
  const approvals = await synced(app, await sample(ORGANISATION))
  const card = approvals.card(SELF)

  await test.step('the first shows that somebody decided own requests, and by which figures', async () => {
    await new ShellPage(page).goTo('Approvals')
    await expect(card).toContainText('high')
    await expect(card.getByRole('definition').first()).toBeVisible()
    await expect(approvals.foot).toContainText('visible to: super administrator')
  })

  await test.step('the second shows exactly the requests that it is about', async () => {
    const who = /^(\S+) approved/.exec((await card.getByRole('heading').textContent()) ?? '')?.[1] ?? ''
    const count = Number(/\d+/.exec((await approvals.evidence(card).textContent()) ?? '')?.[0])
    expect(count).toBeGreaterThanOrEqual(1)
    await approvals.evidence(card).click()
    await timeline.expectRows(count)
    for (let at = 0; at < count; at++) {
      await timeline.open(timeline.row(at))
      await expect(timeline.field('Actor')).toContainText(who)
      await expect(timeline.field('Decision')).toContainText(`approved${who}`)
    }
    await expect(timeline.row(0)).toContainText(who)
  })

  await test.step('the line of a request leads to the session that came of it, and back', async () => {
    await page.goBack()
    await expect(card).toBeVisible()
    const session = approvals.chain(card).getByRole('link').nth(1)
    await session.click()
    await expect(new SessionPage(page).journey).toBeVisible()
    await page.goBack()
    await expect(card).toBeVisible()
  })
})

test('requests are narrowed, opened and saved', async ({ app, sample }) => {
  const { page } = app
  const approvals = await synced(app, await sample(ORGANISATION))
  await new ShellPage(page).goTo('Approvals')
  await approvals.sum('approved, never used').getByRole('link').click()
  const never = Number(await approvals.sum('approved, never used').locator('b').textContent())
  await expect(page.getByRole('checkbox', { name: 'Approved and never used' })).toBeChecked()
  await expect(approvals.requests).toHaveAttribute('aria-rowcount', String(never + 1))
  await approvals.request(/never used/).first().click()
  await expect(approvals.pane).toContainText('never used')
  await expect(approvals.chain(approvals.pane)).toBeVisible()

  await test.step('the address holds all of it', async () => {
    const address = page.url()
    await page.reload()
    await expect(approvals.pane).toContainText('never used')
    expect(page.url()).toBe(address)
  })

  await test.step('what is listed is saved, with no formula', async () => {
    await approvals.export.click()
    const path = await app.save(() => page.getByRole('menuitem', { name: /^CSV/ }).click())
    await expect(page.getByRole('status').filter({ hasText: 'Exported' })).toBeAttached()
    const lines = readFileSync(path, 'utf8').trim().split('\r\n')
    expect(lines[0]).toContain('requested,request,type,requester')
    expect(lines).toHaveLength(never + 1)
    expect(lines.slice(1).every((line) => line.includes('never-used'))).toBe(true)
  })

  await test.step('all that is held is a choice of the time', async () => {
    await approvals.range.click()
    await page.getByRole('menuitemradio', { name: 'All that is held' }).click()
    await expect(approvals.range).toHaveText(/All held/)
    await approvals.tab('Sessions without approval').click()
    await expect(page.getByRole('searchbox', { name: 'Filter sessions' })).toBeVisible()
    await approvals.tab('Activity log').click()
    const activity = page.getByRole('grid', { name: 'Activity' })
    await expect(activity.getByRole('row').nth(1)).toContainText(/\d{4}-\d\d-\d\d/)
    await activity.getByRole('row').nth(1).click()
    await expect(new TimelinePage(page).query).toHaveText('category:(approval privilege account config)')
  })
})

test('approvals are read without a mouse', async ({ app, sample }) => {
  const { page } = app
  const { keyboard } = page
  const approvals = await synced(app, await sample(ORGANISATION))
  await keyboard.press('ControlOrMeta+K')
  await keyboard.type('approvals')
  await keyboard.press('Enter')
  const card = approvals.card(SELF)
  await expect(card).toBeVisible()

  await test.step('charts', async () => {
    const approver = approvals.charts.getByRole('group', { name: 'Approvers' }).getByRole('button')
    await tabTo(page, approver.first())
    await keyboard.press('ArrowDown')
    await expect(approver.nth(1)).toBeFocused()
    await expect(approver.nth(1)).toHaveAttribute('aria-label', /decisions?.*median/)
    const hours = approvals.charts.getByRole('slider', { name: 'Hour of the day' })
    await tabTo(page, hours)
    await keyboard.press('End')
    await expect(hours).toHaveAttribute('aria-valuetext', /^23:00 to 24:00: /)
    await tabTo(page, approvals.charts.getByRole('button', { name: /^Table of: Decisions by hour/ }), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(approvals.charts.getByRole('table').last().getByRole('row')).toHaveCount(25)
  })

  await test.step('a list of requests', async () => {
    await tabTo(page, approvals.tab('Requests'), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(approvals.requests).toBeVisible()
    await keyboard.press('j')
    await expect(approvals.present).toHaveAttribute('aria-rowindex', '3')
    await keyboard.press('Enter')
    await expect(approvals.pane).toBeVisible()
    await keyboard.press('Escape')
    await expect(approvals.pane).toBeHidden()
    await keyboard.press('/')
    await keyboard.type('nobody-of-this-name')
    await expect(page.getByRole('heading', { name: 'No request held matches' })).toBeVisible()
  })

  await test.step('the evidence', async () => {
    await tabTo(page, approvals.tab('Patterns'), 'Shift+Tab')
    await keyboard.press('Enter')
    await tabTo(page, approvals.evidence(card))
    await keyboard.press('Enter')
    await expect(new TimelinePage(page).cursorRow).toBeVisible()
  })
})

test('a regular user has no such entry, and is told so at its address', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  await acts(app).connect(await sample(ORGANISATION), 'work', 'user')
  await shell.expectSynced()
  await expect(shell.entry('My sessions')).toBeVisible()
  for (const screen of ['Approvals', 'Access'] as const) {
    await expect(shell.entry(screen)).toBeHidden()
    await page.evaluate((hash) => {
      location.hash = hash
    }, `#/v1/${screen.toLowerCase()}`)
    await expect(page.getByRole('heading', { name: `${screen}: access denied` })).toBeVisible()
    await expectAccessible(page, `${screen} denied`)
  }
  await page.getByRole('button', { name: 'My sessions' }).click()
  await expect(new SessionsPage(page).heading('My sessions')).toBeVisible()
})

test('files hold no requests, and that is told', async ({ app }) => {
  const { page } = app
  await acts(app).importLog(incidentLog())
  await new ShellPage(page).goTo('Approvals')
  await expect(page.getByRole('heading', { name: 'No source here offers requests for access' })).toBeVisible()
  await expectAccessible(page, 'no source of requests')
  await page.getByRole('main').getByRole('button', { name: 'Sources & coverage' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sources & coverage' })).toBeVisible()
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('no part of approvals breaks the rules of WCAG 2.2 A and AA', { tag: '@looks' }, async ({ app, sample }) => {
      const { page } = app
      const approvals = await synced(app, await sample(ORGANISATION))
      await new ShellPage(page).goTo('Approvals')
      await expect(approvals.card(SELF)).toBeVisible()
      await expectAccessible(page, 'patterns')
      expect.soft(await hiddenStops(page), 'patterns').toEqual([])
      for (const button of await approvals.charts.getByRole('button', { name: /^Table of/ }).all()) await button.click()
      await expectAccessible(page, 'charts as tables')
      await approvals.tab('Requests').click()
      await approvals.request(/approved/).first().click()
      await expect(approvals.chain(approvals.pane)).toBeVisible()
      await expectAccessible(page, 'a request')
      expect.soft(await hiddenStops(page), 'a request').toEqual([])
      await approvals.filter.fill('nobody-of-this-name')
      await expect(page.getByRole('heading', { name: 'No request held matches' })).toBeVisible()
      await expectAccessible(page, 'no request')
      await approvals.tab('Sessions without approval').click()
      await expect(page.getByRole('searchbox', { name: 'Filter sessions' })).toBeVisible()
      await expectAccessible(page, 'sessions without approval')
      await approvals.tab('Activity log').click()
      await expect(page.getByRole('grid', { name: 'Activity' })).toBeVisible()
      await expectAccessible(page, 'activity')
    })
  })
}
