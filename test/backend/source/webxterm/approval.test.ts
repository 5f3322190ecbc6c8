import { describe, expect, it } from 'vitest'
import type { ListPage, ServerRecord } from '../../../../src/backend/source'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { decoded, listsOf, onlyRecord } from './rows'

const ROW = {
  id: 'r1',
  machine_id: 'm1',
  machine_name: 'db-1',
  machine_agent_id: 'agent-a',
  requester_id: 'u7',
  requester_username: 'ana',
  requester_email: 'ana@acme.test',
  tenant_id: 'acme',
  owner_id: 'u9',
  owner_email: 'bo@acme.test',
  request_note: 'INC-1: slow queries',
  duration_hours: 4,
  status: 'pending',
  requested_at: '2026-03-02T08:14:09.250Z',
  updated_at: '2026-03-02T08:14:09.250Z',
}
const APPROVED = { ...ROW, status: 'approved', approved_by: 'bo', approved_at: '2026-03-02T08:20:00Z', expires_at: '2026-03-02T12:20:00Z' }

async function unsure(stream: string) {
  return webxtermSource.unsureLists(await listsOf('server')).find((list) => list.stream === stream)
}

async function page(text: string): Promise<ListPage> {
  return decoded(await unsure('approvals'), Buffer.from(text))
}

async function record(row: object): Promise<ServerRecord> {
  return onlyRecord(await page(JSON.stringify({ requests: [row], total: 1 })))
}

describe('a request for access', () => {
  it('that waits becomes an event', async () => {
    const { id, instance, event } = await record(ROW)
    expect([id, instance]).toEqual(['r1', 'acme'])
    const machine = { kind: 'machine', id: 'agent-a', name: 'db-1' }
    expect(event).toEqual({
      time: Date.UTC(2026, 2, 2, 8, 14, 9, 250),
      sequence: 0,
      timePrecision: 'ms',
      category: 'approval',
      action: 'approval.request',
      actionRaw: 'pending',
      outcome: 'unknown',
      outcomeBasis: 'reported',
      reason: 'pending',
      severity: 'info',
      severityBasis: 'derived',
      actor: { id: 'u7', name: 'ana', email: 'ana@acme.test', kind: 'user' },
      target: machine,
      machine,
      approval: 'r1',
      tenant: 'acme',
      justification: 'INC-1: slow queries',
      scope: 'db-1, 4 h',
      repeat: 1,
      attributes: { machine_id: 'm1', owner_id: 'u9', owner_email: 'bo@acme.test', duration_hours: '4', updated_at: ROW.updated_at },
    })
  })

  it.each([
    ['approved', APPROVED, { action: 'approval.approve', outcome: 'success', outcomeBasis: 'reported', decision: 'approved', approver: 'bo' }, '2026-03-02T08:20:00Z'],
    ['rejected', { ...ROW, status: 'rejected', rejected_by: 'bo', reject_comment: 'no ticket', updated_at: '2026-03-02T09:00:00Z' }, { action: 'approval.reject', outcome: 'failure', reason: 'denied', decision: 'rejected', approver: 'bo', severity: 'warning' }, '2026-03-02T09:00:00Z'],
    ['revoked', { ...APPROVED, status: 'revoked', revoked_by: 'cy', revoked_at: '2026-03-02T09:00:00Z' }, { action: 'approval.revoke', outcome: 'success', outcomeBasis: 'derived', decision: 'revoked', approver: 'bo' }, '2026-03-02T08:20:00Z'],
    ['expired after use', { ...APPROVED, status: 'expired' }, { action: 'approval.expire', outcome: 'success', outcomeBasis: 'derived', decision: 'approved', approver: 'bo' }, '2026-03-02T08:20:00Z'],
    ['expired unanswered', { ...ROW, status: 'expired', approved_by: '', approved_at: null }, { action: 'approval.expire', outcome: 'failure', outcomeBasis: 'derived', reason: 'expired' }, undefined],
    ['approved, in capitals', { ...APPROVED, status: 'Approved' }, { action: 'approval.approve', actionRaw: 'Approved', outcomeBasis: 'reported' }, '2026-03-02T08:20:00Z'],
    ['in a state that nobody knows', { ...ROW, status: 'escalated' }, { action: 'approval.request', actionRaw: 'escalated', outcome: 'unknown', outcomeBasis: 'assumed' }, undefined],
    ['without a state', { ...APPROVED, status: undefined }, { action: 'approval.approve', actionRaw: 'approved', outcomeBasis: 'derived' }, '2026-03-02T08:20:00Z'],
    ['of a time that Go does not have', { ...APPROVED, approved_at: '0001-01-01T00:00:00Z' }, { action: 'approval.approve' }, undefined],
  ])('that is %s says so', async (...given) => {
    const [, row, expected, decidedAt] = given
    const { event } = await record(row)
    expect(event).toMatchObject(expected)
    expect(event.attributes['decided_at']).toBe(decidedAt)
    if (!('decision' in expected) && expected.action !== 'approval.approve') expect([event.decision, event.approver]).toEqual([undefined, undefined])
  })

  it('keeps who revoked it, and what was said', async () => {
    const { event } = await record({ ...APPROVED, status: 'revoked', revoked_by: 'cy', reject_comment: 'x', nested: { a: 1 } })
    expect(event.attributes).toMatchObject({ approved_by: 'bo', revoked_by: 'cy', expires_at: APPROVED.expires_at, reject_comment: 'x', 'nested.a': '1' })
  })

  it.each([
    [{ duration_hours: 0 }, 'db-1, no end'],
    [{ duration_hours: 1.5 }, 'db-1, 1.5 h'],
    [{ duration_hours: null }, 'db-1'],
    [{ machine_name: null, machine_agent_id: 'agent-zz' }, 'agent-zz, 4 h'],
    [{ machine_name: '', machine_agent_id: '', machine_id: 'm2', tenant_id: '' }, 'web-2, 4 h'],
  ])('of %o has a scope in words', async (more, scope) => {
    expect((await record({ ...ROW, ...more })).event.scope).toBe(scope)
  })

  it('of no tenant is its machine\'s, and of nobody has no actor', async () => {
    const { instance, event } = await record({ ...ROW, tenant_id: '', requester_id: '', requester_username: null, requester_email: '' })
    expect([instance, event.tenant, event.actor]).toEqual(['other', 'other', undefined])
    expect((await record({ ...ROW, tenant_id: '', machine_agent_id: 'gone' })).instance).toBe('audit.example')
  })

  it.each([
    ['an object with its page', JSON.stringify({ requests: [ROW], total: 9, page: 1, limit: 25 }), { records: 1, total: 9 }],
    ['a plain list', JSON.stringify([ROW, { ...ROW, id: 'r2' }]), { records: 2, total: undefined }],
    ['an empty list, as Go writes it', '{"requests":null,"total":0}', { records: 0, total: 0 }],
    ['nothing, as Go writes it', 'null', { records: 0, total: undefined }],
  ])('is read from %s', async (_what, text, expected) => {
    const found = await page(text)
    expect({ records: found.records.length, total: found.total }).toEqual(expected)
    expect(found.rejected).toEqual([])
  })

  it('that cannot be read is counted; what is no list is refused', async () => {
    const rows = [{ ...ROW, id: '' }, 7, { ...ROW, requested_at: 'soon' }, ROW]
    expect((await page(JSON.stringify(rows))).rejected.map(({ index }) => index)).toEqual([0, 1, 2])
    for (const text of ['{"logs":[]}', '7', '{"requests":{}}']) await expect(page(text)).rejects.toMatchObject({ code: 'bad-answer' })
  })
})

