import { describe, expect, it } from 'vitest'
import { ask, list, pause, sampleOf, wholeAudit, type Row } from './harness'

const dialect = 'server'

describe('the server dialect', () => {
  it('is told apart by the path of its audit', async () => {
    const sample = await sampleOf({ dialect })
    expect((await ask(sample, '/api/audit?limit=1')).status).toBe(404)
    expect((await ask(sample, '/api/audit-logs?limit=1')).status).toBe(200)
    expect(await (await fetch(`${sample.url}/health`)).json()).toMatchObject({ status: 'ok', service: 'vsay-auth' })
  })

  it('pages by 25 wherever the limit is not one of 1 to 200', async () => {
    const sample = await sampleOf({ dialect })
    const cases = { '': 25, '?limit=200': 200, '?limit=201': 25, '?limit=0': 25, '?limit=x': 25 }
    for (const [asked, given] of Object.entries(cases)) {
      const { logs, limit, total, total_pages } = await list(sample, `/api/audit-logs${asked}`)
      expect(limit).toBe(given)
      expect(logs).toHaveLength(given)
      expect(total_pages).toBe(Math.ceil(total / given))
    }
  })

  it('knows neither window nor action', async () => {
    const sample = await sampleOf({ dialect })
    const asked = '/api/audit-logs?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&action=login_failed&user_id=x'
    expect((await list(sample, asked)).total).toBeGreaterThan(2000)
  })

  it('writes a row for every request a moment later, with the source as it was named', async () => {
    const sample = await sampleOf({ dialect })
    const mark = { 'x-source': 'Recount/0.1 (reading)', 'user-agent': 'Recount/0.1' }
    await ask(sample, '/api/machines', { headers: mark })
    await ask(sample, '/api/machines', { headers: { 'user-agent': 'something vscode 1' } })
    await fetch(`${sample.url}/health`)
    await pause(80)
    const { logs } = await list(sample, '/api/audit-logs')
    expect(logs.filter(({ ip_address }) => ip_address === '127.0.0.1')).toMatchObject([
      { action: 'read', resource_type: 'machine', endpoint: '/api/machines', source: 'vscode' },
      {
        action: 'read',
        resource_type: 'machine',
        method: 'GET',
        endpoint: '/api/machines',
        response_status: 200,
        source: 'Recount/0.1 (reading)',
        user_agent: 'Recount/0.1',
        username: 'mira.holt',
      },
    ])
    expect(sample.lists(sample.tokens.super_admin)[0]?.bytes).toContain('"/api/')
  })

  it('keeps failed sign-ins from whoever sees one tenant only', async () => {
    const sample = await sampleOf({ dialect })
    const rows = await wholeAudit(sample, '/api/audit-logs')
    const failed = (row: Row) => Number(row['response_status']) === 401
    const failures = rows.filter(failed)
    expect(failures.length).toBeGreaterThan(50)
    for (const row of failures) expect(row).toMatchObject({ username: '', tenant_id: '', user_id: '0'.repeat(24) })
    const [login] = failures.filter(({ action }) => action === 'login')
    expect(login?.['request_body']).toMatchObject({ password: '[REDACTED]' })
    await pause(80)
    const own = sample.lists(sample.tokens.company_admin).filter(({ stream }) => stream === 'audit')
    const seen = own.map(({ bytes }) => JSON.parse(bytes) as Row)
    expect(seen.some(failed)).toBe(false)
    expect(new Set(seen.map((row) => row['tenant_id']))).toEqual(new Set(['fernhill']))
    const { total } = await list(sample, '/api/audit-logs?tenant_id=bluewick', sample.tokens.company_admin)
    expect(Math.abs(total - own.length)).toBeLessThan(4)
    const other = await list(sample, '/api/audit-logs?tenant_id=bluewick')
    expect(new Set(other.logs.map((row) => row['tenant_id']))).toEqual(new Set(['bluewick']))
    expect((await list(sample, '/api/audit-logs/tenants', sample.tokens.company_admin))['tenants']).toHaveLength(3)
  })

  it('closes some machines to everybody, with the words of the source', async () => {
    const sample = await sampleOf({ dialect })
    const closed: string[] = []
    const { machines } = await list(sample, '/api/machines')
    for (const machine of machines) {
      const { status, text } = await ask(sample, `/api/machines/${String(machine['agent_id'])}/logs`)
      if (status === 200) continue
      expect([status, text]).toEqual([403, '{"error":"Not authorized"}'])
      closed.push(String(machine['name']))
    }
    expect(closed.sort()).toEqual(['fin-02', 'hr-01'])
    const open = new Set(sample.lists(sample.tokens.super_admin).flatMap(({ machine }) => machine ?? []))
    for (const { name, agent_id } of machines) if (closed.includes(String(name))) expect(open).not.toContain(agent_id)
  })

  it('pages machines only where a limit is given, and shuffles them', async () => {
    const sample = await sampleOf({ dialect })
    const names = async (path: string) => (await list(sample, path)).machines.map(({ name }) => name)
    const [one, two] = [await names('/api/machines'), await names('/api/machines')]
    expect(one).not.toEqual(two)
    expect(new Set(one)).toEqual(new Set(two))
    expect(await names('/api/machines?limit=10&page=6')).toHaveLength(10)
    expect(await names('/api/machines?search=db-0&tenant_id=kestrel')).toHaveLength(2)
    expect((await list(sample, '/api/machines')).machines[0]).toHaveProperty('registration_token')
  })

  it('pages the commands of a machine and tells their output in searches and details', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const { machines } = await list(sample, '/api/machines?search=db-04')
    const agent = String(machines[0]?.['agent_id'])
    const first = await list(sample, `/api/machines/${agent}/logs?limit=30`)
    expect(first).toMatchObject({ page: 1, limit: 30 })
    expect(first.logs).toHaveLength(30)
    for (const row of first.logs) expect(row).toMatchObject({ success: true, machine_name: 'db-04' })
    const all = sample.lists(sample.tokens.super_admin)
    const held = all.filter(({ stream, machine }) => stream === 'logs' && machine === agent)
    expect(first.total).toBe(held.length)
    expect(first.logs.map(({ id }) => id)).toEqual(held.slice(0, 30).map(({ id }) => id))
    expect((await list(sample, `/api/machines/${agent}/logs/search?q=psql`)).logs[0]).toHaveProperty('output')
    const detail = await list(sample, `/api/sessions/${String(first.logs[0]?.['session_id'])}`)
    expect(detail).toMatchObject({ logs_page: 1, logs_limit: 25, machine_name: 'db-04' })
    const { sessions } = await list(sample, `/api/machines/${agent}/sessions`)
    expect(sessions[0]).toMatchObject({ machine_id: machines[0]?.['id'], agent_id: agent })
    const active = await list(sample, '/api/terminal/sessions')
    for (const id of active.sessions) expect(typeof id).toBe('string')
  })

  it('shows commands as requests with their bodies in clear', async () => {
    const sample = await sampleOf({ dialect })
    const rows = await wholeAudit(sample, '/api/audit-logs')
    const commands = rows.filter(({ endpoint }) => String(endpoint).endsWith('/command'))
    expect(commands.length).toBeGreaterThan(100)
    for (const row of commands) {
      expect(row).toMatchObject({ action: 'create', resource_type: 'machine', method: 'POST' })
      expect(row['request_body']).toHaveProperty('command')
      expect(String(row['timestamp'])).toMatch(/\.\d{3}Z$/)
    }
  })
})
