import { acts } from './acts'
import { expect, test } from './app'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

test('an analyst watches a sync, stops it, and lets it go on', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const sources = await acts(app).connect(await sample(['--events', '60000']), 'work')

  await test.step('how far it is stands on the card, beside it and in the status bar', async () => {
    await expect(sources.progress('work')).toHaveAttribute('aria-valuenow', /^[1-9]/)
    await expect(sources.sync('work')).toContainText(/audit · [\d,]+ of [\d,]+ records/)
    await expect(sources.sync('work')).toContainText(/request budget \d+ of [\d,]+ this hour/)
    await expect(shell.syncState).toHaveText(/^Syncing · work \d+ %$/)
  })

  await test.step('stopped, what was read is kept', async () => {
    await sources.sync('work').getByRole('button', { name: 'Cancel' }).click()
    await expect(sources.source('work')).toContainText('The sync was stopped. What was read is kept')
    await expect(shell.syncState).toHaveText('Sync stopped · work')
    await expect(sources.progress('work')).toBeHidden()
    await shell.goTo('Timeline')
    await expect(new TimelinePage(page).row(0)).toBeVisible()
    await shell.goTo('Sources & coverage')
    await expect(sources.count('work', 'audit')).toHaveText(/^[\d,]+ of [\d,]+$/)
    const [held, total] = await numbers(sources.count('work', 'audit'))
    expect(held).toBeLessThan(total ?? 0)
  })

  await test.step('it goes on to the end', async () => {
    await sources.startSync('work')
    await expect(sources.progress('work')).toBeVisible()
    await shell.expectSynced()
    await expect
      .poll(async () => {
        const [held, total] = await numbers(sources.count('work', 'audit'))
        return held === total
      })
      .toBe(true)
    await expect(sources.bar('work', 'audit').getByRole('option', { name: /^partial/ })).toHaveCount(0)
  })
})

test('with the server gone, one sentence says so and everything else goes on', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const served = await sample(['--events', '3000'])
  const sources = await acts(app).connect(served, 'work')
  await shell.expectSynced()
  await served.end()
  await sources.startSync('work')
  await expect(sources.source('work').getByRole('alert')).toContainText('What is held stays', { timeout: 30_000 })
  await expect(shell.syncState).toHaveText(/^No answer from work, the last (just now|\d+ (s|min) ago)$/)
  await shell.goTo('Timeline')
  const timeline = new TimelinePage(page)
  await timeline.apply('outcome:failure')
  await timeline.open(timeline.row(0))
  await expect(timeline.card('Provenance')).toBeVisible()
})

test('the live view looks for news by itself, and can be stopped', async ({ app, sample }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const live = page.getByRole('button', { name: /^Live/ })
  const sources = await acts(app).connect(await sample(['--events', '3000']), 'work')
  await shell.expectSynced()
  await shell.goTo('Timeline')
  await live.click()
  await expect(live).toHaveAttribute('aria-pressed', 'true')
  await expect(live).toHaveText(/^Live\s*\d+ s$/)
  await live.click()
  await expect(live).toHaveAttribute('aria-pressed', 'false')

  await test.step('a server that is paused gives no live view', async () => {
    await shell.goTo('Sources & coverage')
    await sources.menu('work', 'Pause')
    // A sync that was under way is told of beside it.
    await expect(sources.source('work')).toContainText(/paused/i)
    await shell.goTo('Timeline')
    await expect(live).toHaveAttribute('aria-disabled', 'true')
    await expect(live).toHaveAttribute('title', 'Every server is paused')
  })
})

async function numbers(count: { innerText(): Promise<string> }): Promise<number[]> {
  return [...(await count.innerText()).matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')))
}
