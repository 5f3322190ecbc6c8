import { shownText, type Instant } from '../../domain'
import { NoAnswer, type HttpAnswer, type Ports } from '../ports'
import { readAddress, readProxy, type Base } from './door/address'
import { readAnswerBody } from './door/answer'
import { refusal } from './door/guard'
import { httpDate } from './door/http-date'
import { cancelled, faultOfNoAnswer } from './door/no-answer'
import { fetchLinked } from './door/linked'
import { followed, isRedirect } from './door/redirect'
import type { Allowed, FetchDoor, FetchOptions, Fetched, Linked, ReadBody, Said } from './fetch-door'
import { readJson } from './json'
import { ServerFault } from './server-fault'

export type DoorOptions = {
  http: Ports['http']
  now: () => Instant
  allowed: readonly Allowed[]
  /** `url` as a person typed it; `ca` is the text of a PEM file. */
  address: { url: string; ca?: string; proxy?: string }
  /** The program's own, for the User-Agent. */
  version: string
}

const TIMEOUT_MS = 30_000
const MOST_BYTES = 64 * 2 ** 20
const MOST_REDIRECTS = 3

type Ask = { method: Allowed['method']; target: string; body?: string; options: FetchOptions; /** Its answer links to a file. */ links?: true }

/** Opens the way to one server. Throws `ServerFault` `insecure-address` for an address that is not safe. */
export function openDoor(options: DoorOptions): FetchDoor {
  const base = readAddress(options.address.url)
  const proxy = options.address.proxy === undefined ? undefined : readProxy(options.address.proxy, base)
  const requestOnce = oneRequest(options, base, proxy)
  let token: string | null = null
  let requests = 0

  async function send<T>(first: Ask, read: ReadBody<T>): Promise<Said<T>> {
    let ask = first
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      refuse(ask, { options, base, token })
      requests++
      const answer = await requestOnce(ask, token)
      if (isRedirect(answer)) {
        const { method, target } = ask
        const { allowed } = options
        ask = { ...ask, target: followed(answer, { base, method, target, place: placeOf(ask), allowed }) }
        continue
      }
      const now = options.now()
      const said = await readAnswerBody(answer, read, { host: base.host, place: placeOf(ask), now })
      return { ...fetchedOf(answer, { place: `${ask.method} ${base.origin}${base.prefix}${ask.target}`, fetchedAt: now }), said }
    }
    const message = `${base.host} answered ${placeOf(first)} with more than ${MOST_REDIRECTS} redirects.`
    throw new ServerFault({ code: 'redirect-refused', message })
  }

  async function checked(ask: Ask): Promise<Fetched> {
    const { said: body, ...fetched } = await send(ask, (received) => {
      readJson(received)
      return received
    })
    return { ...fetched, body }
  }

  async function linked(path: string, linkIn: (body: Uint8Array) => string, more: FetchOptions): Promise<Linked> {
    const { body, ...link } = await checked({ method: 'GET', target: path, options: more, links: true })
    requests++
    const file = await fetchLinked(linkIn(body), { door: options, base, proxy, token, place: placeOf({ target: path }), ...more })
    return { link, ...file }
  }

  return {
    get: (path, more = {}) => checked({ method: 'GET', target: path, options: more }),
    read: (path, read, more = {}) => send({ method: 'GET', target: path, options: more }, read),
    linked: (path, linkIn, more = {}) => linked(path, linkIn, more),
    post(path, body, more = {}) {
      return checked({ method: 'POST', target: path, body: JSON.stringify(body), options: more })
    },
    useToken(next) {
      token = next === null ? null : checkedToken(next)
    },
    get token() {
      return token
    },
    get requests() {
      return requests
    },
  }
}

type Guarding = { options: DoorOptions; base: Base; token: string | null }

function refuse(ask: Ask, { options, base, token }: Guarding): void {
  const { method, target } = ask
  if (ask.options.signal?.aborted) throw cancelled({ host: base.host, place: placeOf(ask) })
  const carries = token !== null && target.includes(token)
  const allowed = options.allowed.filter(({ links }) => links === ask.links)
  const why = refusal(method, target, allowed) ?? (carries ? 'its address carries the token' : null)
  if (why === null) return
  const message = `${method} ${placeOf(ask)} was not sent to ${base.host}: ${why}.`
  throw new ServerFault({ code: 'request-refused', message })
}

/** Sends one request. Throws `ServerFault` where no answer comes. */
function oneRequest({ http, address: { ca }, version }: DoorOptions, base: Base, proxy: string | undefined) {
  return async (ask: Ask, token: string | null): Promise<HttpAnswer> => {
    const { method, target, body } = ask
    const { signal, anonymous } = ask.options
    const going = { host: base.host, proxy, place: placeOf(ask), timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES }
    try {
      return await http.request({
        method,
        url: base.origin + base.prefix + target,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `Recount/${version}`,
          'x-source': 'Recount',
          ...(token !== null && !anonymous && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        timeoutMs: TIMEOUT_MS,
        maxBytes: MOST_BYTES,
        ...(body !== undefined && { body }),
        ...(ca !== undefined && { ca }),
        ...(proxy !== undefined && { proxy }),
        ...(signal && { signal }),
      })
    } catch (error) {
      throw error instanceof NoAnswer ? faultOfNoAnswer(error, going) : error
    }
  }
}

function fetchedOf(answer: HttpAnswer, { place, fetchedAt }: Pick<Fetched, 'place' | 'fetchedAt'>): Omit<Fetched, 'body'> {
  const date = answer.headers['date']
  return {
    place,
    status: answer.status,
    ...(date !== undefined && { date }),
    serverTime: httpDate(date) ?? fetchedAt,
    fetchedAt,
  }
}

function checkedToken(token: string): string {
  const trimmed = token.trim()
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed
  const message = 'The token is empty or holds characters that no token has.'
  throw new ServerFault({ code: 'request-refused', message })
}

/** The path as shown; queries are left out, because they may be what must not be told. */
function placeOf({ target }: Pick<Ask, 'target'>): string {
  return shownText(target.split('?', 1)[0] ?? '')
}
