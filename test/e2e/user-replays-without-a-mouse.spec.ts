import { expectAccessible, hiddenStops, tabTo } from './accessible'
import { acts } from './acts'
import { expect, test, type App } from './app'
import { attemptsCast } from './cast'
import { ReplayPage } from './pages/replay'
import { SessionPage, SessionsPage } from './pages/sessions'
import { ShellPage } from './pages/shell'
import { OWN_SESSIONS, type Sample } from './sample-server'

test('sessions and replay work without a mouse', async ({ app, sample }) => {
  const { page } = app
  const { keyboard } = page
  const sessions = new SessionsPage(page)
  const session = new SessionPage(page)
  const replay = new ReplayPage(page)
  await acts(app).connect(await sample(OWN_SESSIONS), 'work', 'user')
  await new ShellPage(page).expectSynced()

  await test.step('from the palette to a session', async () => {
    await keyboard.press('ControlOrMeta+K')
    await keyboard.type('my sessions')
    await expect(page.getByRole('option', { selected: true })).toHaveText(/^My sessions/)
    await keyboard.press('Enter')
    await expect(sessions.heading('My sessions')).toBeVisible()
    await expect(sessions.grid).toBeFocused()
    await tabTo(page, sessions.recorded, 'Shift+Tab')
    await keyboard.press('Space')
    await expect(page).toHaveURL(/recorded=yes/)
    await tabTo(page, sessions.grid)
    await keyboard.press('j')
    await expect(sessions.row(1)).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await expect(session.events).toBeFocused()
  })

  await test.step('lanes are walked by arrows', async () => {
    await page.goBack()
    await expect(sessions.row(0)).toBeVisible()
    await keyboard.press('v')
    await tabTo(page, sessions.lanes)
    const first = await sessions.presentOnLanes.textContent()
    await keyboard.press('ArrowRight')
    await expect(sessions.presentOnLanes).not.toHaveText(first ?? '')
    await keyboard.press('Enter')
    await expect(session.journey).toBeVisible()
  })

  await test.step('the replay plays, finds and is left', async () => {
    await tabTo(page, session.replay)
    await keyboard.press('Enter')
    await replay.expectRead()
    await keyboard.press('Space')
    await expect(replay.pause).toBeVisible()
    await keyboard.press('Space')
    await expect(replay.play).toBeVisible()
    await keyboard.press('/')
    await expect(replay.search).toBeFocused()
    await keyboard.type('$ ')
    await expect(replay.panel).toContainText(/\d+ · ↵/)
    await keyboard.press('Enter')
    await expect(replay.panel).toContainText(/1 of \d+|\d+ of \d+/)
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    await expect(replay.search).not.toBeFocused()
    await tabTo(page, replay.track)
    await keyboard.press('End')
    await tabTo(page, replay.tab('Commands'))
    await keyboard.press('ArrowRight')
    await expect(replay.tab('Transcript')).toBeFocused()
    await expect(replay.tab('Transcript')).toHaveAttribute('aria-selected', 'true')
    await tabTo(page, new ShellPage(page).entry('Timeline'))
    await keyboard.press('Enter')
    await expect(replay.track).toBeHidden()
  })
})

test('every stop of Tab shows where it is on sessions and replay', { tag: '@looks' }, async ({ app, sample }) => {
  const { page } = app
  const sessions = new SessionsPage(page)
  const session = new SessionPage(page)
  const replay = new ReplayPage(page)
  await openOwnSessions(app, await sample(OWN_SESSIONS))
  await sessions.recorded.check()
  await sessions.searchRecordings('compose')
  await expect(sessions.found.getByRole('status')).toContainText('searched')
  expect.soft(await hiddenStops(page), 'list with hits').toEqual([])
  await sessions.shape('Lanes').click()
  await expect(sessions.lanes).toBeVisible()
  expect.soft(await hiddenStops(page), 'lanes').toEqual([])
  await sessions.shape('List').click()
  await sessions.row(0).click()
  await expect(session.replay).toBeVisible()
  expect.soft(await hiddenStops(page), 'session').toEqual([])
  await session.replay.click()
  await replay.expectRead()
  for (const tab of ['Commands', 'Transcript', 'Facts', 'Bytes'] as const) {
    await replay.tab(tab).click()
    expect.soft(await hiddenStops(page), `replay with ${tab}`).toEqual([])
  }
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ theme })

    test('sessions keep the rules of WCAG 2.2 A and AA', { tag: '@looks' }, async ({ app, sample }) => {
      const { page } = app
      const sessions = new SessionsPage(page)
      const session = new SessionPage(page)
      const replay = new ReplayPage(page)
      await openOwnSessions(app, await sample(OWN_SESSIONS))
      await expect(sessions.row(0)).toBeVisible()
      await expectAccessible(page, 'list')
      await sessions.filter.fill('nothing of this name')
      await expect(page.getByRole('heading', { name: 'No session held matches' })).toBeVisible()
      await expectAccessible(page, 'list without a match')
      await page.getByRole('button', { name: 'Clear the filters' }).click()
      await sessions.searchRecordings('compose')
      await expect(sessions.found.getByRole('status')).toContainText('searched')
      await expectAccessible(page, 'list with hits')
      await sessions.shape('Lanes').click()
      await expect(sessions.lanes).toBeVisible()
      await expectAccessible(page, 'lanes')
      await sessions.shape('List').click()
      await sessions.recorded.check()
      await expect(sessions.row(0)).toContainText('▶ recorded')
      await sessions.row(0).click()
      await expect(session.replay).toBeVisible()
      await expectAccessible(page, 'session')
      await session.replay.click()
      await replay.expectRead()
      await expect(replay.commands).toBeVisible()
      await expectAccessible(page, 'replay of a session')
    })

    test('so does a replay', { tag: '@looks' }, async ({ app }) => {
      const { page } = app
      const replay = new ReplayPage(page)
      await acts(app).importFile(attemptsCast(app.folder), 'recording asciicast-v2')
      await new ShellPage(page).goTo('Sessions')
      await new SessionsPage(page).row(0).click()
      await new SessionPage(page).replay.click()
      await replay.expectRead()
      await page.keyboard.press('End')
      await expect(replay.rows).toContainText('uid=0(root)')
      await replay.search.fill('sudo')
      await expect(replay.marks.first()).toBeVisible()
      await expectAccessible(page, 'replay with hits')
      for (const tab of ['Commands', 'Transcript', 'Facts', 'Bytes'] as const) {
        await replay.tab(tab).click()
        await expectAccessible(page, `replay with ${tab}`)
      }
      await replay.revealInput.click()
      await expectAccessible(page, 'question before a reveal')
      await replay.reveal.getByRole('button', { name: 'Reveal' }).click()
      await expect(replay.typed).toBeVisible()
      await expectAccessible(page, 'typed input')
    })
  })
}

/** Connects as a user who sees own sessions alone, and opens them. */
async function openOwnSessions(app: App, server: Sample): Promise<void> {
  const shell = new ShellPage(app.page)
  await acts(app).connect(server, 'work', 'user')
  await shell.expectSynced()
  await shell.goTo('My sessions')
}
