import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '../../../../src/domain'
import { auditRecord, decoded, listOf, onlyRecord, pageOf } from './rows'

const NOBODY = '0'.repeat(24)

async function eventOf(row: object, dialect: 'documented' | 'server' = 'server'): Promise<Omit<AuditEvent, 'key'>> {
  return (await auditRecord(row, dialect)).event
}

/** What a row says was done, in short. */
async function told(row: object): Promise<string> {
  const { category, action, outcome, outcomeBasis, severity } = await eventOf(row)
  return `${category} ${action} ${outcome} ${outcomeBasis} ${severity}`
}

describe('a row of the audit', () => {
  it('as documented becomes an event', async () => {
    const row = {
      id: 'audit_123',
      user_id: '64f1a2',
      username: 'mira',
      tenant_id: 'acme',
      action: 'machine_access',
      resource: 'machine:agent-a',
      ip_address: '198.51.100.7',
      user_agent: 'Mozilla/5.0',
      source: 'ui',
      status: 'success',
      timestamp: '2026-03-02T08:14:09.412987+01:00',
    }
    expect(await auditRecord(row)).toMatchObject({
      id: 'audit_123',
      instance: 'acme',
      event: {
        time: Date.UTC(2026, 2, 2, 7, 14, 9, 412),
        sequence: 987,
        timePrecision: 'us',
        category: 'session',
        action: 'connect',
        actionRaw: 'machine_access',
        outcome: 'success',
        outcomeBasis: 'reported',
        severity: 'info',
        severityBasis: 'derived',
        actor: { id: '64f1a2', name: 'mira', kind: 'user' },
        target: { kind: 'machine', id: 'agent-a', name: 'db-1' },
        machine: { kind: 'machine', id: 'agent-a', name: 'db-1' },
        ip: '198.51.100.7',
        userAgent: 'Mozilla/5.0',
        client: 'ui',
        tenant: 'acme',
        repeat: 1,
        attributes: { resource: 'machine:agent-a', status: 'success' },
      },
    })
  })

  it('of the server dialect keeps all it says', async () => {
    const row = {
      user_id: 'u1',
      username: 'mira',
      action: 'create',
      resource_type: 'unknown',
      method: 'POST',
      endpoint: '/api/things?x=1',
      request_body: { a: { b: [1, 'x'] }, password: '[REDACTED]', big: null },
      response_status: 201,
      browser: 'Chrome 142',
      os: 'Linux',
    }
    const event = await eventOf(row)
    expect(event.attributes).toEqual({
      resource_type: 'unknown',
      method: 'POST',
      endpoint: '/api/things?x=1',
      'request_body.a.b.0': '1',
      'request_body.a.b.1': 'x',
      'request_body.password': '[REDACTED]',
      response_status: '201',
      browser: 'Chrome 142',
      os: 'Linux',
    })
    expect(event).toMatchObject({ category: 'other', action: 'create', actionRaw: 'create' })
    expect(event.target).toBeUndefined()
  })

  it('needs only an id and a time; one without them is told, the others are kept', async () => {
    const rows = [
      '{"id":"1","timestamp":"2026-03-02T08:14:09Z"}',
      '{"timestamp":"2026-03-02T08:14:09Z"}',
      '{"id":"","timestamp":"2026-03-02T08:14:09Z"}',
      '{"id":"4"}',
      '{"id":"5","timestamp":"0001-01-01T00:00:00Z"}',
      '"6"',
      'null',
      '{"id":8,"timestamp":"2026-03-02 08:14:09","username":["x"],"action":{},"user_id":null,"response_status":"none"}',
    ]
    const page = decoded(await listOf('audit'), pageOf(rows))
    expect(page.records.map(({ id }) => id)).toEqual(['1', '8'])
    expect(page.records[0]?.event).toMatchObject({ category: 'other', action: '', outcome: 'unknown', outcomeBasis: 'assumed' })
    expect(page.records[1]?.event).toMatchObject({ zoneAssumed: true, actionRaw: '' })
    expect(page.rejected).toEqual([
      { index: 1, reason: 'no id' },
      { index: 2, reason: 'no id' },
      { index: 3, reason: 'no timestamp' },
      { index: 4, reason: 'a timestamp that is no time: 0001-01-01T00:00:00Z' },
      { index: 5, reason: 'not an object' },
      { index: 6, reason: 'not an object' },
    ])
    expect(page).toMatchObject({ total: 8, limit: 200 })
  })

  it.each(['[]', '{}', '{"logs":{}}', '{"logs":"none"}', '"logs"'])('is no part of %s', async (body) => {
    const list = await listOf('audit')
    expect(() => decoded(list, Buffer.from(body))).toThrow(expect.objectContaining({ code: 'bad-answer' }))
  })

  it('that our own reading caused is marked', async () => {
    expect((await eventOf({ source: 'Recount' })).attributes['recount.own']).toBe('yes')
    expect((await eventOf({ user_agent: 'Recount/0.9.0' })).attributes['recount.own']).toBe('yes')
    expect((await eventOf({ user_agent: 'Recounter', source: 'ui' })).attributes).not.toHaveProperty('recount.own')
  })
})

