import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acts } from './acts'
import { expect, test } from './app'
import { launchChromium, serve } from './hosts'
import { incidentLog } from './logs'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const log = incidentLog()
const rows = log.rows().length

test('a second program on the workspace reads only and says who writes', async ({ app }) => {
  await acts(app).importLog(log)
  const { pid } = JSON.parse(readFileSync(join(app.workspace, 'LOCK'), 'utf8')) as { pid: number }
  const page = await app.openSecond()
  const timeline = new TimelinePage(page)
  await timeline.expectRows(rows)
  const warning = page.getByRole('status').filter({ hasText: 'read only: another program writes' })
  await expect(warning).toHaveAttribute('title', new RegExp(`^Process ${pid} holds this workspace for writing since `))

  await test.step('it searches and reads', async () => {
    await timeline.apply('user:root')
    await timeline.expectRows(2)
    await timeline.open(timeline.row(0))
    await expect(timeline.detail).toContainText('Failed sign-in as root')
  })

  await test.step('what would write is refused in plain words', async () => {
    const shell = new ShellPage(page)
    await shell.goTo('Sources & coverage')
    await page.getByRole('button', { name: 'Remove' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remove auth.log' })
    await dialog.getByRole('button', { name: 'Remove and keep its rows' }).click()
    await expect(dialog.getByRole('alert')).toContainText(`Process ${pid} holds this workspace`)
    await page.keyboard.press('Escape')
  })

  // The first is not disturbed.
  await new ShellPage(app.page).goTo('Timeline')
  await new TimelinePage(app.page).apply('user:root')
  await new TimelinePage(app.page).expectRows(2)
})

test('a workspace of a newer version is refused by name and left as it is', async ({ app, host, zone }) => {
  await acts(app).importLog(log)
  const path = join(app.workspace, 'workspace.json')
  const newer = () => {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { format: number }
    writeFileSync(path, JSON.stringify({ ...manifest, format: 99 }))
  }
  const expectRefusal = async (page: typeof app.page) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The workspace is of a newer version')
    await expect(page.getByRole('main')).toContainText('was written by a newer Recount (format 99)')
    await expect(page.getByRole('main')).toContainText('It has not been changed.')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(page.getByRole('contentinfo')).toHaveCount(0)
  }
  if (host === 'desktop') {
    await app.restart(newer)
    await expectRefusal(app.page)
    return
  }
  // The command line's own `serve` ends with the reason, so this is what `npm start` runs.
  newer()
  const served = await serve({ workspace: app.workspace, folder: app.folder, zone, watch: app.watch }, 'serve.js')
  const browser = await launchChromium(zone)
  const page = await browser.newPage()
  await page.goto(served.url)
  await expectRefusal(page)
  await browser.close()
  await served.end()
})
