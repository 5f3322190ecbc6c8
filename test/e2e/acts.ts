import { basename } from 'node:path'
import { expect, type App } from './app'
import type { LogBook } from './log-lines'
import { writeLog } from './logs'
import { ConnectDialogPage } from './pages/connect-dialog'
import { ImportDialogPage } from './pages/import-dialog'
import { ShellPage } from './pages/shell'
import { SourcesPage } from './pages/sources'
import { TimelinePage } from './pages/timeline'
import type { Sample } from './sample-server'

/** What many specs do on their way to what they are about. */
export function acts(app: App) {
  return {
    timeline: () => new TimelinePage(app.page),

    /** Imports a log by the door of the first run, and ends on its rows. */
    async importLog(log: LogBook, name = 'auth.log'): Promise<TimelinePage> {
      const path = writeLog(app.folder, name, log)
      const shell = new ShellPage(app.page)
      await app.chooseFiles([path], () => shell.importDoor.click())
      await new ImportDialogPage(app.page).start.click()
      await expect(shell.imports.getByRole('heading', { name: `Imported ${name}` })).toBeVisible()
      await shell.closeImports()
      const timeline = new TimelinePage(app.page)
      await timeline.expectRows(log.count('row'))
      return timeline
    },

    /** Imports a file that is no log by the door of the first run; `kind` as the dialog tells it. */
    async importFile(path: string, kind: string): Promise<void> {
      const shell = new ShellPage(app.page)
      const dialog = new ImportDialogPage(app.page)
      const name = basename(path)
      await app.chooseFiles([path], () => shell.importDoor.click())
      await expect(dialog.file(name)).toContainText(kind)
      await dialog.start.click()
      await expect(shell.imports.getByRole('heading', { name: `Imported ${name}` })).toBeVisible()
      await shell.closeImports()
    },

    /** Connects a sample server with the token of a role; its first sync is under way then. */
    async connect({ url, tokens }: Sample, name: string, role: keyof Sample['tokens'] = 'super_admin'): Promise<SourcesPage> {
      const dialog = new ConnectDialogPage(app.page)
      await new ShellPage(app.page).connectDoor.click()
      await dialog.address.fill(url)
      await dialog.useToken(tokens[role])
      await dialog.name.fill(name)
      await dialog.connect.click()
      await expect(dialog.dialog).toBeHidden()
      const sources = new SourcesPage(app.page)
      await expect(sources.source(name)).toBeVisible()
      return sources
    },

    /** What is on the clipboard, pasted where text can be typed and taken back. */
    async clipboard(timeline: TimelinePage): Promise<string> {
      await timeline.type('')
      await app.page.keyboard.press('ControlOrMeta+V')
      await expect(timeline.query).not.toHaveText(/^(Type a query.*)?$/)
      const text = (await timeline.query.textContent()) ?? ''
      await app.page.keyboard.press('Escape')
      return text
    },
  }
}