describe('whose record it is', () => {
  it.each([
    [{ tenant_id: 'acme' }, { tenant: 'mine' }, 'acme', 'acme'],
    [{ tenant_id: '', resource: 'machine:agent-a' }, { tenant: 'mine' }, 'other', 'other'],
    [{ resource_type: 'machine', resource_id: 'm2' }, {}, 'acme', 'acme'],
    [{ tenant_id: '' }, { tenant: 'mine' }, 'audit.example', undefined],
    [{}, {}, 'audit.example', undefined],
  ])('%o, read as %o: %s', async (...[row, account, instance, tenant]) => {
    const record = await auditRecord(row, 'server', account)
    expect([record.instance, record.event.tenant]).toEqual([instance, tenant])
  })
})

describe('a failed sign-in', () => {
  const FAILED = 'authentication login failure'

  it.each([
    [{ action: 'login_failed', status: 'failure', username: 'mira' }, `${FAILED} reported warning`],
    [{ action: 'login_failed', username: 'mira' }, `${FAILED} reported warning`],
    [{ action: 'login', status: 'failure', username: 'mira' }, `${FAILED} reported warning`],
    [{ action: 'login', response_status: 401, username: '', request_body: { email: 'mira' } }, `${FAILED} derived warning`],
    [{ action: 'verify_otp', response_status: 401, request_body: { username: 'mira', otp_code: '[REDACTED]' } }, `${FAILED} derived warning`],
    [{ action: 'LOGIN', response_status: '500', username: 'mira' }, `${FAILED} derived warning`],
  ])('is recognised: %o', async (row, expected) => {
    expect(await told(row)).toBe(expected)
    expect((await eventOf(row)).actor?.name).toBe('mira')
  })

  it('of nobody known names who it was tried as', async () => {
    const body = { email: 'mira@acme.test', username: 'x', password: '[REDACTED]' }
    const row = { action: 'login', user_id: NOBODY, username: '', request_body: body, response_status: 401, error: 'Invalid credentials' }
    const event = await eventOf(row)
    expect(event).toMatchObject({ actor: { name: 'mira@acme.test', email: 'mira@acme.test', kind: 'user' }, reason: 'denied' })
    expect(event.actor).not.toHaveProperty('id')
    expect(event.attributes['error']).toBe('Invalid credentials')
    expect((await eventOf({ action: 'login', response_status: 401, user_id: NOBODY })).actor).toBeUndefined()
  })

  it('is told from one that succeeds', async () => {
    expect(await told({ action: 'login', status: 'success' })).toBe('authentication login success reported info')
    expect(await told({ action: 'login', response_status: 200 })).toBe('authentication login success derived info')
    expect(await told({ action: 'verify_otp', response_status: 200 })).toBe('authentication verify_otp success derived info')
    expect(await told({ action: 'login' })).toBe('authentication login unknown assumed info')
    expect((await eventOf({ action: 'verify_otp', response_status: 200 })).mfa).toBe('otp')
  })
})

