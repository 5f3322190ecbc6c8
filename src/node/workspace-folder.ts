import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** The folder a workspace stands in when nobody names one: `RECOUNT_WORKSPACE`, else the per-user data folder. */
export function workspaceFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const path = platform === 'win32' ? win32 : posix
  const named = env['RECOUNT_WORKSPACE']
  if (named) return path.resolve(named)
  const home = (platform === 'win32' ? env['USERPROFILE'] : env['HOME']) || homedir()
  if (platform === 'win32') return path.join(env['APPDATA'] || path.join(home, 'AppData', 'Roaming'), 'Recount')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Recount')
  // The XDG base directory specification says that a relative value is to be ignored.
  const data = env['XDG_DATA_HOME']
  return path.join(data && path.isAbsolute(data) ? data : path.join(home, '.local', 'share'), 'recount')
}
