import { BrowserWindow, session } from 'electron'
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

/** Prints a file of HTML into one of PDF, in a window nobody sees: without scripts, network or anything it could keep. */
export async function printPage(html: string, pdf: string): Promise<void> {
  const address = pathToFileURL(html).href
  const own = session.fromPartition(`print-${Date.now()}`, { cache: false })
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== address }))
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  })
  try {
    await window.loadURL(address)
    const bytes = await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true })
    await writeFile(pdf, bytes, { mode: 0o600 })
  } finally {
    window.destroy()
  }
}
