import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from './find-browser'

export type OpenBrowser = {
  /** When the program ended; its exit code, or null when it could not be started or was ended. */
  exited: Promise<number | null>
  /** Ends the window, when it is one of its own, and removes what was written for it. */
  close(): Promise<void>
}

/** Nothing of these windows is kept, and the browser itself is to send nothing anywhere. */
const APP_SWITCHES = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--window-size=1360,860',
]

/**
 * Opens the address in a browser. Arguments of a program can be read by every user of the machine, so the address with
 * its token goes through a file that only this user can read; the way Jupyter does it.
 */
export async function openBrowser(browser: Browser, url: string): Promise<OpenBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'recount-'))
  const launcher = join(folder, 'open.html')
  await writeFile(launcher, launcherPage(url), { mode: 0o600 })
  const address = pathToFileURL(launcher).href
  const appArgs = [`--app=${address}`, `--user-data-dir=${join(folder, 'profile')}`, ...APP_SWITCHES]
  const child = spawn(browser.program, browser.app ? appArgs : [address], { stdio: 'ignore', detached: !browser.app })
  if (!browser.app) child.unref()
  const exited = exitOf(child)
  return {
    exited,
    async close() {
      if (browser.app && child.exitCode === null && child.kill()) await settled(exited, 2000)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
    },
  }
}

export function launcherPage(url: string): string {
  const text = JSON.stringify(url).replaceAll('<', '\\u003c')
  return `<!doctype html><meta charset="utf-8"><title>Recount</title><script>location.replace(${text})</script>\n`
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve(code))
  })
}

async function settled(promise: Promise<unknown>, within: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, within)))])
  clearTimeout(timer)
}
