import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acts } from './acts'
import { expect, test } from './app'
import { incidentLog } from './logs'
import { CustodyPage } from './pages/custody'
import { ShellPage } from './pages/shell'

test('what was done is listed, a review is signed, and an entry changed on the disk is named', async ({ app }) => {
  const timeline = await acts(app).importLog(incidentLog())
  await timeline.apply('outcome:failure')
  await new ShellPage(app.page).goTo('Custody log')

  await test.step('import, query and review stand in an intact chain', async () => {
    const custody = new CustodyPage(app.page)
    await expect(custody.row(/Import.*auth\.log/).first()).toBeVisible()
    await custody.row(/Query.*outcome:failure/).click()
    await expect(custody.entry).toContainText('matching of')
    await custody.tab('Reviews').click()
    await custody.sign({ name: 'Weekly look', note: 'One address, handled' })
    await expect(custody.reviews).toContainText('Due in 7 days')
    await expect(custody.reviews).toContainText('outcome:failure')
    await custody.tab('Entries').click()
    await expect(custody.row(/Review.*Weekly look/)).toBeVisible()
    await expect(custody.state).toContainText(/Chain intact, \d+ entries, head [0-9a-f]{8}/)
    const path = await app.save(async () => {
      await custody.export.click()
      await app.page.getByRole('menuitem', { name: /^The whole log/ }).click()
      await expect(app.page.getByText(/^Saved .*custody/)).toBeAttached()
    })
    const saved = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(saved.at(-1)).toContain('Weekly look')
  })

  await test.step('an entry that was changed while Recount was closed is named', async () => {
    await app.restart(() => {
      const path = join(app.workspace, 'notebook', 'custody.jsonl')
      writeFileSync(path, readFileSync(path, 'utf8').replace('One address, handled', 'Nothing'))
    })
    await new ShellPage(app.page).goTo('Custody log')
    const custody = new CustodyPage(app.page)
    await expect(custody.broken).toContainText(/Entry \d+ Its content does not match its hash/)
    await expect(custody.state).toContainText('Chain broken')
    await expect(custody.row(/Chain broken.*custody log/)).toBeVisible()
  })
})
