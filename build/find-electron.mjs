import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PROGRAMS = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** The Electron program: one that the environment names, else the one fetched before; null when there is none. */
export function findElectron(root, env = process.env) {
  const program = PROGRAMS[process.platform] ?? 'electron'
  if (env.ELECTRON_EXEC_PATH) return { path: env.ELECTRON_EXEC_PATH, named: true }
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return { path: join(env.ELECTRON_OVERRIDE_DIST_PATH, program), named: true }
  const home = join(root, 'node_modules', 'electron')
  const path = join(home, 'dist', program)
  // `path.txt` is written last, so a half-unpacked program is not taken for one; a new version is fetched anew.
  if (!existsSync(path) || !existsSync(join(home, 'path.txt'))) return null
  const version = readIf(join(home, 'dist', 'version'))?.replace(/^v/, '').trim()
  return version === electronVersion(root) ? { path, named: false } : null
}

function electronVersion(root) {
  return JSON.parse(readIf(join(root, 'node_modules', 'electron', 'package.json')) ?? '{}').version ?? null
}

function readIf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
