import type { IncomingHttpHeaders } from 'node:http'

export type Refusal = { status: 400 | 401 | 403 | 404 | 405 | 413 | 421; words: string }

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders }

/**
 * Why a request is not answered, or null. The host listens on loopback only, yet every page a browser on this machine
 * has open can send requests to it: a foreign name that points here is caught by Host, a foreign page by Origin and
 * Sec-Fetch-Site.
 */
export function refusalOf(asked: Asked, ownHost: string): Refusal | null {
  const { headers } = asked
  if (headers.host !== ownHost) return { status: 421, words: 'wrong host' }
  const own = headers.origin === `http://${ownHost}`
  const needsOrigin = asked.path === '/session' || asked.path === '/wire'
  if (!own && (needsOrigin || headers.origin !== undefined)) return { status: 403, words: 'wrong origin' }
  if (!own && !fromHere(asked)) return { status: 403, words: 'cross-site request' }
  const wanted = asked.path === '/session' ? ['POST'] : ['GET', 'HEAD']
  return wanted.includes(asked.method) ? null : { status: 405, words: 'wrong method' }
}

/**
 * Other ports of 127.0.0.1 are "same-site" and as foreign as any. A person may come from anywhere to the page itself.
 */
function fromHere({ path, headers }: Asked): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return path === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}
