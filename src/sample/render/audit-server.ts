import { KINDS } from '../data/facts'
import { TENANTS } from '../data/names'
import type { RequestRow, World } from '../data/world'
import type { Machine } from '../data/organisation'
import type { Row } from './audit-documented'
import { commandOf, idOf, sceneOf, type Scene, type Stage } from './scene'

const ZEROS = '0'.repeat(24)
const HIDDEN = '[REDACTED]'

/** What a kind of fact is as a request. `id` is that of the machine or person it is about. */
type Request = {
  action: string
  type: string
  id?: string
  /** Method and path. */
  call: string
  body?: Record<string, unknown>
  status: number
}

/** A row of `/api/audit-logs` as that code stores it: failed sign-ins know neither name nor tenant. */
export function serverRow(stage: Stage, number: number): Row {
  const { world } = stage
  const scene = sceneOf(stage, number)
  const id = idOf(world, number)
  const kind = KINDS[world.facts.kind[number] as number]
  if (kind === 'request') return requestRow(id, world.requests[world.facts.text[number] as number] as RequestRow, scene)
  const { person, client, address, stamp } = scene
  const { action, type, id: about, call, body, status } = requestOf(world, scene)
  const [method, endpoint] = call.split(' ')
  const known = kind === 'login_failed' ? null : person
  return {
    id,
    user_id: known?.id ?? ZEROS,
    username: known?.username ?? '',
    tenant_id: known ? TENANTS[known.tenant]?.id : '',
    action,
    resource_type: type,
    ...(about !== undefined && { resource_id: about }),
    method,
    endpoint,
    ...(body && { request_body: body }),
    response_status: status,
    source: client.source,
    ip_address: address,
    user_agent: client.agent,
    ...(client.browser !== '' && { browser: client.browser }),
    ...(client.os !== '' && { os: client.os }),
    ...(status >= 400 && { error: status === 401 ? 'Invalid credentials' : 'Command failed' }),
    timestamp: stamp,
  }
}

function requestOf(world: World, scene: Scene): Request {
  const { facts } = world
  const { number, person, hash } = scene
  const kind = KINDS[facts.kind[number] as number]
  const text = facts.texts[facts.text[number] as number] as string
  switch (kind) {
    case 'login':
      return signIn(hash % 5 === 0 ? 'verify_otp' : 'login', person?.email ?? '', 200)
    case 'login_failed':
      return signIn(person && hash % 9 === 0 ? 'verify_otp' : 'login', person?.email ?? emailOf(text), 401)
    case 'logout':
      return { action: 'logout', type: 'auth', call: 'POST /api/auth/logout', status: 200 }
    case 'signup': {
      const body = secretBody(person?.email)
      return { action: 'signup', type: 'auth', call: 'POST /api/auth/signup', body, status: 201 }
    }
    case 'token_refresh':
      return everyday(hash)
    default:
      return scene.machine ? aboutMachine(world, scene, scene.machine) : aboutUser(world, scene)
  }
}

function signIn(action: 'login' | 'verify_otp', email: string, status: number): Request {
  if (action === 'login') {
    return { action, type: 'auth', call: 'POST /api/auth/login', body: { email, password: HIDDEN }, status }
  }
  const body = { username: email.split('@')[0], otp_code: HIDDEN }
  return { action, type: 'auth', call: 'POST /api/auth/verify-otp', body, status }
}

function emailOf(tried: string): string {
  return tried.includes('.') ? `${tried}@fernhill.test` : tried
}

function secretBody(email: string | undefined): Record<string, unknown> {
  return { email, password: HIDDEN, confirm_password: HIDDEN }
}

function aboutMachine(world: World, { number, hash }: Scene, machine: Machine): Request {
  const id = machine.agentId
  switch (KINDS[world.facts.kind[number] as number]) {
    case 'machine_access':
      return { action: 'connect', type: 'terminal', id, call: `GET /api/terminal/${id}/ws`, status: 101 }
    case 'machine_registered': {
      const body = { name: machine.name }
      return { action: 'create', type: 'machine', id, call: 'POST /api/machines', body, status: 201 }
    }
    case 'machine_deleted':
      return { action: 'delete', type: 'machine', id, call: `DELETE /api/machines/${id}`, status: 200 }
    default: {
      const command = commandOf(world, number, machine)
      // In clear, as the real server stores it: clients have to drop it.
      const body = { command, ...(hash % 40 === 0 && { env: { PGPASSWORD: 'pg-Sample-1' } }) }
      const status = world.facts.failed[number] === 1 ? 500 : 200
      return { action: 'create', type: 'machine', id, call: `POST /api/machines/${id}/command`, body, status }
    }
  }
}

function aboutUser({ facts, organisation }: World, { number }: Scene): Request {
  const kind = KINDS[facts.kind[number] as number]
  const other = organisation.people[facts.other[number] as number]
  const text = facts.texts[facts.text[number] as number] as string
  const id = other?.id ?? ZEROS
  if (kind === 'user_deleted') {
    return { action: 'delete_user', type: 'user', id, call: `DELETE /api/users/${id}`, status: 200 }
  }
  if (kind === 'user_created') {
    const body = { username: other?.username, role: 'user', ...secretBody(other?.email) }
    return { action: 'create_user', type: 'user', call: 'POST /api/users', body, status: 201 }
  }
  const body = bodyOfUpdate(text)
  return { action: 'update_user', type: 'user', id, call: `PUT /api/users/${id}`, body, status: 200 }
}

function bodyOfUpdate(text: string): Record<string, unknown> {
  if (text === 'company_admin') return { role: text }
  return text === '' ? { display_name: 'A. Name' } : { must_reset_password: true }
}

/** What pages and programs ask all day. */
function everyday(hash: number): Request {
  if (hash % 3 === 0) {
    return { action: 'create', type: 'auth', call: 'POST /api/auth/refresh', body: { token: HIDDEN }, status: 200 }
  }
  if (hash % 3 === 1) return { action: 'read', type: 'machine', call: 'GET /api/machines', status: 200 }
  return { action: 'read', type: 'user', call: 'GET /api/profile', status: 200 }
}

function requestRow(id: string, row: RequestRow, { stamp }: Scene): Row {
  return {
    id,
    user_id: row.userId || ZEROS,
    username: row.username,
    tenant_id: row.tenant,
    action: row.action,
    resource_type: row.resourceType,
    method: row.method,
    endpoint: row.endpoint,
    ...(row.body && { request_body: row.body }),
    response_status: row.status,
    source: row.source,
    ip_address: row.address,
    user_agent: row.agent,
    timestamp: stamp,
  }
}
