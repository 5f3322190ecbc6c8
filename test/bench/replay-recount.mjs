import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { untilCounted, untilPainted } from './in-page.mjs'
import { heapOf, residentOf } from './memory.mjs'

const SCREEN = '.rp-terminal .xterm-rows'
const ELSEWHERE = '#/v1/timeline'

/** Recount as it is built, in a page that has a recording's workspace open. */
export async function openRecount(browser, { root, file, folder }) {
  const workspace = join(folder, 'recordings')
  const program = join(root, 'out/main/cli.js')
  const words = ['--workspace', workspace]
  execFileSync(process.execPath, [program, ...words, 'import', file], { stdio: 'ignore' })
  const host = spawn(process.execPath, [program, ...words, 'serve', '--no-open'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: host.stdout }), 'line')
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(JSON.parse(line).url)
  await page.locator('nav').first().waitFor()
  const recording = `#/v1/replay/${encodeURIComponent(`sha256:${hashOf(file)}`)}`
  const idle = residentOf(host.pid)
  return {
    /** Opens the recording at a moment, in a page that shows something else. */
    async open({ at, wanted }) {
      await leave(page)
      return page.evaluate(untilPainted, { selector: SCREEN, wanted, act: { hash: `${recording}?t=${at}` }, most: 20_000 })
    },
    /** Loads the page anew at the address of the recording at a moment. */
    async load({ at, wanted }) {
      const { origin } = new URL(page.url())
      await leave(page)
      await page.goto('about:blank')
      await page.goto(`${origin}/${recording}?t=${at}`, { waitUntil: 'commit' })
      return page.evaluate(untilPainted, { selector: SCREEN, wanted, act: {}, most: 20_000 })
    },
    leave: () => leave(page),
    async indexed(seconds) {
      const isDone = (least) => Number(document.querySelector('.rp-track')?.getAttribute('aria-valuemax')) >= least && !document.querySelector('.rp [role="progressbar"]')
      await page.waitForFunction(isDone, Math.floor(seconds), { timeout: 600_000, polling: 100 })
      await rest(page, 2000)
    },
    async seek({ at, wanted }) {
      await rest(page)
      return page.evaluate(untilPainted, { selector: SCREEN, wanted, act: { hash: `${recording}?t=${at}` }, most: 20_000 })
    },
    async search(text) {
      return page.evaluate(untilCounted, { text, most: 20_000 })
    },
    async memory() {
      return { idle, process: residentOf(host.pid), heap: await heapOf(page) }
    },
    async close() {
      await page.close()
      host.kill()
      await once(host, 'exit')
    },
  }
}

/** The recording is closed then, and its memory given back. */
async function leave(page) {
  await page.evaluate((hash) => (location.hash = hash), ELSEWHERE)
  await page.waitForFunction((selector) => document.querySelector(selector) === null, SCREEN)
  await rest(page, 1500)
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** Lets what came after the last act end, and the next act begin anywhere between two frames. */
export function rest(page, least = 120) {
  return page.waitForTimeout(least + Math.random() * 17)
}
