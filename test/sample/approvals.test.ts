import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, startSample, type RunningSample, type SampleRecord, type SampleRequestStory } from '../../src/sample'
import { ask, list, NOW, sampleOf, type List, type Row } from './harness'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STATUSES = ['pending', 'approved', 'expired', 'rejected', 'revoked']
const FIELDS =
  'id machine_id machine_name machine_agent_id requester_id requester_username requester_email tenant_id owner_id owner_email request_note duration_hours status'

type Requests = List & { requests: Row[]; total_pages: number }

/** As the server has it, `id` first; times in milliseconds. */
type Request = {
  id: string
  requester_username: string
  machine_agent_id: string
  request_note: string
  duration_hours: number
  status: string
  approved_by?: string
  rejected_by?: string
  asked: number
  decided: number
  ends: number
}

async function requestsOf(sample: RunningSample, asked: string, token?: string): Promise<Requests> {
  return (await list(sample, `/api/access-requests?${asked}`, token)) as Requests
}

/** Everything that a token sees in one state, page by page. */
async function whole(sample: RunningSample, status: string, token?: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const { requests } = await requestsOf(sample, `status=${status}&limit=200&page=${page}`, token)
    if (requests.length === 0) return rows
    rows.push(...requests)
  }
}

/** What a sample gave when it was looked at first. */
const seen = new WeakMap<RunningSample, SampleRecord[]>()

function held(sample: RunningSample, stream: SampleRecord['stream'], token?: string): SampleRecord[] {
  const all = token === undefined ? (seen.get(sample) ?? sample.lists(sample.tokens.super_admin)) : sample.lists(token)
  if (token === undefined) seen.set(sample, all)
  return all.filter((record) => record.stream === stream)
}

function read(sample: RunningSample): Map<string, Request> {
  const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN)
  const rows = held(sample, 'approvals').map(({ bytes }) => JSON.parse(bytes) as Row)
  return new Map(
    rows.map((row) => {
      const decided = time(row['approved_at'] ?? (row['status'] === 'rejected' ? row['updated_at'] : undefined))
      const ends = row['approved_at'] !== undefined && row['duration_hours'] === 0 ? Infinity : time(row['expires_at'])
      return [String(row['id']), { ...(row as Request), asked: time(row['requested_at']), decided, ends }]
    }),
  )
}

type Visit = { id: string; username: string; agent: string; from: number; to: number }

function visitsOf(sample: RunningSample): Visit[] {
  return held(sample, 'sessions').map(({ machine, bytes }) => {
    const row = JSON.parse(bytes) as Record<string, string>
    const [from = '', to = ''] = [row['started_at'] ?? row['created_at'], row['ended_at'] ?? row['closed_at']]
    return { id: String(row['session_id']), username: String(row['username']), agent: String(machine), from: Date.parse(from), to: Date.parse(to) }
  })
}

function story(sample: RunningSample, name: string): SampleRequestStory {
  const found = sample.requestStories().find((one) => one.name === name)
  if (!found) throw new Error(`no story ${name}`)
  return found
}

/** The requests of a story, oldest first. */
function told(sample: RunningSample, name: string): Request[] {
  const all = read(sample)
  const own = story(sample, name).ids.approvals.map((id) => {
    const request = all.get(id)
    if (!request) throw new Error(`${name}: ${id} is not listed`)
    return request
  })
  return own.toSorted((a, b) => a.asked - b.asked)
}

const isUse = (request: Request, { username, agent, from, to }: Visit) =>
  username === request.requester_username && agent === request.machine_agent_id && from < request.ends && to > request.decided