describe('what was done', () => {
  const ADMIN = { action: 'user_updated', status: 'success', changes: [{ field: 'role', old: 'user', new: 'company_admin' }] }

  it.each([
    ['logout', {}, 'authentication logout'],
    ['signup', {}, 'account signup'],
    ['token_refresh', {}, 'token token_refresh'],
    ['machine_access', {}, 'session connect'],
    ['connect', {}, 'session connect'],
    ['disconnect', {}, 'session disconnect'],
    ['command_executed', {}, 'command execute'],
    ['user_created', {}, 'account user_create'],
    ['create_user', {}, 'account user_create'],
    ['update_user', {}, 'account user_change'],
    ['user_deleted', {}, 'account user_delete'],
    ['delete_user', {}, 'account user_delete'],
    ['create_organization', {}, 'account organization_create'],
    ['create_group', {}, 'privilege group_create'],
    ['machine_registered', {}, 'resource machine_register'],
    ['machine_deleted', {}, 'resource machine_delete'],
    ['create', { method: 'POST', endpoint: '/api/auth/refresh', resource_type: 'auth' }, 'token token_refresh'],
    ['create', { method: 'POST', endpoint: '/api/auth/select-tenant', resource_type: 'auth' }, 'authentication tenant_select'],
    ['create', { method: 'POST', endpoint: '/api/machines', resource_type: 'machine' }, 'resource machine_register'],
    ['create', { method: 'POST', endpoint: '/api/machines/agent-a/command', resource_type: 'machine' }, 'command execute'],
    ['POST', { method: 'POST', endpoint: '/api/api-keys', resource_type: 'unknown' }, 'token api_key_create'],
    ['delete', { method: 'DELETE', endpoint: '/api/api-keys/5', resource_type: 'unknown' }, 'token api_key_delete'],
    ['create', { method: 'POST', endpoint: '/api/profile/regenerate-api-key' }, 'token api_key_regenerate'],
    ['delete', { method: 'DELETE', endpoint: '/api/machines/agent-a', resource_type: 'machine' }, 'resource machine_delete'],
    ['update', { method: 'PUT', endpoint: '/api/groups/1', resource_type: 'group' }, 'privilege group_change'],
    ['PATCH', { resource_type: 'organization' }, 'account organization_change'],
    ['read', { resource_type: 'audit' }, 'search read'],
    ['read', { method: 'GET', endpoint: '/api/machines/a/logs/search?q=x', resource_type: 'machine' }, 'search search'],
    ['GET', { resource_type: 'machine' }, 'resource read'],
    ['delete', { resource_type: 'audit' }, 'config audit_delete'],
    ['Rotated_Keys', { resource_type: 'user' }, 'account rotated_keys'],
    ['anything_else', { resource: 'machine:x' }, 'resource anything_else'],
    ['anything', { resource_type: '__proto__' }, 'other anything'],
    ['constructor', {}, 'other constructor'],
  ])('%s %o: %s', async (action, more, expected) => {
    const event = await eventOf({ action, ...more })
    expect(`${event.category} ${event.action}`).toBe(expected)
    expect(event.actionRaw).toBe(action)
  })

  it.each([
    [{ action: 'read', response_status: 403, resource_type: 'audit' }, 'search read failure derived warning'],
    [{ action: 'read', response_status: 404, resource_type: 'user' }, 'account read failure derived info'],
    [{ action: 'connect', response_status: 101 }, 'session connect success derived info'],
    [{ action: 'user_deleted', status: 'denied' }, 'account user_delete failure reported warning'],
    [{ action: 'user_created', status: 'pending' }, 'account user_create unknown reported warning'],
    [{ action: 'machine_registered', status: 'revised' }, 'resource machine_register unknown assumed info'],
    [{ action: 'machine_deleted', status: 'success' }, 'resource machine_delete success reported critical'],
    [{ action: 'machine_deleted', status: 'failure' }, 'resource machine_delete failure reported warning'],
    [{ action: 'create', method: 'POST', endpoint: '/api/profile/regenerate-api-key', response_status: 200 }, 'token api_key_regenerate success derived critical'],
    [{ action: 'create', method: 'POST', endpoint: '/api/api-keys', response_status: 201 }, 'token api_key_create success derived warning'],
    [{ action: 'delete', method: 'DELETE', endpoint: '/api/audit-logs', resource_type: 'audit', response_status: 403 }, 'config audit_delete failure derived critical'],
    [{ action: 'delete', method: 'DELETE', endpoint: '/api/machines/a/recordings/1', resource_type: 'machine', response_status: 200 }, 'config recording_delete success derived critical'],
    [ADMIN, 'privilege role_change success reported critical'],
    [{ ...ADMIN, status: 'denied' }, 'privilege role_change failure reported warning'],
    [{ ...ADMIN, changes: [{ field: 'role', old: 'company_admin', new: 'user' }] }, 'privilege role_change success reported warning'],
    [{ action: 'update_user', request_body: { role: 'super_admin' }, response_status: 200 }, 'privilege role_change success derived critical'],
    [{ action: 'update_user', request_body: { role: 'user' }, response_status: 200 }, 'privilege role_change success derived warning'],
    [{ action: 'user_updated', details: { old_role: 'user', new_role: 'admin' }, status: 'success' }, 'privilege role_change success reported critical'],
    [{ action: 'update_user', request_body: { new_password: '[REDACTED]' }, response_status: 200 }, 'account password_change success derived warning'],
    [{ action: 'update_user', request_body: { email: 'a@b' }, response_status: 200 }, 'account email_change success derived warning'],
    [{ action: 'update_user', request_body: { display_name: 'A' }, response_status: 200 }, 'account user_change success derived info'],
  ])('and how bad that is: %o', async (row, expected) => {
    expect(await told(row)).toBe(expected)
  })

  it('keeps what was changed', async () => {
    const changes = [{ field: 'role', old: 'user', new: 'company_admin' }, { old: 'x' }, 'y']
    expect((await eventOf({ ...ADMIN, changes })).changes).toEqual([{ field: 'role', old: 'user', new: 'company_admin' }])
    expect((await eventOf({ action: 'update_user', request_body: { role: 'user' } })).changes).toEqual([{ field: 'role', new: 'user' }])
  })

  it('has the reason where one is told', async () => {
    expect((await eventOf({ action: 'read', response_status: 500, error: 'database is gone' })).reason).toBe('database is gone')
    expect((await eventOf({ action: 'read', response_status: 403, error: 'no' })).reason).toBe('denied')
    expect((await eventOf({ action: 'user_created', status: 'held' })).reason).toBe('pending')
  })
})

