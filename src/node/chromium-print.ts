import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CannotPrint } from '../backend'
import { chromiumPrograms } from './chromium-programs'
import type { PrintFile } from './print-pdf'

/** Milliseconds that printing may take: a hundred pages take seconds. */
const LONGEST = 300_000
/** Characters kept of what the program says. */
const SAID = 2000

const NONE =
  'A PDF needs a Chromium, and none was found. Install Chromium, Google Chrome or Microsoft Edge, or name one with RECOUNT_CHROMIUM; or take HTML and print it from a browser.'

/** Prints by a Chromium of this machine. */
export function chromiumPrint(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): PrintFile {
  return async (html, pdf, folder) => {
    const program = chromiumOf(env, platform)
    if (program === null) throw new CannotPrint('no-program', NONE)
    await run(program, [...argumentsFor(folder), `--print-to-pdf=${pdf}`, pathToFileURL(html).href])
    if (!existsSync(pdf)) throw new CannotPrint('failed', `${program} made no PDF.`)
  }
}

/** The program that `RECOUNT_CHROMIUM` names, else the first that is there; null where there is none. */
export function chromiumOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const named = env['RECOUNT_CHROMIUM']
  if (named) return isProgram(named) ? named : null
  return chromiumPrograms({ env, platform }).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A browser of its own without network, extensions or a profile that stays. */
function argumentsFor(folder: string): string[] {
  return [
    '--headless',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-sync',
    '--disable-component-update',
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    // Chromium refuses to run as root with its sandbox; the policy of the page allows no script.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
}

function run(program: string, words: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], timeout: LONGEST, killSignal: 'SIGKILL' })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-SAID)))
    child.once('error', (error) => reject(new CannotPrint('failed', `${program} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (code === 0) return resolve()
      const lastLine = said.trim().split('\n').at(-1) ?? ''
      reject(new CannotPrint('failed', `${program} could not print (${signal ?? code}). ${lastLine}`.trimEnd()))
    })
  })
}