describe.each(DIALECTS)('requests for access of the %s dialect', (dialect) => {
  it('are listed by state, newest first, in pages', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const all: Row[] = []
    for (const status of STATUSES) {
      const rows = await whole(sample, status)
      const times = rows.map((row) => Date.parse(String(row['requested_at'])))
      expect(times).toEqual(times.toSorted((a, b) => b - a))
      for (const row of rows) expect(row['status']).toBe(status)
      expect((await requestsOf(sample, `status=${status}`)).total).toBe(rows.length)
      all.push(...rows)
    }
    expect(all.length).toBeGreaterThan(150)
    for (const row of all) for (const field of FIELDS.split(' ')) expect(row).toHaveProperty(field)
    expect(all.map(({ id }) => String(id)).toSorted()).toEqual(held(sample, 'approvals').map(({ id }) => id).toSorted())
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(await requestsOf(sample, 'status=expired&limit=3&page=2')).toMatchObject({ page: 2, limit: 3 })
    expect(await requestsOf(sample, 'status=expired&limit=201')).toMatchObject({ page: 1, limit: 25 })
    const stamp = dialect === 'server' ? /\.\d{3}Z$/ : /:\d\dZ$/
    for (const row of all) expect(String(row['requested_at'])).toMatch(stamp)
  })

  it('want a state, and know no other', async () => {
    const sample = await sampleOf({ dialect })
    for (const asked of ['', '?status=', '?status=all']) expect((await ask(sample, `/api/access-requests${asked}`)).status).toBe(400)
    expect((await requestsOf(sample, 'status=expired&search=db-04')).requests.every((row) => row['machine_name'] === 'db-04')).toBe(true)
  })

  it('are shown to whom they concern', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const { company_admin, user } = sample.tokens
    expect((await ask(sample, '/api/access-requests?status=pending', { token: user })).status).toBe(403)
    const own = JSON.parse((await ask(sample, '/api/access-requests/my', { token: user })).text) as Row[]
    expect(own.length).toBeGreaterThan(1)
    expect(new Set(own.map((row) => row['requester_username']))).toEqual(new Set(['tess.moreau']))
    expect(held(sample, 'approvals', user).map(({ id }) => id)).toEqual(own.map(({ id }) => id))
    const tenant = await whole(sample, 'expired', company_admin)
    expect(new Set(tenant.map((row) => row['tenant_id']))).toEqual(new Set(['fernhill']))
    const every = await whole(sample, 'expired')
    expect(new Set(every.map((row) => row['tenant_id'])).size).toBe(3)
    expect((await requestsOf(sample, 'status=expired&tenant_id=kestrel')).total).toBe(every.filter((row) => row['tenant_id'] === 'kestrel').length)
  })

  it('come before the sessions that they are for, and last for them', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const planted = new Set(sample.requestStories().flatMap(({ ids }) => ids.approvals))
    const visits = visitsOf(sample)
    const usual = [...read(sample).values()].filter(({ id, approved_by }) => approved_by !== undefined && !planted.has(id))
    expect(usual.length).toBeGreaterThan(80)
    const closed = new Set(['hr-01', 'fin-02'])
    for (const request of usual) {
      if (closed.has(String((request as unknown as Row)['machine_name']))) continue
      const use = visits.find((visit) => isUse(request, visit) && visit.from > request.decided && visit.from < request.asked + HOUR)
      expect(use, `${request.id} ${request.status}`).toBeDefined()
      if (use && Number.isFinite(use.to)) expect(use.to).toBeLessThanOrEqual(request.ends)
      expect(request.approved_by).not.toBe(request.requester_username)
      expect(request.decided - request.asked).toBeGreaterThanOrEqual(60_000)
    }
  })

  it('are the same for the same seed and time, and go on after the origin', async () => {
    const one = await sampleOf({ dialect, origin: NOW - 2 * DAY, now: NOW - 2 * DAY })
    const later = await sampleOf({ dialect, origin: NOW - 2 * DAY, now: NOW })
    const before = read(one)
    const after = read(later)
    const told = ({ id, asked, requester_username, machine_agent_id }: Request) => ({ id, asked, requester_username, machine_agent_id })
    expect([...after.values()].filter(({ asked }) => asked <= NOW - 2 * DAY).map(told)).toEqual([...before.values()].map(told))
    expect(later.requestStories()).toEqual(one.requestStories())
    const twin = await sampleOf({ dialect, origin: NOW - 2 * DAY, now: NOW - 2 * DAY })
    expect(held(twin, 'approvals').map(({ bytes }) => bytes)).toEqual(held(one, 'approvals').map(({ bytes }) => bytes))
    const other = await sampleOf({ dialect, origin: NOW - 2 * DAY, now: NOW - 2 * DAY, seed: 2 })
    expect(held(other, 'approvals').map(({ id }) => id)).not.toEqual([...before.keys()])
  })

  it('move from state to state as time goes by', async () => {
    const origin = NOW - 2 * DAY
    const before = read(await sampleOf({ dialect, origin, now: origin, events: 20_000 }))
    const after = read(await sampleOf({ dialect, origin, now: NOW, events: 20_000 }))
    const moved = [...before.values()].flatMap(({ id, status }) => (after.get(id)?.status === status ? [] : [`${status} ${after.get(id)?.status}`]))
    expect(moved).toContain('pending expired')
    expect(moved).toContain('approved expired')
    for (const one of moved) expect(['pending expired', 'pending approved', 'pending rejected', 'approved expired', 'approved revoked']).toContain(one)
  })
})

