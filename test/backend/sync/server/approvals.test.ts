import { describe, expect, test } from 'vitest'
import { storeView } from '../../../../src/backend/query/view'
import { SyncJobs } from '../../../../src/backend/sync'
import { DIALECTS, type Fault } from '../../../../src/sample'
import { ids } from '../../store/a-store'
import { connected, difference, falselyComplete, SAMPLE_NOW, type Synced } from './a-sync'
import { HOUR, machine, MINUTE, NOON, ownServer, reading, type OwnServer, type Reading } from './own-server'

const DAY = 24 * HOUR
const SAME = { missing: [], other: [], gone: [] }
const STATUSES = ['pending', 'approved', 'rejected', 'expired', 'revoked']

type Asked = { id: string; status: string; at: number; more?: object }

/** A server with requests for access; `list` is what it answers by now. */
type Approving = OwnServer & { requests: Asked[]; mine: Asked[]; said: Map<string, number>; most: number }

const written = (time: number) => new Date(time).toISOString()

function rowOf({ id, status, at, more }: Asked): object {
  return { id, machine_agent_id: 'm', machine_name: 'm', requester_username: 'ana', tenant_id: 'acme', duration_hours: 2, request_note: `because of ${id}`, status, requested_at: written(at), ...more }
}

async function approving(requests: Asked[], own: Partial<OwnServer> = {}): Promise<Approving> {
  const said = new Map<string, number>()
  const server: Approving = Object.assign(await ownServer('server', { machines: new Map([machine('m')]), ...own }), { requests, mine: [], said, most: 200 })
  server.answer = ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://own.invalid')
    const status = said.get(pathname) ?? said.get(searchParams.get('status') ?? '')
    if (status !== undefined) return { status, body: '{"error":"refused"}' }
    if (pathname === '/api/access-requests/my') return { body: JSON.stringify(server.mine.map(rowOf)) }
    if (pathname !== '/api/access-requests') return undefined
    const found = server.requests.filter((request) => request.status === searchParams.get('status'))
    const limit = Math.min(Number(searchParams.get('limit')), server.most)
    const page = Number(searchParams.get('page'))
    const shown = found.slice((page - 1) * limit, page * limit)
    return { body: JSON.stringify({ requests: shown.map(rowOf), total: found.length, page, limit }) }
  }
  return server
}

const streamOf = ({ store }: Pick<Reading, 'store'>, stream = 'approvals') => store.connections()[0]?.streams.find((facts) => facts.stream === stream)
const ledger = ({ store }: Reading) => store.ledgerOf({ connection: 'acme', stream: 'approvals' }).filter(({ to }) => to <= NOON)
const asked = ({ seen }: OwnServer, from = 0) => seen.slice(from).flatMap(({ path }) => (path.includes('access-requests') ? [path.replace('/api/access-requests', '')] : []))
const shown = ({ store }: Reading, query: string) => ids(store, storeView({ query, range: null, order: 'asc' }))

