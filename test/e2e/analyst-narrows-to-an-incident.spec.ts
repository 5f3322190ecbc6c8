import { acts } from './acts'
import { expect, test } from './app'
import { ATTACKER, ATTACK_AT, incidentLog, MINUTE, VICTIM } from './logs'

const log = incidentLog()
const rows = log.rows()
const failures = rows.filter(({ outcome }) => outcome === 'failure')
const ofAttacker = rows.filter(({ ip }) => ip === ATTACKER)

test('an analyst types a query with the help of completion', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  const offers = page.getByRole('listbox', { name: 'Completions' })

  await page.keyboard.press('/')
  await expect(timeline.query).toBeFocused()
  await page.keyboard.type('outc')
  await expect(offers.getByRole('option')).toHaveText([/^outcome:/])
  await timeline.markOffer()
  await page.keyboard.press('Tab')
  await expect(timeline.query).toHaveText('outcome:')
  await page.keyboard.type('f')
  await expect(offers.getByRole('option')).toHaveText([/^failure/])
  await timeline.markOffer()
  await page.keyboard.press('Enter')
  await expect(timeline.query).toHaveText('outcome:failure')
  await expect(timeline.queryCount).toHaveText('Enter applies')
  await page.keyboard.press('Enter')

  await timeline.expectRows(failures.length)
  await expect(timeline.queryCount).toContainText(`${failures.length} events · `)
  await expect(timeline.grid).toBeFocused()
  await expect(timeline.totals).toContainText(`${failures.length} of ${rows.length} events`)
  await expect(timeline.totals).toContainText(`${rows.length - failures.length} not matching the query`)
  await timeline.totals.getByRole('button', { name: 'show' }).first().click()
  await timeline.expectRows(rows.length)

  await timeline.type('user:ali')
  await expect(offers.getByRole('option')).toHaveText([`alice${rows.filter(({ user }) => user === 'alice').length}`])
})

test('an error is underlined where it stands and says what was expected', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  await timeline.apply(`ip:${ATTACKER}`)
  await timeline.expectRows(ofAttacker.length)
  await timeline.type(`ip:${ATTACKER} colour:red`)
  await expect(timeline.queryProblem).toContainText('colour')
  await expect(timeline.queryProblem).toContainText(`at character ${`ip:${ATTACKER} `.length + 1}`)
  const wrong = timeline.query.locator('.qf-wrong')
  await expect(wrong).toHaveText(/^colour/)
  await expect(wrong).toHaveCSS('text-decoration-line', 'underline')
  // What is wrong is not applied; the rows of the last good query stay.
  await page.keyboard.press('Enter')
  await timeline.expectRows(ofAttacker.length)
  await expect(timeline.query).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(timeline.query).toHaveText(`ip:${ATTACKER}`)
  await expect(timeline.queryProblem).toBeHidden()
  await timeline.type('(user:root OR')
  await expect(timeline.queryProblem).toContainText(/at the end|at character/)
})

