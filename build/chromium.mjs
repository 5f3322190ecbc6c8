import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
}

/** Path of a Chromium for the end-to-end tests: named by RECOUNT_CHROMIUM, installed, or fetched by Playwright before. */
export function findChromium(env = process.env) {
  if (env.RECOUNT_CHROMIUM) return existsSync(env.RECOUNT_CHROMIUM) ? env.RECOUNT_CHROMIUM : null
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...(PLACES[platform()] ?? []), ...fetchedByPlaywright(env)].find(isProgram) ?? null
}

/** Finds a Chromium or installs one: Debian's package where this is Debian and root, else Playwright's. */
export function findOrInstallChromium() {
  const found = findChromium()
  if (found) return { path: found, reason: null }
  const reasons = []
  for (const { what, install } of [
    { what: "Debian's package", install: installDebian },
    { what: "Playwright's Chromium", install: installPlaywright },
  ]) {
    const failure = install()
    const path = findChromium()
    if (path) return { path, reason: null }
    reasons.push(`${what}: ${failure ?? 'installed, but not found'}`)
  }
  return { path: null, reason: `no Chromium found (${reasons.join('; ')}). RECOUNT_CHROMIUM can name one.` }
}

function installDebian() {
  if (platform() !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'this is no Debian'
  if (process.getuid?.() !== 0) return 'needs root'
  console.error("Installing Debian's chromium package …")
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', words, options)
    if (status !== 0) return `apt-get ${words[0]} ended with ${status}`
  }
  return null
}

function installPlaywright() {
  console.error("Fetching Playwright's Chromium …")
  const cli = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url))
  const { status } = spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 })
  return status === 0 ? null : `its download ended with ${status ?? 'no answer'}`
}

function fetchedByPlaywright(env) {
  const caches = { darwin: 'Library/Caches/ms-playwright', win32: 'AppData/Local/ms-playwright' }
  const folder = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), caches[platform()] ?? '.cache/ms-playwright')
  if (!existsSync(folder)) return []
  const programs = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-win/chrome.exe', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']
  return readdirSync(folder)
    .filter((name) => name.startsWith('chromium-'))
    .flatMap((name) => programs.map((program) => join(folder, name, program)))
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, reason } = findOrInstallChromium()
  if (path) console.log(path)
  else console.error(reason)
  process.exitCode = path ? 0 : 1
}