describe('requests for access', () => {
  test('are one stream, whatever state they are in', async () => {
    const own = await approving(STATUSES.map((status, i) => ({ id: `r${i}`, status, at: NOON - HOUR - i * MINUTE })))
    const here = await reading(own)
    const job = await here.sync()
    expect(job.streams.find(({ stream }) => stream === 'approvals')).toMatchObject({ label: 'approvals', status: 'ok', added: 5, requests: 5, serverTotal: 5 })
    expect(asked(own)).toEqual(STATUSES.map((status) => `?status=${status}&page=1&limit=200`))
    expect(ledger(here)).toMatchObject([{ from: 0, state: 'complete', serverTotal: 5 }, { state: 'unknown' }])
    expect(shown(here, 'category:approval').toSorted()).toEqual(['r0', 'r1', 'r2', 'r3', 'r4'])
    expect(shown(here, 'approval:r2')).toEqual(['r2'])
    expect(here.store.find('webxterm:acme:approvals:r1')?.event).toMatchObject({ action: 'approval.approve', approval: 'r1', justification: 'because of r1', scope: 'm, 2 h' })
  })

  test('that move between two syncs are one row, with the states that were seen', async () => {
    const request: Asked = { id: 'r', status: 'pending', at: NOON - HOUR }
    const own = await approving([request, { id: 's', status: 'approved', at: NOON - 2 * HOUR }])
    const here = await reading(own)
    await here.sync()
    own.now += 10 * MINUTE
    Object.assign(request, { status: 'approved', more: { approved_by: 'bo', approved_at: written(NOON) } })
    const job = await here.sync()
    expect(job.streams.find(({ stream }) => stream === 'approvals')).toMatchObject({ status: 'ok', added: 0, changed: 1, vanished: 0, late: 0 })
    own.now += 3 * HOUR
    request.status = 'expired'
    await here.sync()
    const key = 'webxterm:acme:approvals:r'
    expect(shown(here, 'category:approval')).toEqual(['s', 'r'])
    expect(here.store.find(key)?.event).toMatchObject({ action: 'approval.expire', decision: 'approved', approver: 'bo', time: NOON - HOUR })
    const states = here.store.revisions(key).map(({ raw }) => (JSON.parse(Buffer.from(raw).toString()) as { status: string }).status)
    expect(states.toSorted()).toEqual(['approved', 'pending'])
    expect(here.store.drift()).toMatchObject([{ changed: 1, vanished: 0 }])
  })

  test('that move while they are read are not missed, and end in their newest state', async () => {
    const request: Asked = { id: 'r', status: 'pending', at: NOON - HOUR }
    const own = await approving([request])
    const { answer } = own
    own.answer = (seen) => {
      const said = answer(seen)
      if (seen.path.includes('status=pending')) request.status = 'approved'
      return said
    }
    const here = await reading(own)
    await here.sync()
    expect(here.store.find('webxterm:acme:approvals:r')?.event).toMatchObject({ action: 'approval.approve' })
    expect(here.store.revisions('webxterm:acme:approvals:r')).toHaveLength(1)
    expect(streamOf(here)?.status).toBe('ok')
  })

  test('of many pages that move meanwhile are not called complete', async () => {
    const own = await approving(Array.from({ length: 9 }, (_, i) => ({ id: `r${i}`, status: 'approved', at: NOON - HOUR - i * MINUTE })))
    own.most = 3
    const { answer } = own
    own.answer = (seen) => {
      const said = answer(seen)
      const [first] = own.requests
      // One goes from the first page, one comes at the end: the count stays, and one is pulled across an edge.
      if (seen.path.includes('status=approved&page=1') && first?.status === 'approved') {
        first.status = 'revoked'
        own.requests.push({ id: 'new', status: 'approved', at: NOON - DAY })
      }
      return said
    }
    const here = await reading(own)
    await here.sync()
    expect(streamOf(here)?.status).toBe('partial')
    expect(here.store.drift()[0]).toMatchObject({ vanished: 0 })
    expect(ledger(here)[0]).toMatchObject({ state: 'partial', note: expect.stringContaining('changed their state') })
    await here.sync()
    expect(streamOf(here)?.status).toBe('ok')
    expect(shown(here, 'category:approval')).toHaveLength(10)
  })

  test('that are gone are flagged, once all of them were read', async () => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }, { id: 'b', status: 'rejected', at: NOON - HOUR }])
    const here = await reading(own)
    await here.sync()
    own.requests.splice(0, 1)
    await here.sync()
    expect(shown(here, 'is:vanished')).toEqual(['a'])
  })

  test('are read in pages to their end', async () => {
    const own = await approving(Array.from({ length: 450 }, (_, i) => ({ id: `r${i}`, status: 'expired', at: NOON - HOUR - i * MINUTE })))
    const here = await reading(own)
    await here.sync()
    expect(streamOf(here)).toMatchObject({ status: 'ok', serverTotal: 450, requests: 7 })
    expect(shown(here, 'category:approval')).toHaveLength(450)
  })

  test('that are counted and not given leave the stream partial', async () => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }])
    const { answer } = own
    own.answer = (seen) => (seen.path.includes('status=expired') ? { body: '{"requests":[],"total":7}' } : answer(seen))
    const here = await reading(own)
    await here.sync()
    expect(streamOf(here)).toMatchObject({ status: 'partial', serverTotal: 8 })
    expect(ledger(here)[0]).toMatchObject({ state: 'partial', serverTotal: 8, note: 'The server counts 7 and gives 0.' })
  })

  test('that cannot be read leave the stream partial', async () => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }, { id: 'b', status: 'approved', at: NOON - HOUR, more: { requested_at: 'x' } }])
    const here = await reading(own)
    await here.sync()
    expect(streamOf(here)).toMatchObject({ status: 'partial', note: '1 of the server\'s records could not be read.' })
  })

  test.each([400, 404])('of a server that does not know one of the states (%i) are partly read', async (status) => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }])
    own.said.set('revoked', status)
    const here = await reading(own)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    expect(streamOf(here)).toMatchObject({ status: 'partial' })
    expect(streamOf(here)?.fault).toBeUndefined()
    expect(ledger(here)[0]).toMatchObject({ state: 'partial', note: 'The server gives no list of what is revoked.' })
    expect(shown(here, 'category:approval')).toEqual(['a'])
  })

  test('of a server that has none are asked for now and then', async () => {
    const own = await approving([])
    own.said.set('/api/access-requests', 404)
    const here = await reading(own)
    await here.sync()
    expect(streamOf(here)).toMatchObject({ status: 'not-offered', fault: { code: 'not-offered' } })
    expect(here.store.coverage({ from: NOON - DAY, to: NOON - HOUR }).filter(({ stream }) => stream === 'approvals')).toMatchObject([{ state: 'not-offered' }])
    own.now += MINUTE
    await here.sync()
    expect(asked(own)).toHaveLength(1)
    own.now += HOUR
    await here.sync()
    expect(asked(own)).toHaveLength(2)
  })

  test('that an account may not see are its own alone, and the stream says so', async () => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }, { id: 'b', status: 'approved', at: NOON - HOUR }])
    const here = await reading(own)
    await here.sync()
    // No longer an administrator.
    own.said.set('/api/access-requests', 403)
    own.mine = [{ id: 'c', status: 'pending', at: NOON - DAY }]
    own.now += HOUR
    const job = await here.sync()
    expect(job.streams.filter(({ stream }) => stream === 'approvals')).toMatchObject([{ status: 'partial', added: 1, vanished: 0 }])
    expect(asked(own).slice(-2)).toEqual(['?status=pending&page=1&limit=200', '/my'])
    expect(streamOf(here)).toMatchObject({ status: 'partial', note: expect.stringContaining('Only this account\'s own requests') })
    expect(streamOf(here)?.fault).toBeUndefined()
    expect(shown(here, 'category:approval').toSorted()).toEqual(['a', 'b', 'c'])
    // What was proven stays.
    expect(ledger(here)[0]).toMatchObject({ state: 'complete' })
    expect(here.store.coverage({ from: NOON, to: NOON + HOUR - 10 * MINUTE }).filter(({ stream }) => stream === 'approvals').at(-1)).toMatchObject({ state: 'partial' })
  })

  test.each([403, 404])('are not visible where not even the own ones are (%i)', async (status) => {
    const own = await approving([])
    own.said.set('/api/access-requests', 403).set('/api/access-requests/my', status)
    const here = await reading(own)
    const job = await here.sync()
    expect(job).toMatchObject({ state: 'done', fault: null })
    expect(streamOf(here)).toMatchObject({ status: 'not-visible', fault: { code: 'forbidden' } })
    expect(here.store.coverage({ from: NOON - DAY, to: NOON - HOUR }).filter(({ stream }) => stream === 'approvals')).toMatchObject([{ state: 'not-visible' }])
  })

  test('are read when they are named, and not by the live view', async () => {
    const own = await approving([{ id: 'a', status: 'approved', at: NOON - HOUR }])
    const here = await reading(own)
    const jobs = new SyncJobs(here.context, () => {})
    jobs.start({ connection: 'acme', live: true })
    await jobs.ended('acme')
    expect(asked(own)).toEqual([])
    const { length } = own.seen
    jobs.start({ connection: 'acme', stream: 'approvals' })
    expect((await jobs.ended('acme')).streams.map(({ stream, added }) => [stream, added])).toEqual([['approvals', 1]])
    expect(asked(own, length)).toHaveLength(5)
    expect(own.seen.slice(length).filter(({ path }) => path.includes('audit'))).toEqual([])
  })
})

