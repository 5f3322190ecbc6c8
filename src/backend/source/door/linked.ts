import { shownText } from '../../../domain'
import { NoAnswer, type HttpAnswer } from '../../ports'
import type { Linked } from '../fetch-door'
import type { DoorOptions } from '../open-door'
import { ServerFault } from '../server-fault'
import { isLoopback, type Base } from './address'
import { faultOfNoAnswer } from './no-answer'
import { isRedirect } from './redirect'

const MOST_BYTES = 2 ** 30
/** A gigabyte takes its time. */
const TIMEOUT_MS = 15 * 60_000

export type Linking = {
  door: Pick<DoorOptions, 'http' | 'now' | 'version' | 'address'>
  base: Base
  proxy: string | undefined
  /** It is never sent; an address that carries it is refused. */
  token: string | null
  /** Path of the answer that gave the address. */
  place: string
  signal?: AbortSignal
}

/** Gets a file from an address that the server gave. Nothing of the address's query is told, nor anything of ours sent. */
export async function fetchLinked(written: string, linking: Linking): Promise<Omit<Linked, 'link'>> {
  const url = checkedLink(written, linking)
  const { door, proxy, signal } = linking
  const going = { host: url.host, proxy, place: shownText(url.pathname), timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES }
  const ask = {
    method: 'GET' as const,
    url: url.href,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': `Recount/${door.version}` },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    ...(door.address.ca !== undefined && { ca: door.address.ca }),
    ...(proxy !== undefined && { proxy }),
    ...(signal && { signal }),
  }
  try {
    const answer = await door.http.request(ask)
    refuseOther(answer, going)
    return { place: `GET ${url.origin}${url.pathname}`, fetchedAt: door.now(), body: answer.body }
  } catch (error) {
    throw error instanceof NoAnswer ? faultOfNoAnswer(error, going) : error
  }
}

/** Throws `request-refused` for an address that is not safe to ask. */
function checkedLink(written: string, { base, token, place }: Linking): URL {
  const refused = (why: string) => {
    const message = `${base.host} gave an address at ${place} that was not asked: ${why}.`
    return new ServerFault({ code: 'request-refused', message })
  }
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(written) || /[\\#]/.test(written) || !URL.canParse(written)) {
    throw refused('it is not a plain https address')
  }
  const url = new URL(written)
  if (url.username !== '' || url.password !== '') throw refused('it holds a user name or password')
  if (token !== null && written.includes(token)) throw refused('it carries the token')
  const ownHost = new URL(base.origin).hostname
  // What listens on this machine is not for a server elsewhere to ask.
  if (isLoopback(url.hostname) && !isLoopback(ownHost)) throw refused(`it leads to this machine (${url.host})`)
  if (url.protocol !== 'https:' && !(isLoopback(url.hostname) && base.origin.startsWith('http:'))) {
    throw refused(`anybody can read plain http:// (${shownText(url.host)})`)
  }
  return url
}

function refuseOther(answer: HttpAnswer, { host, place }: { host: string; place: string }): void {
  const { status, headers } = answer
  const fault = (code: ServerFault['code'], message: string) => new ServerFault({ code, status, message })
  if (isRedirect(answer)) throw fault('redirect-refused', `${host} answered ${place} with a redirect, which was not followed.`)
  if (status >= 500) throw fault('server-error', `${host} failed at ${place} (status ${status}).`)
  if (status === 404 || status === 410) throw fault('not-offered', `${host} has no ${place} any more.`)
  // No token was sent: what is refused is the address, and a new sign-in would not help.
  if (status >= 400) throw fault('forbidden', `${host} refused the address of ${place} (status ${status}).`)
  if (status !== 200) throw fault('bad-answer', `${host} answered ${place} with status ${status}.`)
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    throw fault('bad-answer', `${host} answered ${place} in the encoding ${shownText(encoding.slice(0, 100))}, which was not asked for.`)
  }
}
