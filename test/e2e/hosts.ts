import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Watch, watchHost, watchPage } from './watch'

export const ROOT = resolve(import.meta.dirname, '../..')
/** Loaded into every process under test; refuses and tells of what would leave the machine. */
export const GUARD = join(import.meta.dirname, 'loopback-only.mjs')

export type HostName = 'browser' | 'desktop'

export type Start = {
  workspace: string
  /** For what the host keeps or saves; no two running hosts may share it. */
  folder: string
  /** The computer's zone. */
  zone: string
  watch: Watch
}

/** One host that runs, with its page. */
export type Running = {
  page: Page
  /** Process that holds the host's end of the wires. */
  pid: number
  /** Address that opened the page, with its token; the desktop has none. */
  url: string
  /** The main process of the desktop host; null in a browser. */
  electron: ElectronApplication | null
  /** Answers the host's next "choose files" dialog (desktop), or the page's own file input (browser). */
  chooseFiles(paths: string[], open: () => Promise<void>): Promise<void>
  /** Saves what `start` makes the app save; answers its path. */
  save(start: () => Promise<void>): Promise<string>
  close(): Promise<void>
}

export function openHost(host: HostName, start: Start): Promise<Running> {
  mkdirSync(start.folder, { recursive: true })
  return host === 'browser' ? openBrowser(start) : openDesktop(start)
}

type Served = { url: string; pid: number; end(): Promise<void> }

/** `program` is the command line's `serve` unless told; `serve.js` is what `npm start` runs. */
export async function serve(start: Start, program: 'cli.js' | 'serve.js' = 'cli.js'): Promise<Served> {
  const { workspace, zone, watch } = start
  const words = ['--workspace', workspace, ...(program === 'cli.js' ? ['serve'] : []), '--no-open']
  const host = spawn(process.execPath, ['--import', GUARD, join('out/main', program), ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(zone),
  })
  watchHost(host.stderr, watch)
  const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string]
  const url = /http:\/\/[^"\s]+/.exec(line)?.[0]
  if (url === undefined || host.pid === undefined) throw new Error(`no address in: ${line}`)
  return {
    url,
    pid: host.pid,
    async end() {
      host.kill('SIGTERM')
      if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
    },
  }
}

export function launchChromium(zone: string) {
  return chromium.launch({
    env: environment(zone),
    executablePath: process.env['RECOUNT_CHROMIUM'] ?? '',
    // Root, as in a container, has no sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    // A person sees bars and drags them.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

async function openBrowser(start: Start): Promise<Running> {
  const { url, pid, end } = await serve(start)
  const browser = await launchChromium(start.zone)
  const page = await browser.newPage()
  // From the start, so that no dialog opens before they are listened for.
  page.on('filechooser', () => {})
  await watchPage(page, start.watch, url)
  await page.goto(url)
  return {
    page,
    pid,
    url,
    electron: null,
    async chooseFiles(paths, open) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()])
      await chooser.setFiles(paths)
    },
    async save(begin) {
      const [download] = await Promise.all([page.waitForEvent('download'), begin()])
      const path = join(start.folder, download.suggestedFilename())
      await download.saveAs(path)
      return path
    },
    async close() {
      await browser.close()
      await end()
    },
  }
}

async function openDesktop(start: Start): Promise<Running> {
  const { folder, watch } = start
  const { app, page } = await launchDesktop(start)
  await watchPage(page, watch)
  let saved = 0
  return {
    page,
    pid: app.process().pid ?? 0,
    url: '',
    electron: app,
    async chooseFiles(paths, open) {
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: chosen })
      }, paths)
      await open()
    },
    async save(begin) {
      const path = join(folder, `saved-${++saved}`)
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await begin()
      return path
    },
    close: () => app.close(),
  }
}

/** Starts after the first. */
const MORE_STARTS = 3

type Launched = { app: ElectronApplication; page: Page }

/**
 * Now and then on a busy machine the runner's own hold on the start is never let go, and the app does not become ready;
 * it is then started again, and that is said. An app that is ready and opens no window fails at once.
 */
async function launchDesktop(start: Start, more = MORE_STARTS): Promise<Launched> {
  const { workspace, folder, zone, watch } = start
  const app = await _electron.launch({
    executablePath: process.env['ELECTRON_EXEC_PATH'] ?? '',
    args: [ROOT, `--user-data-dir=${join(folder, 'profile')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    cwd: ROOT,
    env: { ...environment(zone), RECOUNT_WORKSPACE: workspace, NODE_OPTIONS: `--import ${GUARD}` },
  })
  const { stderr } = app.process()
  if (stderr) watchHost(stderr, watch)
  try {
    return { app, page: await app.firstWindow({ timeout: 10_000 }) }
  } catch (cause) {
    const isReady = await app.evaluate(({ app: main }) => main.isReady())
    await app.close()
    if (isReady || more === 0) throw new Error(`no window came up\n${watch.said.join('\n')}`, { cause })
    console.log('    the desktop app was never made ready, and is started again')
    return launchDesktop(start, more - 1)
  }
}

export function environment(zone: string): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(kept), TZ: zone, RECOUNT_UNENCRYPTED: '1' }
}
