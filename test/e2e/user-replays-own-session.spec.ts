import { acts } from './acts'
import { expect, test } from './app'
import { ReplayPage } from './pages/replay'
import { SessionPage, SessionsPage } from './pages/sessions'
import { ShellPage } from './pages/shell'
import { OWN_SESSIONS } from './sample-server'

test('a user searches a word typed last month and stands at the moment it ran', async ({ app, sample }) => {
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const sessions = new SessionsPage(page)
  const replay = new ReplayPage(page)
  await acts(app).connect(await sample(OWN_SESSIONS), 'work', 'user')
  await shell.expectSynced()

  await test.step('the word is found in the recordings of the own sessions', async () => {
    await shell.goTo('My sessions')
    await expect(sessions.heading('My sessions')).toBeVisible()
    await expect(shell.entry('Sessions')).toBeHidden()
    await expect(sessions.row(0)).toContainText('tess.moreau')
    await sessions.searchRecordings('compose')
    await expect(sessions.found).toContainText(/7 hits in 1 of \d+ recordings searched/)
    await expect(sessions.found).toContainText('2026-02-04')
  })

  await test.step('a hit leads to its moment', async () => {
    await sessions.hit(/15:26:52.*\$ docker compose up -d/).click()
    await replay.expectRead()
    await expect(replay.rows).toContainText(/\$ docker compose up -d/)
    await expect(replay.clock).toHaveText(/^00:15 \/ 19:12$/)
    await expect(replay.wallClock).toHaveText('· 15:26:52 UTC')
    await expect(replay.wallClock).toHaveAttribute('title', '2026-02-04 15:26:52 UTC')
    await expect(replay.search).toHaveValue('compose')
    await expect(replay.panel).toContainText('5 of 7')
    await expect(replay.marks).toHaveCount(1)
    await expect(replay.presentCommand).toContainText('docker compose up -d')
    await expect(replay.presentCommand).toContainText('00:15')
  })

  await test.step('it plays, stops, and goes to the next command', async () => {
    await keyboard.press('Space')
    await expect(replay.pause).toBeVisible()
    await expect(replay.clock).not.toHaveText(/^00:15/)
    await keyboard.press('Space')
    await expect(replay.play).toBeVisible()
    await replay.command('docker compose up -d').first().click()
    await expect(replay.clock).toHaveText(/^00:15/)
    await keyboard.press(']')
    await expect(replay.presentCommand).toContainText('curl -s localhost:8040/metrics')
    await expect(replay.clock).toHaveText(/^00:30/)
    await expect(replay.rows).toContainText('curl -s localhost:8040/metrics')
  })

  await test.step('a link to the moment is copied', async () => {
    await keyboard.press('y')
    await expect(replay.said).toHaveText('Link copied')
    await expect(page).toHaveURL(/t=30\.\d+$/)
    expect(new URL(await replay.pasted()).hash).toBe(new URL(page.url()).hash)
  })

  await test.step('the page of its session is one press away, and leads back', async () => {
    const session = new SessionPage(page)
    await replay.session.click()
    await expect(page.getByRole('heading', { level: 1, name: 'tess.moreau on app-03' })).toBeVisible()
    await expect(session.step('Commands')).toContainText('5 commands')
    await session.replay.click()
    await expect(replay.clock).toHaveText(/^00:00/)
    await expect(replay.search).toHaveValue('')
  })
})