describe('a sign-in past the portal', () => {
  const LOGIN = { id: 'e1', machine_id: 'm1', agent_id: 'agent-a', machine_name: 'db-1', tenant_id: 'acme', protocol: 'ssh', os_user: 'root', source_ip: '10.0.0.9', line: 'pts/0', active: true, login_at: '2026-03-02T08:14:09Z', created_at: '2026-03-02T08:14:10Z' }

  async function login(row: object): Promise<ServerRecord> {
    return onlyRecord(decoded(await unsure('signins/agent-a'), Buffer.from(JSON.stringify({ events: [row], total: 1 }))))
  }

  it('is a sign-in to its machine that goes on', async () => {
    const { id, instance, event, open } = await login(LOGIN)
    expect([id, instance, open]).toEqual(['e1', 'acme', true])
    expect(event).toEqual({
      time: Date.UTC(2026, 2, 2, 8, 14, 9),
      sequence: 0,
      timePrecision: 's',
      category: 'authentication',
      action: 'login',
      actionRaw: 'login',
      outcome: 'success',
      outcomeBasis: 'derived',
      severity: 'info',
      severityBasis: 'derived',
      actor: { name: 'root', kind: 'user' },
      machine: { kind: 'machine', id: 'agent-a', name: 'db-1' },
      ip: '10.0.0.9',
      tenant: 'acme',
      repeat: 1,
      attributes: { machine_id: 'm1', protocol: 'ssh', os_user: 'root', line: 'pts/0', active: 'true', created_at: LOGIN.created_at },
    })
  })

  it('has an end when it has ended, and no address at the console', async () => {
    const { event, open } = await login({ ...LOGIN, active: false, protocol: 'console', source_ip: '', logout_at: '2026-03-02T09:14:09Z' })
    expect(event).toMatchObject({ durationMs: 3_600_000, attributes: { logout_at: '2026-03-02T09:14:09Z', protocol: 'console' } })
    expect([event.ip, open]).toEqual([undefined, undefined])
    expect((await login({ ...LOGIN, logout_at: '0001-01-01T00:00:00Z' })).event.durationMs).toBeUndefined()
  })

  it.each(['{"events":[ROW]}', '{"access_events":[ROW]}', '[ROW]'])('is read from %s', async (text) => {
    const body = Buffer.from(text.replace('ROW', JSON.stringify(LOGIN)))
    expect(decoded(await unsure('signins/agent-a'), body).records).toHaveLength(1)
  })
})
