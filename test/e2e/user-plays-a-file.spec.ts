import type { Locator } from '@playwright/test'
import { acts } from './acts'
import { expect, test } from './app'
import { attemptsCast } from './cast'
import { ReplayPage } from './pages/replay'
import { SessionPage, SessionsPage } from './pages/sessions'
import { ShellPage } from './pages/shell'

test('a recording from a file plays, and nothing in it acts', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const sessions = new SessionsPage(page)
  const replay = new ReplayPage(page)
  await acts(app).importFile(attemptsCast(app.folder), 'recording asciicast-v2')

  await test.step('it stands under Sessions and opens by its key', async () => {
    await shell.goTo('Sessions')
    await expect(sessions.row(0)).toContainText('night shift')
    await expect(sessions.row(0)).toContainText('recorded')
    await keyboard.press('r')
    await replay.expectRead()
    await expect(page.getByRole('heading', { level: 1, name: 'night shift' })).toBeVisible()
  })

  const title = await page.title()
  await test.step('it plays to its end', async () => {
    await replay.copy('kept by the user')
    await keyboard.press('Space')
    await expect(replay.pause).toBeVisible()
    await expect(replay.rows).toContainText('uid=0(root)')
    await expect(replay.play).toBeVisible()
    await expect(replay.wallClock).toHaveAttribute('title', '2026-02-06 03:00:06 UTC')
  })

  await test.step('colours, weights and widths are as recorded', async () => {
    const warm = replay.rows.getByText('warm', { exact: true })
    await expect(warm).toHaveCSS('color', 'rgb(255, 120, 0)')
    await expect(replay.rows.getByText('heavy', { exact: true })).toHaveCSS('font-weight', '700')
    const [one, three] = await Promise.all([widthOf(warm), widthOf(replay.rows.getByText('日本語', { exact: true }))])
    expect(three / one).toBeCloseTo(6 / 4, 1)
  })

  await test.step('what it attempted is told and did not happen', async () => {
    await replay.tab('Facts').click()
    await expect(replay.fact('title')).toContainText('another title')
    await expect(replay.fact('link')).toContainText('https://links.invalid/')
    await expect(replay.fact('clipboard')).toContainText('from the recording')
    expect(await page.title()).toBe(title)
    await expect(replay.screen.getByRole('link')).toHaveCount(0)
    await replay.clickAt(replay.rows.getByText('a link'))
    expect(await replay.pasted()).toBe('kept by the user')
  })
})

test('typed input is hidden until it is revealed, which is remembered', async ({ app }) => {
  const { page } = app
  const { keyboard } = page
  const sessions = new SessionsPage(page)
  const replay = new ReplayPage(page)
  const open = async () => {
    await new ShellPage(page).goTo('Sessions')
    await sessions.row(0).click()
    await new SessionPage(page).replay.click()
    await replay.expectRead()
    await keyboard.press('End')
    await expect(replay.rows).toContainText('uid=0(root)')
  }
  await acts(app).importFile(attemptsCast(app.folder), 'recording asciicast-v2')
  await open()

  await test.step('it stays hidden where the question is declined', async () => {
    await expect(replay.typed).toBeHidden()
    await replay.revealInput.click()
    await expect(replay.reveal).toContainText('It was never revealed before.')
    await replay.reveal.getByRole('button', { name: 'Keep it hidden' }).click()
    await expect(replay.typed).toBeHidden()
  })

  await test.step('it is shown once agreed, but what the screen did not echo is masked', async () => {
    await replay.revealInput.click()
    await replay.reveal.getByRole('button', { name: 'Reveal' }).click()
    await expect(replay.typed).toContainText('sudo id')
    await expect(replay.typed).toContainText('*******')
    await expect(page.getByText('hunter2')).toHaveCount(0)
  })

  await test.step('opened again it is hidden again, and the reveal is told', async () => {
    await open()
    await expect(replay.typed).toBeHidden()
    await replay.revealInput.click()
    await expect(replay.reveal).toContainText(/It was revealed once before, last at \d{4}-\d\d-\d\d [\d:]+ UTC\./)
  })

  await test.step('also after a restart', async () => {
    await app.restart()
    const again = new ReplayPage(app.page)
    await new ShellPage(app.page).goTo('Sessions')
    await new SessionsPage(app.page).row(0).click()
    await new SessionPage(app.page).replay.click()
    await again.revealInput.click()
    await expect(again.reveal).toContainText('It was revealed once before')
  })
})

async function widthOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.width ?? 0
}
