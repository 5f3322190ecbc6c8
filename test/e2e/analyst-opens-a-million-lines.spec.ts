import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './app'
import { dropPaths } from './drop'
import { FIRST_USER, LAST_USER, writeLargeLog } from './large-log'
import { milliseconds, tell, timeToPaint } from './measure'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const LINES = 1_000_000
const WAITING = '[role=row][aria-busy=true]'
const ROW = '[role=row][data-row]:not([aria-busy])'

test('an analyst opens a million lines and moves through them at once', { tag: '@large' }, async ({ app }) => {
  test.setTimeout(300_000)
  const { page } = app
  const path = join(app.folder, 'huge.log')
  const began = Date.now()
  await writeLargeLog(path, LINES)
  const megabytes = (statSync(path).size / 1e6).toFixed(0)
  tell('the log', `${LINES.toLocaleString('en-US')} lines, ${megabytes} MB, made in ${seconds(began)}`)

  const shell = new ShellPage(page)
  const timeline = new TimelinePage(page)
  const dialog = new ImportDialogPage(page)
  await expect(shell.importDoor).toBeVisible()
  const chosen = Date.now()
  // The desktop has the file by its place, a browser hands it over byte by byte.
  if (app.electron) await app.chooseFiles([path], () => page.keyboard.press('3'))
  else await dropPaths(page, [path])
  await expect(dialog.start).toBeFocused({ timeout: 60_000 })
  tell('from the drop to the preview', seconds(chosen))

  const started = Date.now()
  await test.step('the first rows come while the import goes on', async () => {
    const took = await timeToPaint(page, { from: 'keydown', ready: ROW }, () => page.keyboard.press('Enter'))
    await timeline.grid.focus()
    await expect(shell.imports.getByRole('progressbar')).toBeVisible()
    tell('from Enter to the first rows', milliseconds([took]))
  })

  await test.step('a row chosen meanwhile stays chosen and in its place', async () => {
    // At the very top new rows push the others down; anywhere else what is read stays under the eyes.
    for (let page = 0; page < 4; page++) await timeline.grid.press('PageDown')
    await timeline.open(timeline.cursorRow)
    const kept = await timeline.cell(timeline.cursorRow, 'what').textContent()
    await expect(shell.imports.getByRole('progressbar')).toBeVisible()
    await expect(shell.imports.getByRole('heading', { name: 'Imported huge.log' })).toBeVisible({ timeout: 200_000 })
    tell('the whole import', seconds(started))
    await timeline.expectRows(LINES)
    await expect.soft(timeline.cell(timeline.cursorRow, 'what')).toHaveText(kept ?? '')
    await expect.soft(timeline.cursorRow).toBeInViewport()
    await page.keyboard.press('Escape')
    await shell.closeImports()
  })

  await test.step('the ends', async () => {
    await timeline.grid.focus()
    await page.keyboard.press('Home')
    await expect(timeline.cell(timeline.row(0), 'user')).toHaveText(LAST_USER)
    const last = `[aria-rowindex="${LINES + 1}"][data-row]:not([aria-busy])`
    const span = { from: 'keydown', ready: last, gone: WAITING }
    const took = await timeToPaint(page, span, () => page.keyboard.press('End'))
    tell('End to paint', milliseconds([took]))
    await expect(timeline.cell(timeline.row(LINES - 1), 'user')).toHaveText(FIRST_USER)
    await expect(timeline.row(LINES - 1)).toContainText('Accepted password')
    await expect(timeline.row(LINES - 1)).toHaveAttribute('aria-selected', 'true')
    await expect(timeline.row(LINES - 1)).toBeInViewport({ ratio: 1 })
  })

  await test.step('the bar is dragged to the middle', async () => {
    const times = await dragBar(timeline, [0.9, 0.8, 0.7, 0.6, 0.5])
    tell('drag of the bar to paint', milliseconds(times))
    const shown = Number(await timeline.grid.locator(ROW).first().getAttribute('data-row'))
    expect(shown).toBeGreaterThan(LINES * 0.3)
    expect(shown).toBeLessThan(LINES * 0.7)
    await expect(timeline.grid.locator(WAITING)).toHaveCount(0)
    // Where the rows went, the chosen one stays chosen.
    await expect(page).toHaveURL(/event=/)
  })

  await test.step('the brush', async () => {
    await timeline.open(timeline.grid.locator(ROW).nth(3))
    const chosenRow = (await timeline.cursorRow.textContent()) ?? ''
    const gone = `[role=grid][aria-rowcount="${LINES + 1}"], ${WAITING}`
    const span = { from: 'pointerup', ready: '[role=grid][aria-busy=false]', gone }
    const took = await timeToPaint(page, span, () => timeline.drag(0.3, 0.7))
    tell('brush to paint', milliseconds([took]))
    await expect(timeline.totals).toContainText('outside the time pin')
    await expect(timeline.cursorRow).toHaveText(chosenRow)
    await page.keyboard.press('Z')
    await timeline.expectRows(LINES)
    await expect(timeline.cursorRow).toHaveText(chosenRow)
  })
})

/** Drags the bar to shares of its way, and times each move to the paint of the rows there. */
async function dragBar({ page, grid }: TimelinePage, shares: number[]): Promise<number[]> {
  const box = await grid.boundingBox()
  if (!box) throw new Error('no rows are shown')
  const bar = await grid.evaluate((element) => element.getBoundingClientRect().width - element.clientWidth)
  expect(bar, 'a bar that can be taken hold of').toBeGreaterThan(4)
  const x = box.x + box.width - bar / 2
  const y = (share: number) => box.y + bar + share * (box.height - 2 * bar)
  await page.mouse.move(x, y(0.99))
  await page.mouse.down()
  const times: number[] = []
  for (const share of shares) {
    const before = await grid.locator(ROW).first().getAttribute('aria-rowindex')
    const span = { from: 'scroll', ready: ROW, gone: `[role=row][aria-rowindex="${before}"], ${WAITING}` }
    times.push(await timeToPaint(page, span, () => page.mouse.move(x, y(share), { steps: 2 })))
  }
  await page.mouse.up()
  return times
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}
