import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

test('an analyst finds who got in, beginning at the peak of the chart', async ({ app }) => {
  test.setTimeout(150_000)
  const { page } = app
  const shell = new ShellPage(page)
  const timeline = new TimelinePage(page)

  await test.step('the first door leads to rows at once', async () => {
    await shell.sampleDoor.click()
    await expect(timeline.row(0)).toBeVisible()
    await expect(shell.syncState).toHaveText(/^Syncing · sample/)
    await shell.expectSynced()
  })

  await test.step('the day with the most failures stands out', async () => {
    await timeline.facet('failure').click()
    await expect(timeline.query).toHaveText('outcome:failure')
    await expect(timeline.chart).toHaveAttribute('aria-busy', 'false')
    await zoomToPeak(page, timeline)
    await expect.poll(() => timeline.addressPin()).not.toBeNull()
    await expect(timeline.chart).toHaveAttribute('aria-busy', 'false')
  })

  await test.step('and in it, addresses that try many names', async () => {
    await timeline.facet('203.0.113.44').click()
    await expect(timeline.query).toHaveText('outcome:failure ip:203.0.113.44')
    await expect(timeline.row(0)).toContainText('failed')
  })

  await test.step('one of them got in', async () => {
    await timeline.apply('outcome:success ip:203.0.113.44')
    await timeline.expectRows(3)
    const first = timeline.row(2)
    await expect(first).toContainText('dana.reyes')
    await expect(first).toContainText('login')
  })

  await test.step('made somebody an administrator, who then came from the same place', async () => {
    await expect(timeline.row(0)).toContainText('ext.kolar')
    await timeline.open(timeline.row(1))
    await expect(timeline.field('Actor')).toContainText('dana.reyes')
    await expect(timeline.card('Change')).toContainText('+ company_admin')
    await expect(timeline.detail.getByText('critical', { exact: true })).toBeVisible()
  })

  await test.step('the row leads to the page that it came in', async () => {
    await timeline.card('Provenance').getByRole('button', { name: 'Check the page' }).click()
    await expect(timeline.card('Provenance')).toContainText('✓ Agrees')
  })
})

/** Steps over the bars with the arrow keys, and zooms to the one with the most failures. */
async function zoomToPeak(page: Page, timeline: TimelinePage): Promise<void> {
  const failures = async () => {
    const text = (await timeline.brush.getAttribute('aria-valuetext')) ?? ''
    return Number(/(\d+) failed/.exec(text)?.[1] ?? 0)
  }
  await timeline.brush.focus()
  await page.keyboard.press('Home')
  const last = Number(await timeline.brush.getAttribute('aria-valuemax'))
  let peak = { at: 0, failed: await failures() }
  for (let at = 1; at <= last; at++) {
    await page.keyboard.press('ArrowRight')
    await expect(timeline.brush).toHaveAttribute('aria-valuenow', String(at))
    const failed = await failures()
    if (failed > peak.failed) peak = { at, failed }
  }
  for (let at = last; at > peak.at; at--) await page.keyboard.press('ArrowLeft')
  await expect(timeline.brush).toHaveAttribute('aria-valuenow', String(peak.at))
  await page.keyboard.press('Enter')
}
