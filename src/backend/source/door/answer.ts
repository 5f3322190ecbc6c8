import { shownText, type Instant } from '../../../domain'
import type { HttpAnswer } from '../../ports'
import type { ReadBody } from '../fetch-door'
import { JsonFault, member, readJson, text } from '../json'
import { ServerFault } from '../server-fault'
import { waitAsked } from './http-date'

const LONGEST_SAID = 200

export type Asked = { host: string; place: string; now: Instant }

/** What an answer of 2xx says; rejects with the fault that any other is. Redirects are dealt with before. */
export async function readAnswerBody<T>(answer: HttpAnswer, read: ReadBody<T>, asked: Asked): Promise<T> {
  if (answer.status < 200 || answer.status >= 300) throw faultOfStatus(answer, asked)
  refuseOther(answer, asked)
  // Whoever reads the body may take it away.
  const { length } = answer.body
  try {
    return await read(answer.body)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    throw badAnswer(answer, `${asked.host} answered ${asked.place} with ${problemOf(length, error)}.`)
  }
}

function faultOfStatus(answer: HttpAnswer, asked: Asked): ServerFault {
  const said = saidBy(answer)
  const says = said === undefined ? '.' : `: ${said}`
  const { status } = answer
  const { host, place } = asked
  const facts = { status, ...(said === undefined ? {} : { said }), ...waiting(answer, asked.now) }
  const fault = (code: ServerFault['code'], message: string) => new ServerFault({ ...facts, code, message })
  if (status === 401) return fault('unauthorized', `${host} did not accept the sign-in for ${place}${says}`)
  if (status === 403) return fault('forbidden', `${host} does not let this account read ${place}${says}`)
  if (status === 404) return notFound(answer, { fault, place, host, says })
  if (status === 408 || status === 429) return fault('throttled', `${host} asked to wait before ${place}${says}`)
  // It says what is so, not what went wrong: asking again changes nothing.
  if (status === 503 && /not configured/i.test(said ?? '')) return fault('not-offered', `${host} is not set up for ${place}${says}`)
  if (status >= 500) return fault('server-error', `${host} failed at ${place} (status ${status})${says}`)
  return fault('bad-answer', `${host} answered ${place} with status ${status}${says}`)
}

type Telling = {
  fault: (code: ServerFault['code'], message: string) => ServerFault
  host: string
  place: string
  says: string
}

// A page in between may say 404 for a list that exists; only the server itself, which speaks JSON, can say it has none.
function notFound(answer: HttpAnswer, { fault, host, place, says }: Telling): ServerFault {
  if (isJsonType(answer) || bodyMember(answer) !== undefined) {
    return fault('not-offered', `${host} does not offer ${place}${says}`)
  }
  return fault('bad-answer', `${host} answered ${place} with a page that says 404, perhaps of a proxy in between.`)
}

function waiting(answer: HttpAnswer, now: Instant): { retryAfterMs?: number } {
  const retryAfterMs = waitAsked(answer, now)
  return retryAfterMs === undefined ? {} : { retryAfterMs }
}

function badAnswer({ status }: HttpAnswer, message: string): ServerFault {
  return new ServerFault({ code: 'bad-answer', status, message })
}

/** Throws where the answer does not say that it is JSON. */
function refuseOther(answer: HttpAnswer, { host, place }: Asked): void {
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    throw badAnswer(answer, `${host} answered ${place} in the encoding ${short(encoding)}, which was not asked for.`)
  }
  if (!isJsonType(answer)) {
    const type = answer.headers['content-type']
    const what = /html/i.test(type ?? '') ? 'a web page' : type === undefined ? 'something without a type' : short(type)
    throw badAnswer(answer, `${host} answered ${place} with ${what} where JSON was expected.`)
  }
}

function problemOf(length: number, fault: JsonFault): string {
  if (length === 0) return 'an empty body'
  if (fault.truncated) return `JSON that is cut off after ${length} bytes`
  return `something that is not JSON (${fault.message})`
}

function isJsonType(answer: HttpAnswer): boolean {
  return /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(answer.headers['content-type'] ?? '')
}

/** The server's error text; its type is not asked, because some label their JSON as plain text. */
function saidBy(answer: HttpAnswer): string | undefined {
  const said = bodyMember(answer)
  return said === undefined || said === '' ? undefined : short(said)
}

function bodyMember(answer: HttpAnswer): string | undefined {
  if (answer.body.length > 100_000) return undefined
  try {
    const body = readJson(answer.body)
    if (body.kind !== 'object') return undefined
    return text(member(body, 'error')) ?? text(member(body, 'message')) ?? text(member(body, 'detail')) ?? ''
  } catch (error) {
    if (error instanceof JsonFault) return undefined
    throw error
  }
}

function short(said: string): string {
  return shownText(said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID)}…` : said)
}