describe('sign-ins past the portal', () => {
  const login = (id: string, more = {}) => ({ id, agent_id: 'm0', machine_name: 'm0', protocol: 'ssh', os_user: 'root', source_ip: '10.0.0.1', active: true, login_at: written(NOON - HOUR), ...more })
  const tried = ({ seen }: OwnServer, from = 0) => seen.slice(from).flatMap(({ path }) => /machines\/([^/]+)\/access-events/.exec(path)?.[1] ?? [])

  async function served(count: number, events: (agent: string) => object[] | number): Promise<OwnServer> {
    return ownServer('server', {
      machines: new Map(Array.from({ length: count }, (_, i) => machine(`m${i}`))),
      answer: ({ path }) => {
        const agent = /machines\/([^/]+)\/access-events/.exec(path)?.[1]
        if (agent === undefined) return undefined
        const said = events(agent)
        return typeof said === 'number' ? { status: said, body: '{"error":"no"}' } : { body: JSON.stringify({ events: said }) }
      },
    })
  }

  test('are a stream of each machine, and one that ends keeps what it was', async () => {
    let end = {}
    const own = await served(2, (agent) => (agent === 'm0' ? [login('e', end)] : []))
    const here = await reading(own)
    const job = await here.sync()
    expect(job.streams.filter(({ stream }) => stream.startsWith('signins/'))).toMatchObject([
      { stream: 'signins/m0', label: 'sign-ins · m0', status: 'ok', added: 1 },
      { stream: 'signins/m1', label: 'sign-ins · m1', status: 'ok', added: 0 },
    ])
    expect(shown(here, 'action:login field.protocol:ssh user:root')).toEqual(['e'])
    end = { active: false, logout_at: written(NOON) }
    await here.sync()
    expect(here.store.find('webxterm:acme:signins/m0:e')?.event).toMatchObject({ durationMs: HOUR })
    expect(here.store.revisions('webxterm:acme:signins/m0:e')).toHaveLength(1)
  })

  test('of a server that has none are tried at three machines, then at one, each hour', async () => {
    const own = await served(6, () => 404)
    const here = await reading(own)
    await here.sync()
    expect(tried(own)).toEqual(['m0', 'm1', 'm2'])
    expect(streamOf(here, 'signins/m5')).toMatchObject({ status: 'not-offered', note: 'Not asked: no other machine of this server offers sign-ins.' })
    let { length } = own.seen
    await here.sync()
    expect(tried(own, length)).toEqual([])
    own.now += HOUR
    ;({ length } = own.seen)
    await here.sync()
    expect(tried(own, length)).toEqual(['m0'])
  })

  test('that are kept from the account at some machines are read at the others', async () => {
    const own = await served(5, (agent) => (agent < 'm3' ? 403 : [login(`e-${agent}`)]))
    const here = await reading(own)
    await here.sync()
    expect(here.store.connections()[0]?.streams.flatMap(({ stream, status }) => (stream.startsWith('signins/') ? [`${stream} ${status}`] : [])).toSorted()).toEqual([
      'signins/m0 not-visible',
      'signins/m1 not-visible',
      'signins/m2 not-visible',
      'signins/m3 ok',
      'signins/m4 ok',
    ])
  })
})

