import { protocol } from 'electron'
import { type PageFiles, answerPage } from '../node'
import { PAGE_URL } from './own-page'

/** To be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers the scheme from memory, with the policy that browser mode sends. */
export function servePageScheme(files: PageFiles): void {
  const { host } = new URL(PAGE_URL)
  protocol.handle('app', (request) => {
    const url = new URL(request.url)
    const path = url.host === host && request.method === 'GET' ? url.pathname : ''
    const { status, headers, body } = answerPage(files, path)
    return new Response(new Uint8Array(body), { status, headers })
  })
}
