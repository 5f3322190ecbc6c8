import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import { expectAccessible } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { NotebookPage } from './pages/notebook'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

/** The stories are planted in any number of events. */
const SMALL = ['--events', '3000']
const TITLE = 'Credential stuffing against dana.reyes'
const THIEF = 'ip:203.0.113.44'
const CLAIMS = [
  'The address tried many names',
  'It signed in as dana.reyes',
  'ext.kolar was made an administrator',
  'ext.kolar signed in from there',
  'An address beside it tried dana.reyes',
] as const

test('an analyst writes up a planted story with five findings and seals it', async ({ app, sample }) => {
  test.setTimeout(150_000)
  const { page } = app
  const { keyboard } = page
  const shell = new ShellPage(page)
  const notebook = new NotebookPage(page)
  await acts(app).connect(await sample(SMALL), 'sample')
  await shell.expectSynced()

  await test.step('a notebook is begun by the keyboard', async () => {
    await shell.goTo('Notebooks')
    await expect(page.getByRole('heading', { name: 'No notebook yet' })).toBeVisible()
    await notebook.create(TITLE)
  })

  await test.step('a text links an event that is found by typing @', async () => {
    await notebook.add('Text')
    await keyboard.type('## What happened\n\nOne address got in: ')
    await keyboard.type(`@outcome:success ${THIEF}`)
    await expect(page.getByRole('option', { name: /dana\.reyes/ }).first()).toBeVisible()
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    const text = notebook.cell('Text', 1)
    await expect(text).toBeFocused()
    await expect(text.getByRole('heading', { name: 'What happened' })).toBeVisible()
    await expect(text.getByRole('link')).toHaveAttribute('href', /event=/)
    await expect(notebook.saved).toBeVisible()
  })

  await test.step('a chart is frozen, a query stays live', async () => {
    await notebook.add('Chart')
    await notebook.look(`outcome:failure ${THIEF}`, 'Failed sign-ins')
    const chart = notebook.cell('Chart', 2)
    await chart.getByRole('button', { name: 'freeze' }).click()
    await expect(chart).toContainText(/frozen .* · sha256 [0-9a-f]{4}…/)
    await notebook.add('Query')
    await notebook.look(`outcome:success ${THIEF}`)
    await expect(notebook.cell('Query', 3)).toContainText('3 events · live')
    await expect(notebook.cell('Query', 3).getByRole('listitem')).toHaveCount(3)
  })

  await test.step('five findings cite what they claim', async () => {
    await notebook.find(CLAIMS[0], `outcome:failure ${THIEF}`)
    await notebook.find(CLAIMS[1], `outcome:success user:dana.reyes ${THIEF}`)
    await notebook.find(CLAIMS[2], `action:role_change ${THIEF}`)
    await notebook.find(CLAIMS[3], `outcome:success user:ext.kolar ${THIEF}`)
    await addFromTimeline(app.page, CLAIMS[4])
    await expect(notebook.incident).toHaveCount(5)
    await expect(notebook.incident.nth(2)).toContainText(CLAIMS[1])
    await expect(notebook.incident.nth(4)).toContainText(CLAIMS[3])
  })

  await test.step('what was searched and is not there says how far the search saw', async () => {
    await notebook.add('Negative finding')
    await notebook.look(`category:command ${THIEF}`)
    await expect(notebook.cell('Negative finding', 9)).toContainText(/Searched in a complete range: nothing|whether it happened is not known/)
  })

  await test.step('a removed cell comes back, and everything is there after a restart', async () => {
    await notebook.cell('Query', 3).focus()
    await keyboard.press('x')
    await expect(notebook.cells('Query')).toHaveCount(0)
    await keyboard.press('Control+z')
    await expect(notebook.cells('Query')).toHaveCount(1)
    await expect(notebook.side).toContainText(/All \d+ cited records are held as they were/)
    await expectAccessible(page, 'a notebook')
    await page.reload()
    await expect(notebook.cells('Finding')).toHaveCount(5)
    await expect(notebook.cell('Text', 1)).toContainText('One address got in')
  })

  await test.step('it is sealed, with every finding in the bundle', async () => {
    const { path, shortRoot } = await notebook.seal(app, '5 cited')
    const files = unzipSync(readFileSync(path))
    const manifest = Object.keys(files).find((name) => name.endsWith('/manifest-sha256.txt')) ?? ''
    expect(Buffer.from(files[manifest] ?? []).toString()).toMatch(/^[0-9a-f]{64} [ *]data\/report\.html$/m)
    const report = Buffer.from(files[manifest.replace(/[^/]*$/, 'data/report.html')] ?? []).toString()
    for (const claim of CLAIMS) expect(report).toContain(claim)
    expect(shortRoot).not.toBe('')
  })
})

/** Puts a row of the timeline into the notebook as a finding, by the key that every screen has. */
async function addFromTimeline(page: Page, claim: string): Promise<void> {
  const timeline = new TimelinePage(page)
  await new ShellPage(page).goTo('Timeline')
  await timeline.apply('outcome:failure user:dana.reyes ip:203.0.113.18')
  await timeline.row(0).click()
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: 'Add to a notebook' })
  await expect(dialog.getByRole('radio', { name: 'Event' })).toBeFocused()
  await dialog.getByRole('radio', { name: 'Finding' }).check()
  await dialog.getByRole('textbox', { name: 'Claim' }).fill(claim)
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByRole('link', { name: TITLE }).click()
  // The link leads to what was added.
  await expect(page.getByRole('region', { name: /^Finding, cell/ }).filter({ hasText: claim })).toBeFocused()
}
