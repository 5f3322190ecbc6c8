import { _electron, chromium, expect, test as base, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export type HostOptions = { host: 'browser' | 'desktop' }

const ROOT = resolve(import.meta.dirname, '../..')
const GUARD = join(import.meta.dirname, 'loopback-only.mjs')

/** Recount running on one of its hosts, with a workspace of its own. */
export type App = {
  page: Page
  workspace: string
  /** Answers the host's next "choose files" dialog (desktop), or the page's own file input (browser). */
  chooseFiles(paths: string[], open: () => Promise<void>): Promise<void>
  /** Saves what `start` makes the app save; answers its path. */
  save(start: () => Promise<void>): Promise<string>
  /** Ends the host and starts it again on the same workspace. */
  restart(): Promise<void>
}

type Running = Pick<App, 'page' | 'chooseFiles' | 'save'> & { close(): Promise<void> }

type Watch = { problems: string[]; folder: string }

type Fixtures = HostOptions & {
  size: { width: number; height: number }
  theme: 'dark' | 'light'
  app: App
}

export const test = base.extend<Fixtures>({
  host: ['browser', { option: true }],
  size: [{ width: 1440, height: 900 }, { option: true }],
  theme: ['dark', { option: true }],
  app: async ({ host, size, theme }, hand) => {
    const folder = mkdtempSync(join(tmpdir(), 'recount-e2e-'))
    const watch: Watch = { problems: [], folder }
    const start = async () => {
      const running = await (host === 'browser' ? openBrowser(watch) : openDesktop(watch))
      await running.page.setViewportSize(size)
      await running.page.emulateMedia({ colorScheme: theme })
      return running
    }
    let running = await start()
    await hand({
      get page() {
        return running.page
      },
      workspace: join(folder, 'workspace'),
      chooseFiles: (paths, open) => running.chooseFiles(paths, open),
      save: (begin) => running.save(begin),
      restart: async () => {
        await running.close()
        running = await start()
      },
    })
    await running.close()
    rmSync(folder, { recursive: true, force: true })
    // No console error, no breach of the content policy, no request or connection that leaves the machine.
    expect(watch.problems).toEqual([])
  },
})

export { expect } from '@playwright/test'

async function openBrowser(watch: Watch): Promise<Running> {
  const host = spawn(
    process.execPath,
    ['--import', GUARD, 'out/main/cli.js', '--workspace', join(watch.folder, 'workspace'), 'serve', '--no-open'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: environment() },
  )
  listen(host.stderr, watch)
  const lines = createInterface({ input: host.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  const browser = await chromium.launch({
    executablePath: process.env['RECOUNT_CHROMIUM'] ?? '',
    // Root, as in a container, has no sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  const page = await browser.newPage()
  await watchPage(page, watch, new URL(url).origin)
  await page.goto(url)
  return {
    page,
    async chooseFiles(paths, open) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()])
      await chooser.setFiles(paths)
    },
    async save(begin) {
      const [download] = await Promise.all([page.waitForEvent('download'), begin()])
      const path = join(watch.folder, download.suggestedFilename())
      await download.saveAs(path)
      return path
    },
    async close() {
      await browser.close()
      host.kill('SIGTERM')
      if (host.exitCode === null) await once(host, 'exit')
    },
  }
}

async function openDesktop(watch: Watch): Promise<Running> {
  const app = await _electron.launch({
    executablePath: process.env['ELECTRON_EXEC_PATH'] ?? '',
    args: [ROOT, `--user-data-dir=${join(watch.folder, 'profile')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    cwd: ROOT,
    env: { ...environment(), RECOUNT_WORKSPACE: join(watch.folder, 'workspace'), NODE_OPTIONS: `--import ${GUARD}` },
  })
  const { stderr } = app.process()
  if (stderr) listen(stderr, watch)
  const page = await app.firstWindow()
  await watchPage(page, watch, new URL(page.url()).origin)
  let saved = 0
  return {
    page,
    async chooseFiles(paths, open) {
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: chosen })
      }, paths)
      await open()
    },
    async save(begin) {
      const path = join(watch.folder, `saved-${++saved}`)
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await begin()
      return path
    },
    close: () => app.close(),
  }
}

function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(kept), RECOUNT_UNENCRYPTED: '1' }
}

/** The guard tells of connections on stderr. */
function listen(stderr: NodeJS.ReadableStream, watch: Watch): void {
  createInterface({ input: stderr }).on('line', (line) => {
    if (line.startsWith('left the machine:')) watch.problems.push(line)
  })
}

async function watchPage(page: Page, watch: Watch, origin: string): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') watch.problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => watch.problems.push(`page: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const isOwn = url.origin === origin || ['data:', 'blob:'].includes(url.protocol)
    if (!isOwn) watch.problems.push(`left the machine: ${request.url()}`)
  })
  const report = () => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  }
  await page.addInitScript(report)
  await page.evaluate(report)
}