describe('what it was done to', () => {
  it.each([
    [{ resource: 'machine/agent-b' }, { kind: 'machine', id: 'agent-b', name: 'web-2' }, 'agent-b'],
    [{ resource: 'Machine:gone' }, { kind: 'machine', id: 'gone' }, 'gone'],
    [{ resource: 'auth' }, { kind: 'auth' }, undefined],
    [{ resource: '/odd one' }, { name: '/odd one' }, undefined],
    [{ resource_type: 'machine', resource_id: 'm1' }, { kind: 'machine', id: 'm1', name: 'db-1' }, 'agent-a'],
    [{ resource_type: 'terminal', resource_id: 'agent-a' }, { kind: 'terminal', id: 'agent-a' }, 'agent-a'],
    [{ resource_type: 'machine', endpoint: '/api/machines/agent-b/logs?x=1' }, { kind: 'machine', name: 'web-2' }, 'agent-b'],
    [{ resource_type: 'terminal', endpoint: '/api/terminal/agent-b/ws' }, { kind: 'terminal' }, 'agent-b'],
    [{ endpoint: '/api/terminal/sessions' }, undefined, undefined],
    [{ endpoint: '/api/machines/a%zz/logs' }, undefined, 'a%zz'],
    [{ resource_type: 'user', request_body: { username: 'newcomer' } }, { kind: 'user', name: 'newcomer' }, undefined],
  ])('%o', async (row, target, machine) => {
    const event = await eventOf(row)
    expect(event.target).toEqual(target)
    expect(event.machine?.id).toBe(machine)
  })
})

it('decodes a page of many fields that a stranger named', async () => {
  const body = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, i]))
  const event = await eventOf({ action: 'login', response_status: 401, request_body: body })
  expect(Object.keys(event.attributes).length).toBeLessThanOrEqual(201)
  const nested = `{"id":"1","timestamp":"2026-03-02T08:14:09Z","request_body":{"__proto__":{"a":1},"constructor":2}}`
  const page = decoded(await listOf('audit'), pageOf([nested]))
  expect(onlyRecord(page).event.attributes).toEqual({ 'request_body.__proto__.a': '1', 'request_body.constructor': '2' })
})
