import { mkdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { dropPaths } from './drop'
import { LogBook } from './log-lines'
import { ATTACK_AT, DAY, incidentLog, MINUTE, writeLog } from './logs'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { TimelinePage } from './pages/timeline'

const log = incidentLog()
const older = incidentLog({ seed: 2, host: 'bastion-02' })

test('an analyst drops a folder with plain, gzipped and unreadable files', async ({ app }) => {
  writeLog(app.folder, 'case/auth.log', log)
  writeLog(app.folder, 'case/old/auth.log.1.gz', gzipSync(older.bytes()))
  writeLog(app.folder, 'case/photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46]))
  writeLog(app.folder, 'case/empty.log', Buffer.alloc(0))
  writeLog(app.folder, 'case/broken.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
  const shell = new ShellPage(app.page)
  const dialog = new ImportDialogPage(app.page)
  await expect(shell.importDoor).toBeVisible()
  await dropPaths(app.page, [`${app.folder}/case`])

  await test.step('what is read and what is left out is said in plain words', async () => {
    await expect(dialog.file('auth.log').first()).toContainText('sshd')
    await expect(dialog.file('auth.log.1.gz')).toContainText('gzip')
    await expect(dialog.file('photo.jpg')).toContainText('no known kind: expected lines of an sshd or syslog')
    await expect(dialog.file('empty.log')).toContainText('the file is empty')
    await expect(dialog.file('broken.gz')).toContainText('cannot be decompressed')
    await expect(dialog.dialog).toContainText('3 files left out.')
  })

  await dialog.start.click()
  const added = [log, older].reduce((sum, one) => sum + one.count('row') + one.count('companion'), 0)
  await expect(shell.summary('Added')).toHaveText(added.toLocaleString('en-US'))
  await expect(shell.imports).toContainText('4 lines could not be read')

  await test.step('the rejected lines are saved as a table', async () => {
    const path = await app.save(() => shell.imports.getByRole('button', { name: 'Save the rejected lines' }).click())
    await expect.poll(() => readIfThere(path).split('\r\n').length).toBe(1 + 4 + 1)
    const [head, ...lines] = readIfThere(path).trimEnd().split('\r\n')
    expect(head).toBe('file,line,reason')
    for (const line of lines) expect(line).toMatch(/^case\/.*,no readable time$/)
    const last = log.lines.length
    expect(lines).toContain(`case/auth.log,${last},no readable time`)
    expect(lines).toContain(`case/auth.log,${last - 1},no readable time`)
  })

  const timeline = new TimelinePage(app.page)
  await timeline.expectRows(log.count('row') + older.count('row'))
  await expect(timeline.facet('bastion-02')).toHaveAccessibleName(new RegExp(`\\b${older.count('row')} rows`))
})

test('an analyst drops several files at once, and a rotated set is one log', async ({ app }) => {
  // The older part stands in the file that is named by a number, as rotation leaves it.
  const [first, second] = halves()
  const paths = [writeLog(app.folder, 'auth.log', second), writeLog(app.folder, 'auth.log.1', first)]
  const shell = new ShellPage(app.page)
  await expect(shell.importDoor).toBeVisible()
  await dropPaths(app.page, paths)
  await new ImportDialogPage(app.page).start.click()
  await expect(shell.summary('Added')).toHaveText('40')
  await shell.closeImports()

  // Its concatenation adds nothing.
  await dropPaths(app.page, [writeLog(app.folder, 'whole.log', Buffer.concat([first.bytes(), second.bytes()]))])
  await new ImportDialogPage(app.page).start.click()
  await expect(shell.summary('Duplicates')).toContainText('40')
  await new TimelinePage(app.page).expectRows(40)
})

test('files without a place on this computer are taken all the same', async ({ app }) => {
  const shell = new ShellPage(app.page)
  await expect(shell.importDoor).toBeVisible()
  await dropInMemory(app.page, log.bytes().toString('latin1'))
  await new ImportDialogPage(app.page).start.click()
  await expect(shell.summary('Added')).toHaveText(String(log.count('row') + log.count('companion')))
  await new TimelinePage(app.page).expectRows(log.count('row'))
})

test('an analyst chooses a folder', async ({ app }) => {
  writeLog(app.folder, 'case/a/auth.log', log)
  writeLog(app.folder, 'case/b/auth.log', older)
  const folder = app.page.getByRole('button', { name: 'Import a folder' })
  await app.chooseFiles([`${app.folder}/case`], () => folder.click())
  const dialog = new ImportDialogPage(app.page)
  await expect(dialog.start).toHaveText('Import 2 files')
  await dialog.start.click()
  await new TimelinePage(app.page).expectRows(log.count('row') + older.count('row'))
})

test('nothing readable is said, and the drop can be given up', async ({ app }) => {
  const shell = new ShellPage(app.page)
  await expect(shell.importDoor).toBeVisible()
  await dropPaths(app.page, [writeLog(app.folder, 'notes.txt', Buffer.from('just some words\nand more of them\n'))])
  const dialog = new ImportDialogPage(app.page)
  await expect(dialog.dialog).toContainText('Nothing here can be imported.')
  await expect(dialog.dialog.getByRole('button', { name: 'Choose other files' })).toBeFocused()
  await app.page.keyboard.press('Escape')
  await expect(shell.importDoor).toBeVisible()
  await expect(shell.statusBar).toContainText('Nothing held yet')
})

test('a folder without a file is said to be empty', async ({ app }) => {
  const shell = new ShellPage(app.page)
  await expect(shell.importDoor).toBeVisible()
  mkdirSync(`${app.folder}/nothing`)
  await dropPaths(app.page, [`${app.folder}/nothing`])
  const { dialog } = new ImportDialogPage(app.page)
  // Where the folder has a place that the host knows, the backend looks into it.
  await expect(dialog).toContainText(/No file was in what was dropped\.|Nothing here can be imported\./)
  await app.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(shell.importDoor).toBeVisible()
})

/** Two parts of one log, the second starting after the first ended. */
function halves(): [LogBook, LogBook] {
  const parts: [LogBook, LogBook] = [new LogBook('db-01'), new LogBook('db-01')]
  for (const [number, part] of parts.entries()) {
    for (let at = 0; at < 20; at++) {
      const time = ATTACK_AT - DAY + (number * 20 + at) * MINUTE
      part.add(time, `sshd[${at}]: Failed password for root from 203.0.113.9 port 22 ssh2`)
    }
  }
  return parts
}

/** A drop whose file was made by a page and stands nowhere. */
async function dropInMemory(page: Page, latin1: string): Promise<void> {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], 'made.log', { lastModified: Date.UTC(2026, 1, 7) }))
    return data
  }, latin1)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await transfer.dispose()
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