describe.each(DIALECTS)('approvals and sign-ins of a %s server', (dialect) => {
  const heldOf = ({ store }: Synced) => store.heldIn({ connection: 'acme', stream: 'approvals' }, { from: 0, to: Infinity })

  test.each(['super_admin', 'company_admin', 'user'] as const)('are what a %s may see', async (role) => {
    const synced = await connected({ dialect, machines: 10 }, role)
    expect(await synced.sync()).toMatchObject({ state: 'done', fault: null })
    expect(difference(synced, SAMPLE_NOW)).toEqual(SAME)
    const listed = synced.sample.lists(synced.token)
    expect(heldOf(synced)).toBe(listed.filter(({ stream }) => stream === 'approvals').length)
    expect(heldOf(synced)).toBeGreaterThan(1)
    expect(streamOf(synced)).toMatchObject({ status: role === 'user' ? 'partial' : 'ok' })
    expect(streamOf(synced)?.note ?? '').toMatch(role === 'user' ? /own requests/ : /^$/)
  })

  test('name the events of a planted story', async () => {
    const synced = await connected({ dialect })
    await synced.sync()
    const [story] = synced.sample.requestStories()
    for (const id of story?.ids.approvals ?? []) {
      const event = synced.store.find(`webxterm:fernhill:approvals:${id}`)?.event
      expect(event).toMatchObject({ category: 'approval', approver: event?.actor?.name, decision: 'approved' })
    }
    expect(story?.ids.approvals.length).toBeGreaterThan(0)
  })

  test('are the same in the end, whatever goes wrong on the way', { timeout: 120_000 }, async () => {
    const faults: Fault[] = ['truncated-json', '502-text', '429-seconds', 'html-404', 'clamped-limit', 'moving-totals', '401-mid-walk', 'redirect']
    const synced = await connected({ dialect, faults, machines: 8, events: 3000 })
    const lacks = () => Object.values(difference(synced, SAMPLE_NOW)).flat().length + (streamOf(synced)?.status === 'ok' ? 0 : 1)
    for (let times = 0; times < 40 && (times === 0 || lacks() > 0); times++) await synced.sync()
    expect({ ...difference(synced, SAMPLE_NOW), falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
    expect(streamOf(synced)).toMatchObject({ status: 'ok' })
    expect(synced.sample.requests().filter(({ path }) => path.includes('access-requests') && path.includes('page=2')).length).toBeGreaterThan(0)
  })
})
