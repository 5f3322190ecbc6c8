import { TENANTS } from '../data/names'
import { noteRequest, type RequestRow, type World } from '../data/world'
import type { Caller } from './caller'
import type { SignInAnswer } from './sign-in'
import type { Viewer } from './tokens'

export type Done = {
  method: string
  /** Without its query, as the server stores it. */
  path: string
  body: Record<string, unknown>
  caller: Caller
  viewer: Viewer | null
  answer: SignInAnswer
}

/** Fields of request bodies that the real server hides in its own audit. */
const SECRETS = new Set(
  'password confirm_password current_password new_password api_key secret token otp otp_code'.split(' '),
)

const SIGN_IN_ACTIONS: Readonly<Record<string, string>> = {
  '/api/auth/login': 'login',
  '/api/login': 'login',
  '/api/auth/logout': 'logout',
  '/api/auth/verify-otp': 'verify_otp',
}

const BY_METHOD: Readonly<Record<string, string>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
}

/**
 * Writes the row that a request leaves in the audit. The server dialect writes one for every request; the documented
 * one for sign-ins, and for GETs only with the fault `shifting-offsets`.
 */
export function writeRequestRow(world: World, { at, notesGets }: { at: number; notesGets: boolean }, done: Done): void {
  const documented = world.plan.dialect === 'documented'
  const signIn = SIGN_IN_ACTIONS[done.path] !== undefined
  if (documented && !signIn && !(notesGets && done.method === 'GET')) return
  const row = rowOf(world, done)
  noteRequest(world, at, documented && signIn ? { ...row, action: documentedAction(row) } : row)
}

function documentedAction({ action, status }: RequestRow): string {
  if (action === 'logout') return action
  return status < 400 ? 'login' : 'login_failed'
}

function rowOf({ organisation }: World, { method, path, body, caller, viewer, answer }: Done): RequestRow {
  const account = answer.status < 400 ? (viewer?.account ?? answer.account) : viewer?.account
  const person = account && organisation.people[organisation.byName.get(account.username) ?? -1]
  const filled = Object.keys(body).length > 0
  return {
    username: account?.username ?? '',
    userId: person?.id ?? '',
    tenant: account ? (answer.tenant ?? tenantOf(viewer, account.tenants)) : '',
    action: SIGN_IN_ACTIONS[path] ?? BY_METHOD[method] ?? method,
    resourceType: typeOf(path),
    method,
    endpoint: path,
    ...(filled && { body: redacted(body) }),
    status: answer.status,
    source: caller.source,
    agent: caller.agent,
    address: caller.address,
  }
}

function tenantOf(viewer: Viewer | null, tenants: readonly string[]): string {
  return TENANTS[viewer?.tenant ?? -1]?.id ?? tenants[0] ?? ''
}

function typeOf(path: string): string {
  if (path.includes('/audit')) return 'audit'
  if (path.includes('/auth') || path === '/api/login') return 'auth'
  if (path.includes('/machines')) return 'machine'
  return path.includes('/terminal') || path.includes('/sessions') ? 'terminal' : 'unknown'
}

function redacted(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, SECRETS.has(name) ? '[REDACTED]' : value]),
  )
}
