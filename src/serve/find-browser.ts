import { basename } from 'node:path'
import { chromiumPrograms } from '../node'

export type Machine = { env: NodeJS.ProcessEnv; platform: NodeJS.Platform; exists(path: string): boolean }

/** `app` means that the program can show one page in a window of its own, with a profile of its own. */
export type Browser = { program: string; app: boolean }

/** The browser to open: the one `RECOUNT_BROWSER` names, else one of Chromium's family; or why there is none. */
export function findBrowser(machine: Machine): Browser | { why: string } {
  const { env, platform } = machine
  const named = env['RECOUNT_BROWSER']
  if (named) return { program: named, app: /chrom|edge|brave|vivaldi/i.test(basename(named)) }
  if (!hasDisplay(env, platform)) return { why: 'there is no display' }
  const program = chromiumPrograms(machine).find((path) => machine.exists(path))
  return program ? { program, app: true } : { why: 'no browser of the Chromium family was found' }
}

export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
