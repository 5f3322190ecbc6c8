import { type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { acts } from './acts'
import { type App, expect, test } from './app'
import { launchChromium } from './hosts'
import { incidentLog } from './logs'
import { NotebookPage, type Sealed } from './pages/notebook'
import { ShellPage } from './pages/shell'
import { watchPage } from './watch'

test('an auditor who has only the bundle and a browser verifies it and reads a cited record', async ({ app, zone }) => {
  test.skip(!process.env['RECOUNT_CHROMIUM'], 'there is no browser beside the app')
  await acts(app).importLog(incidentLog())
  const sealed = await sealFinding(app)
  const bundle = unpacked(sealed, join(app.folder, 'auditor'))
  const browser = await launchChromium(zone)
  const page = await browser.newPage()
  const report = join(bundle, 'data/report.html')
  const state = page.getByRole('region', { name: 'Seal' }).getByRole('status')

  await test.step('the report verifies itself from a file, offline', async () => {
    await page.context().setOffline(true)
    await page.goto(pathToFileURL(report).href)
    await watchPage(page, app.watch)
    await expect(state).toContainText('Verified: unchanged since sealed')
    await expect(page.getByText('It does not show that the source’s own log was true')).toBeVisible()
  })

  await test.step('a citation leads to the raw record, before and after the folder is checked', async () => {
    await expectRecord(page)
    await page.getByLabel(/choose its folder/).setInputFiles(bundle)
    await expect(state).toContainText('the whole bundle is unchanged since sealed')
    await expect(state).toContainText(sealed.shortRoot)
    await expectRecord(page)
  })

  await test.step('a time stamp beside the seal is told, and one about something else is found', async () => {
    const root = createHash('sha256').update(readFileSync(join(bundle, 'seal/root.json'))).digest('hex')
    const token = join(bundle, 'seal/root.tsr')
    // As it stands in a token: the hash, a number, the time.
    writeFileSync(token, Buffer.concat([Buffer.from(`0420${root}020101180f`, 'hex'), Buffer.from('20260206030000Z')]))
    await page.getByLabel(/choose its folder/).setInputFiles(bundle)
    await expect(state).toContainText('time stamp of 2026-02-06 03:00:00 UTC')
    writeFileSync(token, 'another')
    await page.getByLabel(/choose its folder/).setInputFiles(bundle)
    await expect(page.getByText('seal/root.tsr: the time stamp is not about this seal.')).toBeVisible()
    rmSync(token)
  })

  await test.step('what somebody changed is told', async () => {
    const events = join(bundle, 'data/events.jsonl')
    writeFileSync(events, readFileSync(events, 'utf8').replace('Failed password', 'Accepted password'))
    await page.getByLabel(/choose its folder/).setInputFiles(bundle)
    await expect(state).toContainText('Differs')
    await expect(page.getByText(/^data\/events\.jsonl: .* line 1\.$/)).toBeVisible()
  })
  await browser.close()
  await verifiesInTheApp(app, sealed)
})

async function sealFinding(app: App): Promise<Sealed> {
  const { page } = app
  const notebook = new NotebookPage(page)
  await new ShellPage(page).goTo('Notebooks')
  await expect(page.getByRole('heading', { name: 'No notebook yet' })).toBeVisible()
  await notebook.create('Stuffing')
  await notebook.add('Finding')
  await page.keyboard.type('Passwords were guessed')
  await page.keyboard.press('Escape')
  await notebook.cells('Finding').getByRole('button', { name: 'Cite events' }).click()
  await notebook.dialog.getByRole('textbox', { name: 'Query' }).fill('outcome:failure')
  const choices = notebook.dialog.getByRole('list', { name: 'Events' })
  await expect(choices.getByRole('listitem').first()).toContainText('Failed password')
  await choices.getByRole('checkbox').first().check()
  await notebook.dialog.getByRole('button', { name: 'Cite', exact: true }).click()
  await expect(notebook.cells('Finding')).toContainText('cites 1 event')
  return notebook.seal(app, '1 cited')
}

function unpacked({ path }: Sealed, folder: string): string {
  const files = Object.entries(unzipSync(readFileSync(path)))
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return join(folder, files[0]?.[0].split('/')[0] ?? '')
}

async function expectRecord(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'E1' }).first().click()
  const record = page.getByRole('dialog')
  await expect(record).toContainText('This is the record that is cited')
  await expect(record).toContainText(/sshd\[\d+\]: /)
  await record.getByRole('button', { name: 'Close' }).click()
}

async function verifiesInTheApp(app: App, { path, shortRoot }: Sealed): Promise<void> {
  const { page } = app
  await new ShellPage(page).goTo('Notebooks')
  await page.getByRole('button', { name: 'Verify a bundle' }).click()
  const dialog = page.getByRole('dialog', { name: 'Verify a bundle' })
  await app.chooseFiles([path], () => dialog.getByRole('button', { name: 'Choose a file' }).click())
  await expect(dialog.getByRole('status')).toContainText('Verified: unchanged since sealed')
  await expect(dialog).toContainText(shortRoot)
  await expect(dialog).toContainText('of this installation')
}
