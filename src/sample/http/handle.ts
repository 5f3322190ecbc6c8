import type { IncomingHttpHeaders } from 'node:http'
import { advance } from '../data/world'
import type { Delivery } from '../faults/parts'
import { json, refusal } from './answer'
import { callerOf, type Caller } from './caller'
import type { Desk } from './desk'
import { writeRequestRow, type Done } from './request-rows'
import { readAnswer } from './routes'
import type { SignInAnswer } from './sign-in'
import type { Viewer } from './tokens'

export type Incoming = {
  method: string
  /** Path and query. */
  target: string
  headers: IncomingHttpHeaders
  /** Of the client. */
  address: string
  text: string
}

/** The answer, and what is to be done a moment after it has left. */
export type Handled = { delivery: Delivery; afterwards: (() => void) | null }

const UNLOGGED = new Set(['/health', '/metrics'])
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

export function handle(desk: Desk, incoming: Incoming): Handled {
  const now = desk.clock()
  const { method, headers } = incoming
  if (!LOOPBACK.test(headers.host ?? '')) return only(refusal(421, 'Misdirected request'))
  advance(desk.world, now)
  const url = new URL(incoming.target, 'http://sample.invalid')
  if (method === 'OPTIONS') return only({ status: 204, body: '' })
  if (url.pathname === '/health') return only(json(health(desk)))
  if (desk.storage.holds(url.pathname)) return only(desk.storage.answer(incoming, { url, now }))
  const caller = callerOf(headers, incoming.address)
  const { delivery, viewer, body } = answerTo(desk, incoming, { url, caller, now })
  if (UNLOGGED.has(url.pathname)) return { delivery, afterwards: null }
  const done: Done = { method, path: url.pathname, body, caller, viewer, answer: delivery.answer }
  const { notesGets } = desk.faults
  return { delivery, afterwards: () => writeRequestRow(desk.world, { at: desk.clock(), notesGets }, done) }
}

function only(answer: SignInAnswer): Handled {
  return { delivery: { answer }, afterwards: null }
}

function health({ world }: Desk): object {
  if (world.plan.dialect === 'documented') return { status: 'ok' }
  const checks = { database: 'ok', keycloak: 'ok' }
  return { status: 'ok', service: 'vsay-auth', version: '1.2.0', environment: 'sample', checks }
}

type Known = { url: URL; caller: Caller; now: number }
type Answered = { delivery: Delivery; viewer: Viewer | null; body: Record<string, unknown> }

function answerTo(desk: Desk, incoming: Incoming, { url, caller, now }: Known): Answered {
  const { method, headers, text } = incoming
  if (url.pathname === '/ready') return { delivery: { answer: json({ status: 'ready' }) }, viewer: null, body: {} }
  const bearer = bearerOf(headers.authorization)
  const viewer = bearer === null ? null : desk.tokens.read(bearer, now)
  const body = method === 'POST' ? parsed(text) : {}
  const signedIn = method === 'POST' ? signInStep(desk, url.pathname, { body, caller, now, viewer }) : null
  if (signedIn) return { delivery: { answer: signedIn }, viewer, body }
  if (!url.pathname.startsWith('/api/')) return { delivery: { answer: refusal(404, 'Not found') }, viewer, body }
  if (method !== 'GET') return { delivery: { answer: refusal(405, 'Method not allowed') }, viewer, body }
  if (!viewer) return { delivery: { answer: unknownBearer(headers.authorization) }, viewer, body }
  desk.asked++
  desk.faults.before(desk.world, desk.asked)
  const refused = desk.faults.refuse({ target: incoming.target, token: viewer.token, now })
  if (refused) return { delivery: { answer: refused }, viewer, body }
  const answer = readAnswer(desk, { viewer, url, now, host: headers.host ?? '' })
  return { delivery: desk.faults.deliver({ answer }), viewer, body }
}

function signInStep(desk: Desk, path: string, ask: Parameters<Desk['signIn']['login']>[0]): SignInAnswer | null {
  switch (path) {
    case '/api/auth/login':
    case '/api/login':
      return desk.signIn.login(ask)
    case '/api/auth/verify-otp':
      return desk.signIn.verifyOtp(ask)
    case '/api/auth/select-tenant':
      return desk.signIn.selectTenant(ask)
    case '/api/auth/refresh':
      return desk.signIn.refresh(ask)
    case '/api/auth/logout':
      return json({ message: 'Logged out successfully' })
    default:
      return null
  }
}

function bearerOf(header: string | undefined): string | null {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
}

function unknownBearer(header: string | undefined): SignInAnswer {
  if (!header) return refusal(401, 'Authorization header required')
  if (bearerOf(header) === null) return refusal(401, 'Invalid authorization format. Use: Bearer <token>')
  return refusal(401, 'Invalid or expired token')
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