describe.each([[1, 20_000], [7, 20_000], [3, 200_000]])('what is planted among the requests, seed %i, %i events', (seed, events) => {
  let sample: RunningSample
  beforeAll(async () => {
    sample = await startSample({ seed, events, dialect: 'server', now: NOW })
  })
  afterAll(() => sample.close())

  it('is told', () => {
    const all = sample.requestStories()
    expect(all.map(({ name }) => name)).toEqual([
      'self-approval',
      'scope-misuse',
      'reciprocal-pair',
      'approver-shopping',
      'never-used',
      'rubber-stamp',
      'each-other-once',
      'asked-better',
      'fresh-grant',
      'night-shift',
      'quick-but-varied',
      'team-lead',
    ])
    expect(all.filter(({ looksLike }) => looksLike !== undefined)).toHaveLength(6)
    const sessions = new Set(visitsOf(sample).map(({ id }) => id))
    const hidden = all.flatMap(({ ids }) => ids.sessions.filter((id) => !sessions.has(id)))
    // Those on machines that are kept from everybody.
    expect(hidden.length).toBeLessThan(15)
  })

  it('lets somebody in by himself, in no other request', () => {
    const own = [...read(sample).values()].filter(({ approved_by, requester_username }) => approved_by === requester_username)
    expect(own.map(({ id }) => id).toSorted()).toEqual(story(sample, 'self-approval').ids.approvals.toSorted())
    expect(own.length).toBeGreaterThan(0)
  })

  it('has an approver who decides in seconds and never says no, and a quick one who is not like that', () => {
    const [stamper = ''] = story(sample, 'rubber-stamp').approvers
    const all = [...read(sample).values()].filter(({ decided }) => !Number.isNaN(decided))
    const by = (name: string) => all.filter(({ approved_by, rejected_by }) => (approved_by ?? rejected_by) === name)
    const fast = (some: Request[]) => some.filter(({ asked, decided }) => decided - asked < 30_000).length / some.length
    expect(by(stamper).length).toBeGreaterThan(20)
    expect(fast(by(stamper))).toBeGreaterThan(0.8)
    expect(by(stamper).some(({ rejected_by }) => rejected_by === stamper)).toBe(false)
    const others = all.filter(({ approved_by, rejected_by }) => (approved_by ?? rejected_by) !== stamper)
    expect(fast(others)).toBe(0)
    for (const name of ['quick-but-varied', 'team-lead']) {
      const [who = ''] = story(sample, name).approvers
      expect(by(who).filter(({ rejected_by }) => rejected_by === who).length, name).toBeGreaterThan(1)
      expect(by(who).length).toBeGreaterThan(15)
    }
    // No requester has the same approver so often that this alone would be seen.
    for (const name of [stamper, ...story(sample, 'quick-but-varied').approvers]) {
      const counts = new Map<string, number>()
      for (const { requester_username } of by(name)) counts.set(requester_username, (counts.get(requester_username) ?? 0) + 1)
      expect(Math.max(...counts.values())).toBeLessThan(5)
    }
  })

  it('has two who approve each other three times, and two who do so once', () => {
    const three = told(sample, 'reciprocal-pair')
    expect(new Set(three.map(({ requester_username }) => requester_username)).size).toBe(2)
    for (const { requester_username, approved_by } of three) expect(story(sample, 'reciprocal-pair').approvers).toEqual(expect.arrayContaining([requester_username, approved_by]))
    expect(three).toHaveLength(6)
    expect((three.at(-1)?.asked ?? 0) - (three[0]?.asked ?? 0)).toBeLessThan(30 * DAY)
    for (let at = 0; at < 6; at += 2) {
      expect(three[at]?.requester_username).toBe(three[at + 1]?.approved_by)
      expect((three[at + 1]?.decided ?? 0) - (three[at]?.decided ?? 0)).toBeLessThan(DAY)
    }
    const once = told(sample, 'each-other-once')
    expect(once).toHaveLength(2)
    expect(once[0]?.requester_username).toBe(once[1]?.approved_by)
    expect(story(sample, 'reciprocal-pair').approvers).not.toContain(once[0]?.approved_by)
  })

  it('uses access beyond its end, and on a machine that it was not for', () => {
    const { ids } = story(sample, 'scope-misuse')
    const [overrun, elsewhere] = ids.approvals.map((id) => read(sample).get(id) as Request)
    const visits = visitsOf(sample)
    const commands = held(sample, 'logs').map(({ time, bytes }) => ({ time, session: (JSON.parse(bytes) as Row)['session_id'] }))
    expect(commands.some(({ session, time }) => session === ids.sessions[0] && time > (overrun?.ends ?? Infinity))).toBe(true)
    const other = visits.find(({ id }) => id === ids.sessions[1])
    // Unless the machine is kept from everybody.
    if (other && elsewhere) {
      expect(other.username).toBe(elsewhere.requester_username)
      expect(other.agent).not.toBe(elsewhere.machine_agent_id)
      expect([other.from > elsewhere.decided, other.to <= elsewhere.ends]).toEqual([true, true])
    }
    expect(visits.some((visit) => elsewhere && isUse(elsewhere, visit))).toBe(false)
  })

  it('gives access that is never used, beside what was just given', () => {
    const visits = visitsOf(sample)
    const never = told(sample, 'never-used')
    expect(never).toHaveLength(6)
    expect(never.filter(({ duration_hours, ends }) => duration_hours === 0 && ends === Infinity)).toHaveLength(1)
    for (const request of never) expect(visits.some((visit) => isUse(request, visit))).toBe(false)
    const fresh = told(sample, 'fresh-grant')
    expect(fresh.map(({ status }) => status).toSorted()).toEqual(['approved', 'pending'])
    expect(fresh.every(({ ends }) => Number.isNaN(ends) || ends > NOW)).toBe(true)
  })

  it('asks again elsewhere after a rejection, or the same with a ticket', () => {
    for (const [name, isSame] of [['approver-shopping', false], ['asked-better', true]] as const) {
      const requests = told(sample, name)
      const rejected = requests.filter(({ status }) => status === 'rejected')
      expect(rejected.length).toBeGreaterThan(0)
      for (const first of rejected) {
        const second = requests.find((request) => request.asked > first.decided && request.requester_username === first.requester_username && request.machine_agent_id === first.machine_agent_id)
        expect((second?.decided ?? Infinity) - first.decided).toBeLessThan(DAY)
        expect(second?.approved_by === first.rejected_by).toBe(isSame)
      }
    }
  })

  it('decides at night only where it is day', () => {
    for (const { decided } of told(sample, 'night-shift')) {
      expect(new Date(decided).getUTCHours()).toBeLessThan(10)
      expect(new Date(decided + 8 * HOUR).getUTCHours()).toBeGreaterThanOrEqual(8)
    }
  })
})

