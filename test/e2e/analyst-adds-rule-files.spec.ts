import { expectAccessible } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { incidentLog } from './logs'
import { DetectionsPage } from './pages/detections'
import { ShellPage } from './pages/shell'

const RULE = `title: Failed password of root
id: 9d1f6a52-0000-4000-8000-000000000001
author: Ann Author
license: DRL 1.1
references: [https://rules.example.org/root]
level: high
detection:
  root: { user: root, outcome: failure }
  condition: root
---
title: One that needs what is not there
id: 9d1f6a52-0000-4000-8000-000000000002
level: high
detection:
  list: { user|expand: '%admins%' }
  condition: list
`

test('an analyst adds public rules as files and sees whose they are', async ({ app }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const detections = new DetectionsPage(page)
  await acts(app).importLog(incidentLog())
  await shell.goTo('Detections')
  await expect(detections.heading()).toBeVisible()
  await detections.rules.getByRole('button', { name: 'Rule files' }).click()
  await expect(detections.dialog.getByRole('heading', { name: 'No rule files were added' })).toBeVisible()

  await test.step('files are read, and what is not active is counted', async () => {
    const chooser = page.waitForEvent('filechooser')
    await detections.dialog.getByRole('button', { name: 'Add rule files' }).click()
    await (await chooser).setFiles([{ name: 'root.yml', mimeType: 'text/yaml', buffer: Buffer.from(RULE) }])
    const files = detections.dialog.getByRole('list', { name: 'Rule files' })
    await expect(files.getByRole('listitem')).toHaveText([/root\.yml.*1 rule; 1 document not active/])
    await expect(detections.dialog.getByRole('combobox', { name: 'Added rules run from this level on' })).toHaveValue('medium')
    await expectAccessible(page, 'rule files')
    await page.keyboard.press('Escape')
  })

  await test.step('their findings carry author, licence and references', async () => {
    await expect(detections.rule('Failed password of root')).toContainText('by Ann Author')
    await expect(detections.rules).toContainText('not active: the modifier expand is not supported')
    await detections.rule('Failed password of root').click()
    await detections.row(/root/).first().click()
    for (const [name, value] of [['Author', 'Ann Author'], ['Licence', 'DRL 1.1'], ['References', 'https://rules.example.org/root'], ['File', 'root.yml']] as const) {
      await expect(detections.fact(name)).toHaveText(value)
    }
  })

  await test.step('a file that is removed takes its findings with it', async () => {
    await detections.rules.getByRole('button', { name: 'Rule files' }).click()
    await detections.dialog.getByRole('button', { name: 'Remove root.yml' }).click()
    await expect(detections.dialog.getByRole('heading', { name: 'No rule files were added' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(detections.rule('Failed password of root')).toHaveCount(0)
  })

  await test.step('a level for notifications is kept, and is off before', async () => {
    await shell.goTo('Settings')
    const choices = page.getByRole('radiogroup', { name: 'Notification of new findings after a sync' })
    await expect(choices.getByRole('radio', { name: 'Off' })).toBeChecked()
    await choices.getByRole('radio', { name: 'High and above' }).check()
    await page.reload()
    await expect(choices.getByRole('radio', { name: 'High and above' })).toBeChecked()
  })
})
