import { type App, type Session, type WebContents } from 'electron'
import type { OwnPage } from './own-page'

/**
 * Keeps every page of the app where it is: no other page, window, frame or view can come up. To be called before
 * ready.
 */
export function guardPages(app: App, page: OwnPage): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, page))
}

function guardPage(contents: WebContents, page: OwnPage): void {
  // A reload of the page itself arrives here too.
  contents.on('will-navigate', (event) => {
    if (!page.isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !page.isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** The page may put text on the clipboard; nothing else that needs a permission. */
export function denyPermissions(session: Session, page: OwnPage): void {
  const allowed = 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((...[, permission, answer, details]) => {
    answer(permission === allowed && details.isMainFrame && page.isOwn(details.requestingUrl))
  })
  session.setPermissionCheckHandler((...[, permission, , details]) => {
    return permission === allowed && details.isMainFrame && page.isOwn(details.requestingUrl ?? '')
  })
  session.setDevicePermissionHandler(() => false)
}
