import { expect, test } from 'vitest'
import { workspaceFolder } from '../../src/node'

const table: [platform: NodeJS.Platform, env: NodeJS.ProcessEnv, folder: string][] = [
  ['linux', { HOME: '/home/a' }, '/home/a/.local/share/recount'],
  ['linux', { HOME: '/home/a', XDG_DATA_HOME: '/data' }, '/data/recount'],
  ['linux', { HOME: '/home/a', XDG_DATA_HOME: '' }, '/home/a/.local/share/recount'],
  ['linux', { HOME: '/home/a', XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/recount'],
  ['freebsd', { HOME: '/home/a' }, '/home/a/.local/share/recount'],
  ['darwin', { HOME: '/Users/a', XDG_DATA_HOME: '/data' }, '/Users/a/Library/Application Support/Recount'],
  ['win32', { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'C:\\Users\\a\\AppData\\Roaming\\Recount'],
  ['win32', { USERPROFILE: 'C:\\Users\\a' }, 'C:\\Users\\a\\AppData\\Roaming\\Recount'],
  ['linux', { HOME: '/home/a', XDG_DATA_HOME: '/data', RECOUNT_WORKSPACE: '/cases/7' }, '/cases/7'],
  ['linux', { HOME: '/home/a', RECOUNT_WORKSPACE: '/cases/../x' }, '/x'],
  ['linux', { HOME: '/home/a', RECOUNT_WORKSPACE: '' }, '/home/a/.local/share/recount'],
]

test.each(table)('on %s with %o the workspace stands in %s', (platform, env, folder) => {
  expect(workspaceFolder(env, platform)).toBe(folder)
})
