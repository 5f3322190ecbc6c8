import { expect, test } from 'vitest'
import { findBrowser } from '../../src/serve/find-browser'
import { launcherPage } from '../../src/serve/open-browser'

type Row = [what: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv, files: string[], found: unknown]

const wayland = { PATH: '/usr/bin', WAYLAND_DISPLAY: 'w' }
const none = { why: 'no browser of the Chromium family was found' }
const path = { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' }
const table: Row[] = [
  ['the first of the path', 'linux', path, ['/usr/bin/google-chrome', '/usr/bin/chromium'], app('/usr/bin/chromium')],
  ['one on Wayland', 'linux', wayland, ['/usr/bin/microsoft-edge'], app('/usr/bin/microsoft-edge')],
  ['none without a display', 'linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium'], { why: 'there is no display' }],
  ['none where there is none', 'linux', path, ['/usr/bin/firefox'], none],
  ['none in the folder of the moment', 'linux', { PATH: '.:', DISPLAY: ':0' }, ['chromium'], none],
  ['the named one', 'linux', { ...path, RECOUNT_BROWSER: '/opt/firefox' }, [], { program: '/opt/firefox', app: false }],
  ['the named one as an app', 'linux', { RECOUNT_BROWSER: '/opt/my-chromium' }, [], app('/opt/my-chromium')],
  [
    'an application',
    'darwin',
    { HOME: '/Users/a' },
    ['/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'],
    app('/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium'),
  ],
  [
    'a program',
    'win32',
    { 'ProgramFiles(x86)': 'C:\\P86' },
    ['C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe'],
    app('C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe'),
  ],
]

function app(program: string) {
  return { program, app: true }
}

test.each(table)('finds %s on %s', (...[, platform, env, files, found]) => {
  expect(findBrowser({ platform, env, exists: (file) => files.includes(file) })).toEqual(found)
})

test('the launcher leads to the address and can hold no other markup', () => {
  expect(launcherPage('http://127.0.0.1:1/#t=a')).toContain('location.replace("http://127.0.0.1:1/#t=a")')
  expect(launcherPage('</script><b>')).not.toContain('</script><b>')
})