describe.each(DIALECTS)('sign-ins past the portal of the %s dialect', (dialect) => {
  it('are listed by machine, newest first, with an end when they have one', async () => {
    const sample = await sampleOf({ dialect, events: 60_000 })
    const records = held(sample, 'signins')
    expect(records.length).toBeGreaterThan(200)
    const rows = records.map(({ bytes }) => JSON.parse(bytes) as Row)
    expect(new Set(rows.map(({ protocol }) => protocol))).toEqual(new Set(['ssh', 'rdp', 'console']))
    for (const row of rows) {
      expect(row['active']).toBe(row['logout_at'] === undefined)
      const end = row['logout_at']
      if (typeof end === 'string') expect(Date.parse(end)).toBeGreaterThan(Date.parse(String(row['login_at'])))
    }
    const agent = String(records[0]?.machine)
    const { events, total } = (await list(sample, `/api/machines/${agent}/access-events`)) as List & { events: Row[] }
    expect(events.map(({ id }) => id)).toEqual(records.filter(({ machine }) => machine === agent).map(({ id }) => id))
    expect(total).toBe(events.length)
    expect((await ask(sample, '/api/machines/agent-none/access-events')).status).toBe(404)
    const { machines } = await list(sample, '/api/machines')
    const closed = String(machines.find(({ name }) => name === 'kh-quay-01')?.['agent_id'])
    expect((await ask(sample, `/api/machines/${closed}/access-events`, { token: sample.tokens.company_admin })).status).toBe(403)
  })
})

it('small organisations have none of it', async () => {
  const sample = await sampleOf({ events: 500 })
  expect(sample.requestStories()).toEqual([])
  const empty = await sampleOf({ events: 0 })
  expect(empty.lists(empty.tokens.super_admin)).toEqual([])
})
