import type { Locator } from '@playwright/test'
import { acts } from './acts'
import { expect, test } from './app'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

test('an auditor finds a hole in what is held, and fills it', async ({ app, sample }) => {
  test.setTimeout(120_000)
  const { page } = app
  const shell = new ShellPage(page)
  const sources = await acts(app).connect(await sample(['--events', '60000']), 'work')
  await expect(sources.progress('work')).toHaveAttribute('aria-valuenow', /^[2-9]\d$/)
  await sources.sync('work').getByRole('button', { name: 'Cancel' }).click()
  await expect(shell.syncState).toHaveText('Sync stopped · work')

  const bar = sources.bar('work', 'audit')
  const open = bar.getByRole('option', { name: /^(partial|not asked)/ })
  await test.step('that not all is held shows in every place', async () => {
    await expect(shell.statusBar).toContainText('1 list not read to the oldest record')
    await expect(open.first()).toBeVisible()
    // The last pages that were read before the stop still come in.
    let before = ''
    const isSettled = async () => {
      const now = (await labels(bar)).join()
      const isSame = now === before
      before = now
      return isSame
    }
    await expect.poll(isSettled, { intervals: [1500] }).toBe(true)
  })

  await test.step('what is not proven is told, and why', async () => {
    await open.first().click()
    await expect(sources.range.getByRole('heading', { name: /^(Partial|Not asked) · audit$/ })).toBeVisible()
    await expect(sources.range).toContainText(/(Between|Up to) .* UTC (more may exist|this list has not been asked|.* that the server counts)/)
    await expect(sources.range).toContainText('GET /api/audit')
    await expect(sources.range.getByRole('term').filter({ hasText: 'Server counts' })).toBeVisible()
  })

  await test.step('its rows are one step away', async () => {
    await bar.getByRole('option', { name: /^complete/ }).first().click()
    await expect(sources.range).toContainText('its own count agrees')
    await sources.range.getByRole('button', { name: 'Show on timeline' }).click()
    const timeline = new TimelinePage(page)
    await expect.poll(() => timeline.addressPin()).not.toBeNull()
    await expect(timeline.query).toHaveText('connection:work stream:audit')
    await expect(timeline.row(0)).toBeVisible()
    await page.goBack()
  })

  await test.step('with the keyboard alone it is found and filled', async () => {
    await bar.focus()
    await expect(async () => {
      const at = (await labels(bar)).findIndex((label) => /^(partial|not asked)/.test(label))
      if (at < 0) return
      await bar.focus()
      await page.keyboard.press('Home')
      for (let step = 0; step < at; step++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await sources.range.getByRole('button', { name: /^(Fill this hole|Ask for this range)$/ }).press('Enter')
      await expect(sources.range.getByRole('heading', { name: 'Complete · audit' })).toBeVisible({ timeout: 20_000 })
      await expect(open).toHaveCount(0, { timeout: 500 })
    }).toPass({ timeout: 50_000 })
    await shell.expectSynced()
    await expect(shell.statusBar).not.toContainText('not read to the oldest record')
  })
})

function labels(bar: Locator): Promise<string[]> {
  return bar.getByRole('option').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
}
