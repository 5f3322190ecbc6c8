import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findOrInstallChromium } from './chromium.mjs'
import { findElectron } from './find-electron.mjs'

// Runs the end-to-end specs on every host this machine has. A host that is missing is skipped with the reason, or fails
// where RECOUNT_REQUIRE names it.

const root = fileURLToPath(new URL('..', import.meta.url))
const required = (process.env.RECOUNT_REQUIRE ?? '').split(',')
const chromium = findOrInstallChromium()
const electron = findElectron(root)

const hosts = [
  { name: 'browser', isHere: chromium.path !== null, reason: chromium.reason },
  { name: 'desktop', isHere: electron !== null, reason: 'no Electron program (`npm start` fetches it where it can; ELECTRON_EXEC_PATH can name one)' },
]
for (const { name, reason } of hosts.filter((host) => !host.isHere)) {
  console.log(`skipped: end-to-end specs on the ${name} host: ${reason}`)
  if (required.includes(name)) {
    console.error(`RECOUNT_REQUIRE names ${name}.`)
    process.exit(1)
  }
}
const projects = hosts.filter((host) => host.isHere).map((host) => `--project=${host.name}`)
if (projects.length > 0) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.ts', ...projects, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, RECOUNT_CHROMIUM: chromium.path ?? '', ...(electron ? { ELECTRON_EXEC_PATH: electron.path } : {}) },
    },
  )
  process.exitCode = status ?? 1
}
