import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from '../../build/chromium.mjs'
import { isStale } from '../../build/freshness.mjs'
import { logLines } from './log-lines.mjs'
import { measure } from './measure.mjs'
import { cells, median } from './table.mjs'

// What a screen of charts takes over a large log: its counts in the backend, and its drawing in the page.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LINES = Number(process.env.RECOUNT_BENCH_LINES ?? 1_000_000)
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York']
const MONTH = 30 * 86_400_000
const OPENINGS = 9
const SLOWEST = 200
const CHART = '.ch-time .recharts-bar-rectangle'
const ELSEWHERE = '#/v1/settings'
const SIGN_INS = '#/v1/sign-ins'

/** `workspace` holds the log already, where it is named. */
export async function benchCharts({ folder, workspace = join(folder, 'charts') }) {
  if (workspace === join(folder, 'charts')) await fill(folder, workspace)
  await benchCounts(workspace)
  await benchPaint(workspace)
}

async function fill(folder, workspace) {
  const log = join(folder, 'charts.log')
  const file = openSync(log, 'w')
  for (const block of logLines(LINES)) writeSync(file, block)
  closeSync(file)
  await measure('import', log, workspace)
}

async function benchCounts(workspace) {
  const { nodePorts, startBackend } = await import(process.env.RECOUNT_BUILT)
  const backend = await startBackend({ workspace, ports: nodePorts(() => {}) })
  const asked = async (ask) => {
    const began = performance.now()
    const { value } = await backend.call('signin.summary', ask)
    return { ms: performance.now() - began, value }
  }
  const first = await asked({ range: null, zone: ZONES[0] })
  const { held, counts } = first.value
  const whole = []
  for (const zone of ZONES.slice(1)) whole.push((await asked({ range: null, zone })).ms)
  const month = await asked({ range: { from: held.to - MONTH, to: held.to }, zone: ZONES[0] })
  const again = await asked({ range: null, zone: ZONES[0] })
  await backend.close()
  console.log(`\nsign-ins of ${LINES} lines: ${counts.failure} failed, ${counts.success} succeeded\n${cells('', 'ms')}`)
  console.log(cells('counted for the first time', first.ms.toFixed(0)))
  console.log(cells('counted in another zone', median(whole).toFixed(0)))
  console.log(cells('of a month', month.ms.toFixed(0)))
  console.log(cells('asked again', again.ms.toPrecision(2)))
}

async function benchPaint(workspace) {
  const path = findChromium()
  if (path === null) return console.log('\nskipped: charts in the page: no Chromium found')
  if (isStale(ROOT)) execFileSync(process.execPath, [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], { cwd: ROOT, stdio: 'ignore' })
  const words = ['--workspace', workspace, 'serve', '--no-open']
  const host = spawn(process.execPath, [join(ROOT, 'out/main/cli.js'), ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: host.stdout }), 'line')
  const browser = await chromium.launch({ executablePath: path })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(JSON.parse(line).url)
    await page.locator('nav').first().waitFor()
    const first = await page.evaluate(untilDrawn, { selector: CHART, hash: SIGN_INS })
    // The rules run when the screen is first open, beside everything else.
    await page.getByText(/^in [\d,]+ events, at /).waitFor({ timeout: 120_000 })
    const times = []
    for (let opening = 0; opening < OPENINGS; opening++) {
      await page.evaluate((hash) => (location.hash = hash), ELSEWHERE)
      await page.waitForFunction((selector) => document.querySelector(selector) === null, CHART)
      await page.waitForTimeout(300)
      times.push(await page.evaluate(untilDrawn, { selector: CHART, hash: SIGN_INS }))
    }
    console.log(cells('charts in the page, opened first', first.toFixed(0)))
    console.log(cells('charts in the page, opened again', median(times).toFixed(0), `< ${SLOWEST}`))
    if (median(times) > SLOWEST) console.log('slower than it may be')
  } finally {
    await browser.close()
    host.kill()
    await once(host, 'exit')
  }
}

/** Runs in the page: milliseconds from the address to the end of the frame that draws the chart. */
async function untilDrawn({ selector, hash }) {
  const began = performance.now()
  location.hash = hash
  while (!document.querySelector(selector)) await new Promise((resolve) => setTimeout(resolve, 0))
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = resolve
    port2.postMessage(null)
  })
  return performance.now() - began
}
