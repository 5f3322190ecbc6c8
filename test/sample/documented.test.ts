import { describe, expect, it } from 'vitest'
import { ask, list, NOW, pause, sampleOf, wholeAudit } from './harness'

const DAY = 86_400_000

describe('the documented dialect', () => {
  it('tells its health to anybody', async () => {
    const sample = await sampleOf()
    expect(await (await fetch(`${sample.url}/health`)).json()).toEqual({ status: 'ok' })
    expect((await fetch(`${sample.url}/ready`)).status).toBe(200)
  })

  it('lists the audit by pages of 50, with whole seconds and its own clock', async () => {
    const sample = await sampleOf()
    const { headers, text } = await ask(sample, '/api/audit')
    const body = JSON.parse(text) as { logs: Record<string, string>[]; total: number; page: number; limit: number }
    expect(Object.keys(body)).toEqual(['logs', 'total', 'page', 'limit'])
    expect(body).toMatchObject({ page: 1, limit: 50 })
    expect(body.logs).toHaveLength(50)
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - NOW)).toBeLessThan(60_000)
    expect(headers.get('content-type')).toContain('application/json')
    const fields = 'id user_id username tenant_id action resource ip_address user_agent source status timestamp'
    for (const row of body.logs) {
      for (const field of fields.split(' ')) expect(row).toHaveProperty(field)
      expect(row['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    }
    expect((await ask(sample, '/api/audit-logs')).status).toBe(404)
  })

  it('pages through everything that it says it has, in the very bytes', async () => {
    const sample = await sampleOf()
    const rows = await wholeAudit(sample, '/api/audit')
    const held = sample.lists(sample.tokens.super_admin).filter(({ stream }) => stream === 'audit')
    expect(rows.map(({ id }) => id)).toEqual(held.map(({ id }) => id))
    const { text } = await ask(sample, '/api/audit?limit=1000&page=2')
    const bytes = held.slice(1000, 2000).map((record) => record.bytes)
    expect(text.startsWith(`{"logs":[${bytes.join(',')}],"total":`)).toBe(true)
    expect((await list(sample, '/api/audit?page=999')).logs).toEqual([])
  })

  it('honours window, action and user; both ends of a window are inside', async () => {
    const sample = await sampleOf()
    const rows = await wholeAudit(sample, '/api/audit')
    const day = (row: { timestamp?: unknown }) => Date.parse(String(row.timestamp))
    const from = NOW - 9 * DAY
    const to = day(rows[20] as object)
    const asked = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
    const window = await list(sample, `/api/audit?limit=1000&${asked}`)
    expect(window.logs).toEqual(rows.filter((row) => day(row) >= from && day(row) <= to).slice(0, 1000))
    expect(window.total).toBe(rows.filter((row) => day(row) >= from && day(row) <= to).length)
    const failures = rows.filter(({ action }) => action === 'login_failed')
    expect((await list(sample, '/api/audit?action=login_failed')).total).toBe(failures.length)
    const user = rows.find(({ action }) => action === 'command_executed')?.['user_id'] as string
    const own = rows.filter((row) => row['user_id'] === user && row['action'] === 'command_executed')
    const both = await list(sample, `/api/audit?limit=1000&user_id=${user}&action=command_executed`)
    expect(both.logs).toEqual(own)
    expect((await ask(sample, '/api/audit?from=yesterday')).status).toBe(400)
  })

  it('shows each role what is its own', async () => {
    const sample = await sampleOf()
    const { company_admin, user } = sample.tokens
    const tenant = await list(sample, '/api/audit?limit=5000', company_admin)
    expect(new Set(tenant.logs.map((row) => row['tenant_id']))).toEqual(new Set(['fernhill']))
    expect(tenant.logs.some(({ action }) => action === 'login_failed')).toBe(true)
    expect((await ask(sample, '/api/audit', { token: user })).status).toBe(403)
    const all = await list(sample, '/api/audit/tenants')
    expect(all['tenants']).toHaveLength(3)
    expect((await list(sample, '/api/audit/tenants', company_admin))['tenants']).toHaveLength(1)
    expect((await list(sample, '/api/machines')).machines).toHaveLength(60)
    expect((await list(sample, '/api/machines', company_admin)).machines).toHaveLength(35)
    const { machines } = await list(sample, '/api/machines', user)
    expect(new Set(machines.map(({ name }) => name))).toEqual(new Set(['app-03', 'db-04', 'web-01', 'web-02']))
  })

  it('gives the last hundred commands of a machine, its sessions and their details', async () => {
    const sample = await sampleOf({ events: 20_000 })
    const { machines } = await list(sample, '/api/machines')
    expect(machines[0]).toHaveProperty('memory_percent')
    expect(machines[0]).not.toHaveProperty('registration_token')
    const agent = machines.find(({ name }) => name === 'db-04')?.['agent_id'] as string
    const { logs, ...rest } = await list(sample, `/api/machines/${agent}/logs?limit=5&page=3`)
    expect(rest).toEqual({})
    expect(logs).toHaveLength(100)
    const { sessions } = await list(sample, `/api/machines/${agent}/sessions`)
    const all = sample.lists(sample.tokens.user)
    const held = all.filter(({ machine, stream }) => machine === agent && stream === 'sessions')
    expect(sessions.map((session) => session['session_id'])).toEqual(held.map(({ id }) => id))
    const session = sessions.find((one) => one['session_id'] === logs[0]?.['session_id'])
    const detail = await list(sample, `/api/sessions/${String(session?.['session_id'])}`)
    expect(detail['session']).toEqual(session)
    expect(detail.logs.map(({ command }) => command)).toContain(logs[0]?.['command'])
    expect(Object.keys(detail.logs[0] as object)).toEqual(['command', 'timestamp', 'success'])
    const found = await list(sample, `/api/machines/${agent}/logs/search?q=psql&limit=10`)
    expect(found.logs.length).toBeGreaterThan(0)
    for (const { command } of found.logs) expect(command).toContain('psql')
  })

  it('does not write its readers down', async () => {
    const sample = await sampleOf({ origin: NOW - 900_000 })
    const before = (await list(sample, '/api/audit?limit=1')).total
    await list(sample, '/api/machines')
    await pause(50)
    expect((await list(sample, '/api/audit?limit=1')).total - before).toBeLessThanOrEqual(1)
  })

  it('lists machines that are gone nowhere', async () => {
    const sample = await sampleOf()
    const { logs } = await list(sample, '/api/audit?action=machine_deleted')
    expect(logs).toHaveLength(2)
    for (const { resource } of logs) {
      const agent = String(resource).replace('machine:', '')
      expect((await ask(sample, `/api/machines/${agent}/logs`)).status).toBe(404)
    }
  })
})
