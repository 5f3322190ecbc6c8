import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { acts } from './acts'
import { expect, test } from './app'
import { ATTACKER, HOSTILE_NAME, hostileLog, incidentLog, VICTIM, writeLog } from './logs'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'

const log = incidentLog()
const rows = log.rows()

test('an analyst walks the rows and reads one event', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  const whole = createHash('sha256').update(log.bytes()).digest('hex')

  await test.step('j, k, g, G and Enter', async () => {
    await page.keyboard.press('j')
    await expect(timeline.row(0)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await expect(timeline.row(1)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('G')
    await expect(timeline.row(rows.length - 1)).toHaveAttribute('aria-selected', 'true')
    await expect(timeline.row(rows.length - 1)).toBeInViewport()
    await page.keyboard.press('g')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(timeline.detail).toBeVisible()
  })

  await test.step('what happened, in a sentence and in fields', async () => {
    await expect(timeline.detail.getByRole('heading', { level: 2 })).toHaveText(
      `Signed in as ${VICTIM} on bastion-01 from ${ATTACKER}`,
    )
    await expect(timeline.field('Time')).toContainText('2026-02-06 02:17:00 UTC')
    await expect(timeline.field('Time')).toContainText('zone assumed')
    await expect(timeline.field('Actor')).toContainText(VICTIM)
    await expect(timeline.field('From')).toHaveText(ATTACKER)
    await expect(timeline.field('Method')).toHaveText('password')
    await expect(timeline.field('Outcome')).toContainText('success')
    await expect(timeline.field('Outcome')).toContainText('as the source reports it')
  })

  await test.step('the raw record and where it came from', async () => {
    const line = rows[1]?.bytes ?? Buffer.alloc(0)
    await expect(timeline.raw().locator('pre')).toHaveText(line.toString())
    const offset = log.bytes().indexOf(line)
    const provenance = timeline.card('Provenance')
    await expect(provenance).toContainText('auth.log')
    const [start, end] = [offset, offset + line.length].map((byte) => byte.toLocaleString('en-US'))
    await expect(provenance).toContainText(`${start} to ${end}`)
    await expect(provenance).toContainText(createHash('sha256').update(line).digest('hex'))
    await expect(provenance).toContainText(whole)
    expect(createHash('sha256').update(readFileSync(join(app.folder, 'auth.log'))).digest('hex')).toBe(whole)
  })

  await test.step('Enter closes the detail again', async () => {
    await page.keyboard.press('Enter')
    await expect(timeline.detail).toBeHidden()
  })
})

test('an analyst steps through failures and filters the cell under the cursor', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  const failures = rows.flatMap(({ outcome }, at) => (outcome === 'failure' ? [at] : []))
  await timeline.grid.focus()
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(timeline.row(failures[0] ?? -1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('e')
  await expect(timeline.row(failures[1] ?? -1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('E')
  await expect(timeline.row(failures[0] ?? -1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('E')
  await expect(page.getByRole('status').filter({ hasText: 'No failure further up' })).toBeAttached()

  // The cell is chosen by the arrow keys: from what happened to the user.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('f')
  await expect(timeline.query).toHaveText('user:root')
  await timeline.expectRows(2)
  await page.keyboard.press('F')
  await expect(timeline.query).toHaveText('-user:root')
  await timeline.expectRows(rows.length - 2)
})

test('pivots open neighbourhoods and companions lead to each other', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const ofAttacker = rows.filter(({ ip }) => ip === ATTACKER)
  await timeline.open(timeline.row(1))

  await test.step('everything of the address', async () => {
    const pivot = timeline.detail.getByRole('button', { name: `${ATTACKER}, all time` })
    await expect(pivot).toContainText(String(ofAttacker.length))
    await pivot.click()
    await expect(timeline.query).toHaveText(`ip:${ATTACKER}`)
    await timeline.expectRows(ofAttacker.length)
  })

  await test.step('the account within a quarter of an hour', async () => {
    await timeline.detail.getByRole('button', { name: `${VICTIM} ± 15 min` }).click()
    await expect(timeline.query).toHaveText(`user:${VICTIM}`)
    await timeline.expectRows(2)
    expect(await timeline.addressPin()).not.toBeNull()
  })

  await test.step('lines about the same attempt', async () => {
    await timeline.totals.getByRole('button', { name: 'show' }).first().click()
    await timeline.apply(`ip:${ATTACKER} outcome:failure -user:root`)
    await timeline.open(timeline.row(0))
    const linked = timeline.card('Linked records')
    await expect(linked.getByRole('listitem')).toHaveCount(2)
    await linked.getByRole('button', { name: /Connection closed by/ }).click()
    await expect(timeline.field('Companion')).toContainText('a second line about an attempt')
    await timeline.card('Linked records').getByRole('button', { name: /Failed password/ }).click()
    await expect(timeline.detail.getByRole('heading', { level: 2 })).toContainText('Failed sign-in')
  })
})

test('hostile records are shown harmless, byte for byte', async ({ app }) => {
  const hostile = hostileLog()
  const path = writeLog(app.folder, 'hostile.log', hostile)
  await app.chooseFiles([path], () => new ShellPage(app.page).importDoor.click())
  const dialog = new ImportDialogPage(app.page)
  await expect(dialog.start).toBeVisible()
  expect(await unsafeText(app.page)).toEqual([])
  await dialog.start.click()
  const shell = new ShellPage(app.page)
  await expect(shell.summary('Added')).toHaveText(String(hostile.count('row')))
  await shell.closeImports()
  const timeline = acts(app).timeline()
  await timeline.expectRows(hostile.count('row'))

  const last = timeline.row(hostile.count('row') - 1)
  await expect(timeline.cell(last, 'user')).toHaveText('a‹NUL›b‹ESC›[31mred�‹U+202E›gpj.exe')
  await timeline.open(last)
  await expect(timeline.raw()).toContainText('a‹NUL›b‹ESC›[31mred�‹U+202E›gpj.exe')
  await expect(timeline.raw()).toContainText('Some bytes are not UTF-8')
  expect(await unsafeText(app.page)).toEqual([])

  await test.step('the hex view holds the very bytes', async () => {
    await timeline.raw().getByRole('button', { name: 'as hex' }).click()
    const text = (await timeline.raw().locator('pre').textContent()) ?? ''
    const bytes = text.split('\n').map((line) => line.slice(10, 33).replaceAll(' ', ''))
    const line = hostile.lines[0]?.bytes ?? Buffer.alloc(0)
    expect(Buffer.from(bytes.join(''), 'hex')).toEqual(line)
    expect(line.includes(HOSTILE_NAME)).toBe(true)
  })

  await test.step('markup is text', async () => {
    await expect(timeline.cell(timeline.row(1), 'user')).toHaveText('<img src=x onerror=alert(1)>')
    await expect(app.page.locator('[onerror], img[src]')).toHaveCount(0)
  })

  await test.step('completion and the query bar are harmless too', async () => {
    await timeline.type('user:a')
    await expect(app.page.getByRole('option', { name: /‹ESC›/ })).toBeVisible()
    expect(await unsafeText(app.page)).toEqual([])
  })
})

/** Control and format characters in any text or attribute of the page, by their code points. */
function unsafeText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const look = (text: string) => {
      for (const [letter] of text.matchAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu)) {
        const code = letter.codePointAt(0)?.toString(16)
        if (letter !== '\n') found.add(`U+${code} in ${JSON.stringify(text.slice(0, 60))}`)
      }
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) look(walker.currentNode.nodeValue ?? '')
    for (const element of document.body.querySelectorAll('*')) {
      for (const { value } of element.attributes) look(value)
    }
    return [...found]
  })
}

test.describe('in a narrow window', () => {
  test.use({ size: { width: 1024, height: 700 } })

  test('an open event covers nothing of the rows, and the facets come back with its end', async ({ app }) => {
    const { page } = app
    const timeline = await acts(app).importLog(log)
    await expect(timeline.facets).toBeVisible()
    await timeline.row(1).click()
    await expect(timeline.detail).toBeVisible()
    const edge = (await timeline.detail.boundingBox())?.x ?? 0
    for (const column of ['what', 'outcome'] as const) {
      const box = await timeline.cell(timeline.row(1), column).boundingBox()
      expect((box?.x ?? Infinity) + (box?.width ?? 0), column).toBeLessThanOrEqual(edge)
    }
    await page.keyboard.press('Escape')
    await expect(timeline.detail).toBeHidden()
    await expect(timeline.facets).toBeVisible()
  })
})
