import { expect, type Page } from '@playwright/test'
import { createInterface } from 'node:readline'

/** What must not happen while a spec runs; each is a line in plain words. */
export type Watch = {
  problems: string[]
  /** What the hosts wrote on stderr; shown where a spec fails. */
  said: string[]
}

/** Lets go of what a spec caused on purpose, and answers it. */
export function forgive(watch: Watch, meant: RegExp): string[] {
  const caused = watch.problems.filter((line) => meant.test(line))
  const others = watch.problems.filter((line) => !meant.test(line))
  watch.problems.splice(0, watch.problems.length, ...others)
  return caused
}

/** The guard in the host's processes tells of connections on stderr. */
export function watchHost(stderr: NodeJS.ReadableStream, watch: Watch): void {
  createInterface({ input: stderr }).on('line', (line) => {
    watch.said.push(line)
    if (line.startsWith('left the machine:')) watch.problems.push(line)
  })
}

/**
 * Console errors, faults of the page, breaches of the content policy, requests to elsewhere. The page's own place is
 * that of `address`; where that is not known yet, of the first thing it asks for.
 */
export async function watchPage(page: Page, watch: Watch, address = page.url()): Promise<void> {
  let own = address === 'about:blank' ? null : placeOf(address)
  page.on('console', (message) => {
    if (message.type() === 'error') watch.problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => watch.problems.push(`page: ${error.message}`))
  page.on('request', (request) => {
    const place = placeOf(request.url())
    own ??= place
    const isInside = place.startsWith('data:') || place.startsWith('blob:')
    if (place !== own && !isInside) watch.problems.push(`left the machine: ${request.url()}`)
  })
  await page.addInitScript(reportBreaches)
  if (own === null) await page.waitForURL((url) => url.protocol !== 'about:')
  // A page that is just coming up may take the first try with it.
  await expect(() => page.evaluate(reportBreaches)).toPass()
}

/** Not `origin`, which a scheme of the app's own does not have. */
function placeOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

function reportBreaches(): void {
  const watched: Document & { isWatched?: true } = document
  if (watched.isWatched) return
  watched.isWatched = true
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)
  })
}
