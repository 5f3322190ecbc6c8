import type { Dialect } from '../options'
import { json, refusal, type Answer } from './answer'
import { machineLogins, ownRequests, requestList } from './approvals'
import { auditTenants, documentedAudit, serverAudit } from './audit'
import type { Ask, Desk } from './desk'
import { machineRecordings, recordingUrl } from './recordings'
import { machineList, machineLogs, machineSessions, searchLogs, sessionDetail, terminalSessions } from './machines'

type Reader = (desk: Desk, ask: Ask, id: string) => Answer

type Route = { path: RegExp; read: Reader; only?: Dialect }

const MACHINE = '^/api/machines/([^/]+)'

const ROUTES: readonly Route[] = [
  { path: /^\/api\/audit$/, read: documentedAudit, only: 'documented' },
  { path: /^\/api\/audit\/tenants$/, read: auditTenants, only: 'documented' },
  { path: /^\/api\/audit-logs$/, read: serverAudit, only: 'server' },
  { path: /^\/api\/audit-logs\/tenants$/, read: auditTenants, only: 'server' },
  { path: /^\/api\/machines$/, read: machineList },
  { path: new RegExp(`${MACHINE}/logs$`), read: machineLogs },
  { path: new RegExp(`${MACHINE}/logs/search$`), read: searchLogs },
  {
    path: new RegExp(`${MACHINE}/sessions$`),
    read: (desk, ask, agentId) => machineSessions(desk, ask, { agentId, active: false }),
  },
  {
    path: new RegExp(`${MACHINE}/sessions/active$`),
    read: (desk, ask, agentId) => machineSessions(desk, ask, { agentId, active: true }),
  },
  { path: /^\/api\/terminal\/sessions$/, read: terminalSessions },
  { path: /^\/api\/sessions\/([^/]+)$/, read: sessionDetail },
  { path: new RegExp(`${MACHINE}/recordings$`), read: machineRecordings },
  { path: /^\/api\/recordings\/([^/]+)\/url$/, read: recordingUrl },
  { path: /^\/api\/access-requests$/, read: requestList },
  { path: /^\/api\/access-requests\/my$/, read: ownRequests },
  { path: new RegExp(`${MACHINE}/access-events$`), read: machineLogins },
  { path: /^\/api\/api-keys$/, read: () => json({ keys: [], total: 0 }), only: 'server' },
]

/** A terminal is opened by GET, and is no reading. */
const TERMINAL = /^\/api\/terminal\/[^/]+\/ws$/

export function readAnswer(desk: Desk, ask: Ask): Answer {
  const path = decoded(ask.url.pathname)
  if (TERMINAL.test(path)) return refusal(405, 'Method not allowed')
  for (const { path: pattern, read, only } of ROUTES) {
    const match = only === undefined || only === desk.world.plan.dialect ? pattern.exec(path) : null
    if (match) return read(desk, ask, match[1] ?? '')
  }
  return refusal(404, 'Not found')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