test('facets and menus write the query', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  await test.step('a click filters in, Alt-click filters out, another click takes it back', async () => {
    const name = `failure, ${log.weight('failure')} events in ${failures.length} rows`
    await expect(timeline.facet('failure')).toHaveAccessibleName(name)
    await timeline.facet('failure').click()
    await timeline.expectRows(failures.length)
    await expect(timeline.query).toHaveText('outcome:failure')
    await timeline.facets.getByRole('button', { name: '1 more' }).click()
    await timeline.facet('root').click({ modifiers: ['Alt'] })
    await timeline.expectRows(failures.length - 2)
    await expect(timeline.query).toHaveText('outcome:failure -user:root')
    await expect(timeline.facet('failure')).toHaveAttribute('aria-pressed', 'true')
    await timeline.facet('failure').click()
    await expect(timeline.query).toHaveText('-user:root')
    await timeline.expectRows(rows.length - 2)
  })

  const menu = page.getByRole('menu', { name: 'Actions for this value' })
  await test.step('the menu of a value', async () => {
    const accepted = timeline.row(1)
    await timeline.cell(accepted, 'user').click({ button: 'right' })
    await menu.getByRole('menuitem', { name: 'Only this' }).click()
    await expect(timeline.query).toHaveText(`user:${VICTIM}`)
    await timeline.expectRows(2)
    await timeline.cell(timeline.row(1), 'time').click({ button: 'right' })
    await menu.getByRole('menuitem', { name: 'Time ± 15 minutes' }).click()
    const at = ATTACK_AT + 6 * MINUTE
    expect(await timeline.addressPin()).toEqual({
      from: new Date(at - 15 * MINUTE).toISOString(),
      to: new Date(at + 15 * MINUTE).toISOString(),
    })
    await expect(timeline.query).toHaveText(`user:${VICTIM}`)
  })

  await test.step('what hides the rest is named and can be lifted', async () => {
    await timeline.apply('outcome:success')
    await timeline.expectRows(2)
    const outside = rows.filter(({ outcome }) => outcome === 'success').length - 2
    const others = ofAttacker.length - 1
    await expect(timeline.totals).toContainText(`2 of ${rows.length} events`)
    await expect(timeline.totals).toContainText(`${outside} outside the time pin`)
    await expect(timeline.totals).toContainText(`${others} not matching the query`)
    await timeline.apply(`user:nobody-of-this-name`)
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
    await expect(page.getByText(/The pinned range is complete|Part of this range is unknown/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear the query' }).click()
    await timeline.expectRows(ofAttacker.length + 1)
    await page.keyboard.press('f')
  })

  await test.step('companions are hidden until asked for', async () => {
    await timeline.apply(`ip:${ATTACKER}`)
    await expect(timeline.totals).toContainText(`${log.count('companion')} companions hidden`)
    await timeline.apply(`ip:${ATTACKER} is:companion`)
    await timeline.expectRows(log.count('companion'))
  })
})

test('brush and zoom set the time pin alone, and back and forward restore views', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  await timeline.apply(`-ip:10.0.0.0/24`)
  const narrowed = rows.filter(({ ip }) => ip === null || !ip.startsWith('10.0.0.')).length
  await timeline.expectRows(narrowed)

  const before = await timeline.chart.getByRole('heading').innerText()
  await timeline.drag(0.9, 1)
  await expect(timeline.pin).not.toHaveText(/All time/)
  const brushed = await timeline.addressPin()
  expect(brushed).not.toBeNull()
  await expect(timeline.query).toHaveText('-ip:10.0.0.0/24')
  expect(timeline.addressQuery()).toBe('-ip:10.0.0.0/24')
  await expect(timeline.totals).toContainText('outside the time pin')
  // The pointer rests at the chart's end: over the last bar of whichever chart stands there.
  await expect(timeline.chart.getByRole('heading')).not.toHaveText(before)
  await expect(timeline.tip).toContainText(`→ ${brushed?.to.slice('2026-02-06T'.length, '2026-02-06T12:00'.length)}`)

  await test.step('z halves what is shown around the row, Z undoes it', async () => {
    await timeline.open(timeline.row(0))
    await page.keyboard.press('z')
    await expect.poll(() => timeline.addressPin()).not.toEqual(brushed)
    const zoomed = await timeline.addressPin()
    expect(span(zoomed)).toBeLessThan(span(brushed))
    await page.keyboard.press('Z')
    await expect.poll(() => timeline.addressPin()).toEqual(brushed)
    await page.keyboard.press('Z')
    await expect.poll(() => timeline.addressPin()).toBeNull()
    await timeline.expectRows(narrowed)
  })

  await test.step('back and forward', async () => {
    await timeline.apply('user:root')
    await timeline.expectRows(2)
    await page.goBack()
    await timeline.expectRows(narrowed)
    await expect(timeline.query).toHaveText('-ip:10.0.0.0/24')
    await page.goBack()
    await expect.poll(() => timeline.addressPin()).toEqual(brushed)
    await expect(timeline.pin).not.toHaveText(/All time/)
    await page.goForward()
    await page.goForward()
    await timeline.expectRows(2)
    await expect(timeline.query).toHaveText('user:root')
  })

  await test.step('the pin is typed', async () => {
    await timeline.apply('')
    await timeline.pin.click()
    const form = page.getByRole('dialog', { name: 'Time pin' })
    await form.getByRole('textbox', { name: 'From' }).fill('2026-02-06 02:16')
    await form.getByRole('textbox', { name: 'To, not included' }).fill('2026-02-06 02:10')
    await form.getByRole('button', { name: 'Apply' }).click()
    await expect(form.getByRole('alert')).toContainText('has to stand before')
    await form.getByRole('textbox', { name: 'To, not included' }).fill('2026-02-06 02:30')
    await page.keyboard.press('Enter')
    await timeline.expectRows(4)
    await expect(timeline.pin).toHaveText(/02:16 → 02:30 UTC · 6 Feb 2026/)
  })
})

test('a copied link opens the same view and selection', async ({ app }) => {
  const timeline = await acts(app).importLog(log)
  const { page } = app
  await timeline.apply(`ip:${ATTACKER} outcome:failure`)
  await timeline.expectRows(failures.length)
  await timeline.drag(0.5, 1)
  await expect.poll(() => timeline.addressPin()).not.toBeNull()
  await timeline.expectRows(failures.length)
  await timeline.open(timeline.row(3))
  const pin = await timeline.addressPin()
  const sentence = await timeline.detail.getByRole('heading', { level: 2 }).textContent()
  await page.keyboard.press('y')
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached()
  const link = await acts(app).clipboard(timeline)

  await page.goto(link)
  await page.reload()
  await expect(timeline.query).toHaveText(`ip:${ATTACKER} outcome:failure`)
  expect(await timeline.addressPin()).toEqual(pin)
  await expect(timeline.row(3)).toHaveAttribute('aria-selected', 'true')
  await expect(timeline.detail.getByRole('heading', { level: 2 })).toHaveText(sentence ?? '')
})

function span(pin: { from: string; to: string } | null): number {
  return pin === null ? 0 : Date.parse(pin.to) - Date.parse(pin.from)
}
