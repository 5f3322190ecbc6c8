import { type App, BrowserWindow, type OpenDialogOptions, type WebContents, dialog } from 'electron'
import { join } from 'node:path'
import type { PageMessages } from './page-messages'
import { type Saves, bareName } from './saves'

const CHOICES: Record<'files' | 'folder', OpenDialogOptions> = {
  files: { properties: ['openFile', 'multiSelections', 'showHiddenFiles'] },
  folder: { properties: ['openDirectory', 'showHiddenFiles'] },
}

/** Answers the page's wishes for files: a person chooses each of them in a dialog of the system. */
export function answerDialogs(messages: PageMessages, app: App, saves: Saves): void {
  messages.handle('dialog:choose', async ({ sender }, [what]) => {
    if (what !== 'files' && what !== 'folder') throw new TypeError('files or folder')
    const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(sender), CHOICES[what])
    return canceled ? [] : filePaths
  })
  messages.handle('save:begin', async ({ sender }, [name]) => {
    if (typeof name !== 'string') throw new TypeError('no name')
    const defaultPath = join(app.getPath('downloads'), bareName(name))
    const { canceled, filePath } = await dialog.showSaveDialog(windowOf(sender), { defaultPath })
    return canceled || !filePath ? null : saves.begin(filePath)
  })
  messages.handle('save:beside', async (_event, [id, ending]) => {
    if (typeof id !== 'string' || typeof ending !== 'string') throw new TypeError('no file')
    return saves.beside(id, ending)
  })
  messages.handle('save:write', async (_event, [id, bytes]) => {
    if (typeof id !== 'string' || !(bytes instanceof Uint8Array)) throw new TypeError('no bytes')
    await saves.write(id, bytes)
  })
  messages.handle('save:end', async (_event, [id, keep]) => {
    if (typeof id !== 'string') throw new TypeError('no file')
    await saves.end(id, keep === true)
  })
}

function windowOf(contents: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(contents)
  if (!window) throw new TypeError('the window is gone')
  return window
}
