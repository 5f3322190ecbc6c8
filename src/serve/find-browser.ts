import { basename, posix, win32 } from 'node:path'

export type Machine = { env: NodeJS.ProcessEnv; platform: NodeJS.Platform; exists(path: string): boolean }

/** `app` means that the program can show one page in a window of its own, with a profile of its own. */
export type Browser = { program: string; app: boolean }

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
]
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
]

/** The browser to open: the one `RECOUNT_BROWSER` names, else one of Chromium's family; or why there is none. */
export function findBrowser(machine: Machine): Browser | { why: string } {
  const { env, platform } = machine
  const named = env['RECOUNT_BROWSER']
  if (named) return { program: named, app: /chrom|edge|brave|vivaldi/i.test(basename(named)) }
  if (!hasDisplay(env, platform)) return { why: 'there is no display' }
  const program = candidates(machine).find((path) => machine.exists(path))
  return program ? { program, app: true } : { why: 'no browser of the Chromium family was found' }
}

export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

function candidates({ env, platform }: Machine): string[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']]
    return roots.flatMap((root) => (root ? WINDOWS.map((path) => win32.join(root, path)) : []))
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', posix.join(env['HOME'] ?? '/', 'Applications')]
    return roots.flatMap((root) => MAC.map((name) => `${root}/${name}.app/Contents/MacOS/${name}`))
  }
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder))
  return NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
}
