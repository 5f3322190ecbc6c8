import { once } from 'node:events'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { untilPainted } from './in-page.mjs'
import { heapOf } from './memory.mjs'
import { rest } from './replay-recount.mjs'

const SCREEN = '.ap-term-text'
/** Milliseconds: nobody waits longer. */
const MOST = 120_000

/** asciinema-player in a page, with a file that is served from this machine. */
export async function openAsciinema(browser, { file }) {
  const parts = dirname(fileURLToPath(import.meta.resolve('asciinema-player/dist/bundle/asciinema-player.css')))
  const server = createServer((ask, answer) => {
    const { pathname } = new URL(ask.url, 'http://x')
    if (pathname === '/day.cast') {
      answer.writeHead(200, { 'content-length': statSync(file).size })
      createReadStream(file).pipe(answer)
    } else if (pathname === '/') {
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><div id="player"></div>')
    } else answer.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  return {
    /** Opens the recording at a moment in a page whose program is loaded already. */
    async open({ at, wanted }) {
      await page.goto('about:blank')
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      await page.addStyleTag({ path: join(parts, 'asciinema-player.css') })
      await page.addScriptTag({ content: readFileSync(join(parts, 'asciinema-player.min.js'), 'utf8') })
      await rest(page)
      return page.evaluate(untilPainted, { selector: SCREEN, wanted, act: { open: '/day.cast', seek: at }, most: MOST })
    },
    async leave() {
      await page.goto('about:blank')
    },
    async seek({ at, wanted }) {
      await rest(page)
      return page.evaluate(untilPainted, { selector: SCREEN, wanted, act: { seek: at }, most: MOST })
    },
    memory: async () => ({ heap: await heapOf(page) }),
    async close() {
      await page.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
