import { acts } from './acts'
import { expect, test } from './app'
import { ReplayPage } from './pages/replay'
import { SessionPage, SessionsPage } from './pages/sessions'
import { ShellPage } from './pages/shell'

test('a recording that a server only lists is fetched when it is wanted', async ({ app, sample }) => {
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const sessions = new SessionsPage(page)
  const session = new SessionPage(page)
  const replay = new ReplayPage(page)
  // More than one sync fetches.
  const served = await sample(['--events', '3000'])
  await acts(app).connect(served, 'work')
  await shell.expectSynced()
  const openListed = async (fromEnd: number) => {
    await shell.goTo('Sessions')
    await sessions.recorded.check()
    await expect(sessions.row(0)).toContainText('▶ recorded')
    await sessions.grid.focus()
    await keyboard.press('End')
    for (let up = 0; up < fromEnd; up++) await keyboard.press('ArrowUp')
    await expect(sessions.present).toContainText('not fetched')
  }

  await test.step('from the page of its session', async () => {
    await openListed(0)
    await keyboard.press('Enter')
    await expect(session.step('Recording')).toContainText('not fetched')
    await session.fetch.click()
    await expect(session.step('Recording')).toContainText('recorded')
    await session.replay.click()
    await replay.expectRead()
    await expect(replay.panel).toContainText('Commands')
  })

  await test.step('or from the place where it would play', async () => {
    await openListed(1)
    await keyboard.press('r')
    await expect(page.getByRole('heading', { name: 'This recording is not fetched yet' })).toBeVisible()
    await page.getByRole('button', { name: 'Fetch it' }).click()
    await replay.expectRead()
  })

  await test.step('a server that does not answer is told, and what is held still plays', async () => {
    await served.end()
    await openListed(2)
    await keyboard.press('Enter')
    await session.fetch.click()
    await expect(session.recordings).toContainText(/not fetched: .+/)
    await expect(session.fetch).toBeVisible()
    await page.goBack()
    await sessions.row(0).click()
    await session.replay.click()
    await replay.expectRead()
  })
})
