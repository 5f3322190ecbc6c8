import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { startSample } from '../../../../src/sample'
import { aDoor, aServer, faultOf } from '../a-server'
import { decoded, listOf, listsOf, MACHINES } from './rows'

const { allowed, lists, probe } = webxtermSource
const reach = { url: 'https://audit.example', dialect: 'server', account: {} }

describe('the lists of a server', () => {
  it('are the audit, then sessions and commands by machine, sorted by name', async () => {
    const all = await listsOf('documented')
    expect(all.map(({ stream, label, style, tail, pageSize }) => ({ stream, label, style, tail, pageSize }))).toEqual([
      { stream: 'audit', label: 'audit', style: 'window', tail: undefined, pageSize: 200 },
      { stream: 'sessions/agent-a', label: 'sessions · db-1', style: 'whole', tail: undefined, pageSize: 200 },
      { stream: 'logs/agent-a', label: 'logs · db-1', style: 'tail', tail: 100, pageSize: 200 },
      { stream: 'sessions/agent-b', label: 'sessions · web-2', style: 'whole', tail: undefined, pageSize: 200 },
      { stream: 'logs/agent-b', label: 'logs · web-2', style: 'tail', tail: 100, pageSize: 200 },
    ])
    expect(all.map(({ changesForMs }) => changesForMs)).toEqual([0, 86_400_000, 600_000, 86_400_000, 600_000])
    expect((await listsOf('server')).map(({ style }) => style)).toEqual(['paged', 'whole', 'paged', 'whole', 'paged'])
  })

  it('are asked for in pages and windows as each dialect has them', async () => {
    const ask = { page: 2, limit: 200 }
    const window = { from: Date.UTC(2026, 2, 2, 8, 0, 0, 1), to: Date.UTC(2026, 2, 3, 8, 0, 0, 1) }
    const documented = await listsOf('documented')
    expect(documented.map((list) => list.path(ask))).toEqual([
      '/api/audit?page=2&limit=200',
      '/api/machines/agent-a/sessions',
      '/api/machines/agent-a/logs',
      '/api/machines/agent-b/sessions',
      '/api/machines/agent-b/logs',
    ])
    expect(documented[0]?.path({ ...ask, window })).toBe('/api/audit?page=2&limit=200&from=2026-03-02T08:00:00.001Z&to=2026-03-03T08:00:00.001Z')
    expect(documented[0]?.path({ ...ask, window: { from: 0, to: 1000 } })).toContain('&from=1970-01-01T00:00:00Z&to=1970-01-01T00:00:01Z')
    const server = await listsOf('server')
    expect(server[0]?.path({ ...ask, window })).toBe('/api/audit-logs?page=2&limit=200')
    expect(server[2]?.path(ask)).toBe('/api/machines/agent-a/logs?page=2&limit=200')
  })

  it('tell what a company administrator cannot see in the server dialect', async () => {
    const note = async (dialect: 'documented' | 'server', role: string) => (await listOf('audit', dialect, { role })).note
    expect(await note('server', 'company_admin')).toContain('not visible')
    expect(await note('server', 'super_admin')).toBeUndefined()
    expect(await note('documented', 'company_admin')).toBeUndefined()
  })

  it('may stand beside requests for access and sign-ins past the portal', async () => {
    const all = webxtermSource.unsureLists(await listsOf('documented'))
    expect(all.map(({ stream, label, style, machine }) => ({ stream, label, style, machine }))).toEqual([
      { stream: 'approvals', label: 'approvals', style: 'parts', machine: undefined },
      { stream: 'signins/agent-a', label: 'sign-ins · db-1', style: 'whole', machine: 'agent-a' },
      { stream: 'signins/agent-b', label: 'sign-ins · web-2', style: 'whole', machine: 'agent-b' },
    ])
    const [approvals, signIns] = all
    expect(approvals?.parts).toEqual(['pending', 'approved', 'rejected', 'expired', 'revoked'])
    expect(approvals?.path({ page: 2, limit: 200, part: 'expired' })).toBe('/api/access-requests?status=expired&page=2&limit=200')
    expect(approvals?.instead).toMatchObject({ stream: 'approvals', style: 'whole', lacks: expect.stringContaining('own requests') })
    expect(approvals?.instead?.path({ page: 1, limit: 200 })).toBe('/api/access-requests/my')
    expect(signIns?.path({ page: 1, limit: 200 })).toBe('/api/machines/agent-a/access-events?page=1&limit=200')
    expect(webxtermSource.unsureLists([])).toEqual([])
  })

  it('of a machine whose name could be read as another path cannot be asked for', async () => {
    const server = await aServer(() => ({ body: { machines: [{ agent_id: '../audit', name: 'x' }] } }))
    const door = aDoor(server.url, allowed)
    const [, sessions] = await lists(door, reach)
    expect((await faultOf(door.get(sessions?.path({ page: 1, limit: 1 }) ?? ''))).code).toBe('request-refused')
  })

  it('hold a machine once, gathered from pages that the server shuffles', async () => {
    const machines = Array.from({ length: 30 }, (_, i) => ({ agent_id: `agent-${i}`, name: `m${i}` }))
    let asked = 0
    const server = await aServer(({ path }) => {
      const page = Number(new URL(path, 'http://x').searchParams.get('page') ?? 1)
      const turn = asked++
      const shuffled = machines.map((_, i) => machines[(i * 7 + turn) % 30])
      return { body: { machines: shuffled.slice((page - 1) * 10, page * 10), total: 30, page, limit: 10, total_pages: 3 } }
    })
    const all = await lists(aDoor(server.url, allowed), reach)
    expect(new Set(all.map(({ stream }) => stream)).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(2 * 25)
    expect(server.seen.length).toBeLessThanOrEqual(10)
  })

  it.each([403, 404])('stand for machines that are kept from the account (%i)', async (status) => {
    const server = await aServer(() => ({ status, body: { error: 'no' } }))
    const door = aDoor(server.url, allowed)
    const all = await lists(door, reach)
    expect(all.map(({ stream }) => stream)).toEqual(['audit', 'machines'])
    expect((await faultOf(door.get(all[1]?.path({ page: 1, limit: 1 }) ?? ''))).status).toBe(status)
    // Should they become visible meanwhile, nothing of them is kept.
    const page = decoded(all[1], Buffer.from(JSON.stringify({ machines: MACHINES })))
    expect(page).toMatchObject({ records: [], rejected: [] })
    expect(Buffer.from(page?.body ?? []).toString()).not.toContain('reg_secret')
  })

  it.each([
    [{ status: 500 }, 'server-error'],
    [{ status: 401 }, 'unauthorized'],
    [{ body: { machines: 'no' } }, 'bad-answer'],
  ])('are not told where machines cannot be asked for: %o', async (said, code) => {
    const server = await aServer(() => said)
    expect((await faultOf(lists(aDoor(server.url, allowed), reach))).code).toBe(code)
  })

  it('are empty where Go has nothing to tell', async () => {
    const server = await aServer(() => ({ body: { machines: null } }))
    const all = await lists(aDoor(server.url, allowed), reach)
    expect(decoded(all[0], Buffer.from('{"logs":null,"total":0,"page":1,"limit":200}'))).toMatchObject({ records: [], total: 0, limit: 200 })
  })
})

describe('probing', () => {
  const rows: Record<string, { status?: number; body?: object | string; headers?: Record<string, string> }> = {}

  async function probed(answers: typeof rows, token?: string) {
    const server = await aServer(({ path }) => answers[path.split('?')[0] ?? ''] ?? { status: 404, body: { error: 'Not found' } })
    const door = aDoor(server.url, allowed)
    if (token !== undefined) door.useToken(token)
    return { server, work: probe(door) }
  }

  const LIST = { body: { logs: [], total: 0 } }
  const NO = { status: 403, body: { error: 'Forbidden' } }
  const HTML = { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }

  it.each([
    ['the documented list', { '/api/audit': LIST }, 'documented'],
    ['that of the server dialect', { '/api/audit-logs': LIST }, 'server'],
    ['that of the server dialect, where the router says 404 in words', { '/api/audit': { ...HTML, status: 404 }, '/api/audit-logs': LIST }, 'server'],
    ['an empty one', { '/api/audit': { body: { logs: null } } }, 'documented'],
    ['a refusal of the documented one', { '/api/audit': NO }, 'documented'],
    ['a refusal of the other', { '/api/audit-logs': NO }, 'server'],
    ['refusals of both, and machines without a count', { '/api/audit': NO, '/api/audit-logs': NO, '/api/machines': { body: { machines: [] } } }, 'documented'],
    ['refusals of both, and counted machines', { '/api/audit': NO, '/api/audit-logs': NO, '/api/machines': { body: { machines: [], total_pages: 1 } } }, 'server'],
  ])('knows a server by %s', async (_, answers, dialect) => {
    expect(await (await probed(answers)).work).toEqual({ dialect, account: {} })
  })

  it('reads who holds the token', async () => {
    const claims = { user_id: 'u1', username: 'mira', email: 'mira@acme.test', tenant_id: 'acme', role: 'user', exp: 1_800_000_000 }
    const token = `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
    expect((await (await probed({ '/api/audit': LIST }, token)).work).account).toEqual({
      id: 'u1',
      name: 'mira',
      email: 'mira@acme.test',
      tenant: 'acme',
      role: 'user',
      expiresAt: 1_800_000_000_000,
    })
    expect((await (await probed({ '/api/audit': LIST }, `vsay_${'a'.repeat(48)}`)).work).account).toEqual({})
  })

  it.each([
    ['a web page', { '/api/audit': HTML, '/api/audit-logs': HTML, '/health': HTML }, 'web page'],
    ['nothing known', {}, 'does not offer'],
    ['other JSON', { '/api/audit': { body: { items: [] } }, '/health': { body: { status: 'starting' } } }, 'no list'],
  ])('says that no such server is there: %s', async (_, answers, words) => {
    const fault = await faultOf((await probed(answers)).work)
    expect(fault.code).toBe('bad-answer')
    expect(fault.message).toContain('No WebXTerm server was found at this address.')
    expect(fault.message).toContain(words)
  })

  it('tells a server that is well from one with an audit list', async () => {
    const { server, work } = await probed({ '/health': { body: { status: 'ok' } } }, 'secret')
    expect((await faultOf(work)).code).toBe('not-offered')
    expect(server.seen.at(-1)?.headers.authorization).toBeUndefined()
  })

  it.each([
    [401, 'unauthorized'],
    [429, 'throttled'],
    [502, 'server-error'],
  ])('ends where the server says %i', async (status, code) => {
    expect((await faultOf((await probed({ '/api/audit': { status } })).work)).code).toBe(code)
  })
})

describe.each(['documented', 'server'] as const)('the sample server in the %s dialect', (dialect) => {
  it('is read record for record', async () => {
    const sample = await startSample({ events: 1500, dialect, now: Date.UTC(2026, 2, 2) })
    try {
      const door = aDoor(sample.url, allowed)
      door.useToken(sample.tokens.super_admin)
      const found = await probe(door)
      expect(found).toMatchObject({ dialect, account: { role: 'super_admin', tenant: 'fernhill' } })
      const held = new Map<string, { sha256: string; time: number }>()
      const known = await lists(door, { url: sample.url, ...found })
      const all = [...known, ...webxtermSource.unsureLists(known)].flatMap((list) => (list.parts ?? ['']).map((part) => ({ list, part })))
      for (const { list, part } of all) {
        for (let page = 1; ; page++) {
          const fetched = await door.get(list.path({ page, limit: list.pageSize, part })).catch((error: unknown) => error)
          if (fetched instanceof Error) break
          const got = decoded(list, (fetched as { body: Uint8Array }).body)
          expect(got.rejected).toEqual([])
          for (const { id, raw, event, receivedSha256 } of got.records) {
            held.set(`${list.stream} ${id}`, { sha256: receivedSha256 ?? hash('sha256', raw), time: event.time })
          }
          if (got.records.length < 200 || list.style === 'whole' || list.style === 'tail') break
        }
      }
      const truth = sample.lists(sample.tokens.super_admin)
      expect(truth.length).toBeGreaterThan(1000)
      for (const { stream, machine, id, bytes, time } of truth) {
        const record = held.get(machine === undefined ? `${stream} ${id}` : `${stream}/${machine} ${id}`)
        // Our own reading goes on writing rows, and sessions go on.
        if (!record) expect(bytes).toContain('Recount')
        else if (stream !== 'sessions' || !bytes.includes('"active"')) expect(record).toEqual({ sha256: hash('sha256', bytes), time })
      }
    } finally {
      await sample.close()
    }
  })
})
