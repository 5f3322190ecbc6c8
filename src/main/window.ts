import { type App, BrowserWindow, type WebContents, dialog, screen } from 'electron'
import { join } from 'node:path'
import icon from '../../resources/icon.png?asset'
import { SMALLEST, fitToScreens, readPlace, writePlace } from './window-place'

export type WindowOptions = {
  app: App
  /** Path of the script that runs before the page. */
  preload: string
  url: string
  logError: (message: string, error?: unknown) => void
}

/** Milliseconds within which a second failure of the page is not mended by a reload any more. */
const FAILURES_WITHIN = 60_000

/** Opens the window where it stood last time, and loads the page. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const file = join(options.app.getPath('userData'), 'window.json')
  const { maximised, ...place } = fitToScreens(readPlace(file), screenAreas())
  const window = new BrowserWindow({
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Recount',
    icon,
    backgroundColor: '#0e1116',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepPlace(window, file, options.logError)
  mendFailures(window.webContents, options.logError)
  window.loadURL(options.url).catch((error: unknown) => options.logError('the page could not be loaded', error))
  return window
}

function screenAreas() {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
  return [main, ...others].map((display) => display.workArea)
}

function keepPlace(window: BrowserWindow, file: string, logError: WindowOptions['logError']): void {
  window.on('close', () => {
    try {
      writePlace(file, { ...window.getNormalBounds(), maximised: window.isMaximized() })
    } catch (error) {
      logError('the place of the window could not be kept', error)
    }
  })
}

/**
 * What a page shows comes from its address and the backend, so a reload loses nothing; but one that fails again would
 * loop.
 */
function mendFailures(contents: WebContents, logError: WindowOptions['logError']): void {
  let failedAt = -Infinity
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    logError(`the page's process ended: ${reason}`)
    const again = performance.now() - failedAt < FAILURES_WITHIN
    failedAt = performance.now()
    if (again) void askToReload(contents)
    else contents.reload()
  })
}

async function askToReload(contents: WebContents): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The window stopped working twice within a minute.',
    detail: 'Nothing that was stored is lost. The log has the details.',
    buttons: ['Reload', 'Close'],
  })
  if (contents.isDestroyed()) return
  if (response === 0) contents.reload()
  else contents.close()
}
