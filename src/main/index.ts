import { BrowserWindow, app, safeStorage, session } from 'electron'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BackendKeeper, builtParts, nodePorts, readPageFiles, workspaceFolder } from '../node'
import { backendProcess } from './backend-process'
import { relayFrames } from './backend-relay'
import { answerDialogs } from './dialogs'
import { answerFound } from './found-notice'
import { denyPermissions, guardPages } from './guards'
import { KeptSecrets } from './kept-secrets'
import { installMenu } from './menu'
import { ownPage } from './own-page'
import { pageMessages } from './page-messages'
import { registerPageScheme, servePageScheme } from './page-scheme'
import { printPage } from './print-page'
import { Saves } from './saves'
import { openWindow } from './window'

function boot(): void {
  const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const page = ownPage(devUrl)
  app.enableSandbox()
  registerPageScheme()
  guardPages(app, page)
  choosePlaceOfProfile()
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.on('second-instance', showWindow)
  // A top-level await would keep Electron from ever becoming ready.
  app.whenReady().then(
    () => start(page, devUrl !== undefined),
    () => app.exit(1),
  )
}

function start(page: ReturnType<typeof ownPage>, development: boolean): void {
  const { log } = nodePorts()
  const logError = (message: string, error?: unknown) => log.error(message, error)
  const built = builtParts()
  const workspace = workspaceFolder(process.env, process.platform)
  const file = join(app.getPath('userData'), 'secrets.json')
  const secrets = new KeptSecrets({ file, workspace, safe: safeStorage, platform: process.platform, log })
  const launch = () => backendProcess(built.backend, workspace)
  const keeper = new BackendKeeper({ launch, log: { error: logError }, secrets, print: printPage })
  const saves = new Saves()
  if (!development) servePageScheme(readPageFiles(built.page))
  denyPermissions(session.defaultSession, page)
  installMenu(process.platform, development)
  const messages = pageMessages(page, logError)
  relayFrames(messages, keeper)
  answerDialogs(messages, app, saves)
  answerFound(messages, showWindow)
  quitInOrder(keeper, saves)
  const open = () => openWindow({ app, preload: built.preload, url: page.url, logError })
  app.on('activate', () => {
    if (shownWindows().length === 0) open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  open()
}

/** Away from the workspace, which on macOS and Windows would else be the same folder. */
function choosePlaceOfProfile(): void {
  const named = app.commandLine.getSwitchValue('user-data-dir')
  const folder = named ? resolve(named) : join(app.getPath('appData'), 'recount-window')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
}

/** Without those that only print. */
function shownWindows(): BrowserWindow[] {
  return BrowserWindow.getAllWindows().filter((window) => window.isVisible() || window.isMinimized())
}

function showWindow(): void {
  const [window] = shownWindows()
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

/** The app ends only after the backend has closed its workspace. */
function quitInOrder(keeper: BackendKeeper, saves: Saves): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = true
    void Promise.allSettled([keeper.close(), saves.close()]).then(() => app.exit(0))
  })
}

boot()
