import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BackendFault } from '../../../../src/contract'
import { fetchRecording, syncServers, SyncJobs } from '../../../../src/backend/sync'
import { DIALECTS, type Fault } from '../../../../src/sample'
import { connected, difference, EVERYTHING, SAMPLE_NOW, type Synced } from './a-sync'
import { HOUR, machine, MINUTE, NOON, ownServer, reading, type OwnServer } from './own-server'

type Row = Record<string, unknown>

const CAST = '{"version":2,"width":220,"height":50,"timestamp":1770375600,"title":"Session sess-000 — ana"}\n[1.5,"o","$ id\\r\\n"]\n'

/** All recordings that the holder of a token may see, by the server's own id. */
async function offered({ sample, token }: Pick<Synced, 'sample' | 'token'>): Promise<Map<string, Row & { agent: string }>> {
  const headers = { authorization: `Bearer ${token}` }
  const list = async (path: string) => (await (await fetch(sample.url + path, { headers })).json()) as Record<string, Row[]>
  const all = new Map<string, Row & { agent: string }>()
  for (const { agent_id } of (await list('/api/machines'))['machines'] ?? []) {
    const { recordings = [] } = await list(`/api/machines/${String(agent_id)}/recordings?limit=200`)
    for (const row of recordings) all.set(String(row['id']), { ...row, agent: String(agent_id) })
  }
  return all
}

async function bytesOf({ sample, token }: Pick<Synced, 'sample' | 'token'>, id: string): Promise<Buffer> {
  const answer = await fetch(`${sample.url}/api/recordings/${id}/url`, { headers: { authorization: `Bearer ${token}` } })
  const { url } = (await answer.json()) as { url: string }
  return Buffer.from(await (await fetch(url)).arrayBuffer())
}

const statuses = ({ store }: Synced) => store.connections()[0]?.streams.map(({ status }) => status) ?? []
const ownId = (id: string) => id.split(':').at(-1) ?? ''
const asked = ({ sample }: Pick<Synced, 'sample'>) => sample.requests().map(({ path }) => path)
const listings = (paths: readonly string[]) => paths.filter((path) => /\/machines\/[^/]+\/recordings\?/.test(path)).length
const downloads = (paths: readonly string[]) => paths.filter((path) => path.includes('X-Amz-')).length

describe.each(DIALECTS)('the recordings of a %s server', (dialect) => {
  test('are listed with their sessions, and the newest fifty are held', async () => {
    const synced = await connected({ dialect })
    const job = await synced.sync()
    expect(job).toMatchObject({ state: 'done', fault: null })
    const given = await offered(synced)
    const rows = synced.store.recordings()
    expect(rows.map(({ id }) => id).toSorted()).toEqual(
      [...given.values()].map(({ id, tenant_id, agent }) => `webxterm:${String(tenant_id)}:recordings/${agent}:${String(id)}`).toSorted(),
    )
    const held = rows.filter(({ isHeld }) => isHeld)
    const newest = [...given.values()].toSorted((a, b) => Number(Date.parse(String(b['created_at']))) - Number(Date.parse(String(a['created_at']))))
    expect(held).toHaveLength(Math.min(50, given.size))
    const isLate = (id: string) => newest.slice(0, 45).some((row) => row['id'] === id)
    for (const row of rows) if (isLate(ownId(row.id))) expect([row.id, row.isHeld]).toEqual([row.id, true])
    const sessions = new Set(synced.store.page(EVERYTHING, 0, synced.store.length(EVERYTHING)).map(({ event }) => event.session))
    for (const row of rows) {
      const said = given.get(ownId(row.id))
      expect(row).toMatchObject({ connection: 'acme', session: said?.['session_id'], user: said?.['username'], machine: said?.['machine_name'], size: said?.['size_bytes'] })
      expect(sessions).toContain(row.session)
    }
    for (const row of held.slice(0, 3)) {
      const bytes = await bytesOf(synced, ownId(row.id))
      expect(row).toMatchObject({ format: 'webxterm', sha256: hash('sha256', bytes), cols: 220, rows: 50, size: bytes.length, title: expect.stringMatching(/^Session sess-/) })
      expect(row.place).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/[^?]*\/session\.cast$/)
      expect(Buffer.from(synced.store.recordingFiles(row.id).files[0]?.bytes ?? []).equals(bytes)).toBe(true)
    }
    expect(synced.sample.requests().filter(({ path, authorized }) => path.includes('X-Amz-') && authorized)).toEqual([])
    expect(job.streams.reduce((sum, { recordings = 0 }) => sum + recordings, 0)).toBe(given.size)
  })

  test('are in the ledger as they were read', async () => {
    const synced = await connected({ dialect, machines: 20 }, 'company_admin')
    const job = await synced.sync()
    const states = new Map<string, Set<string>>()
    for (const { stream, state } of synced.store.coverage({ from: SAMPLE_NOW - 90 * 86_400_000, to: SAMPLE_NOW - HOUR })) {
      if (stream.startsWith('recordings/')) states.set(stream, (states.get(stream) ?? new Set()).add(state))
    }
    expect(states.size).toBeGreaterThan(5)
    for (const { stream, status } of job.streams.filter((result) => result.stream.startsWith('recordings/'))) {
      expect([stream, [...(states.get(stream) ?? [])]]).toEqual([stream, [status === 'ok' ? 'complete' : status]])
    }
    expect(new Set(job.streams.flatMap(({ stream, status }) => (stream.startsWith('recordings/') ? [status] : [])))).toEqual(
      new Set(dialect === 'server' ? job.streams.filter(({ stream }) => stream.startsWith('logs/')).map(({ status }) => (status === 'partial' ? 'ok' : status)) : ['ok']),
    )
  })

  test('that are not there are got when somebody wants them, once', async () => {
    const synced = await connected({ dialect })
    await synced.sync()
    const missing = synced.store.recordings().find(({ isHeld }) => !isHeld)
    if (!missing) throw new Error('all are held')
    const got = await fetchRecording(synced.context, missing.id)
    expect(got).toMatchObject({ id: missing.id, isHeld: true, session: missing.session, user: missing.user, format: 'webxterm' })
    expect(got.sha256).toBe(hash('sha256', await bytesOf(synced, ownId(missing.id))))
    const before = asked(synced).length
    expect(await fetchRecording(synced.context, missing.id)).toEqual(got)
    expect(asked(synced)).toHaveLength(before)
    // One whose bytes were changed on the disk is fetched anew.
    writeFileSync(join(synced.workspace, 'recordings', got.files[0]?.sha256 ?? ''), 'changed')
    expect(() => synced.store.recordingFiles(got.id)).toThrow('damaged')
    expect(await fetchRecording(synced.context, missing.id)).toMatchObject({ isHeld: true, sha256: got.sha256 })
    expect(synced.store.recordingFiles(got.id).files[0]?.bytes).toHaveLength(got.size ?? 0)
    await expect(fetchRecording(synced.context, 'webxterm:fernhill:recordings/none:1')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('cost one request for a machine that had news, and nothing where there is none', async () => {
    const synced = await connected({ dialect, machines: 8 })
    await synced.sync()
    const first = asked(synced)
    expect([listings(first), downloads(first)]).toEqual([8, synced.store.recordings().filter(({ isHeld }) => isHeld).length])
    await synced.sync()
    expect(listings(asked(synced).slice(first.length))).toBeLessThanOrEqual(1)
    expect(downloads(asked(synced).slice(first.length))).toBe(0)
  })

  test('of a user are the own ones alone', async () => {
    const synced = await connected({ dialect, events: 20_000 }, 'user')
    await synced.sync()
    const rows = synced.store.recordings()
    expect(rows.length).toBeGreaterThan(2)
    expect(new Set(rows.map(({ user }) => user))).toEqual(new Set(['tess.moreau']))
    expect(rows.every(({ isHeld }) => isHeld)).toBe(true)
  })

  test('are the same in the end, whatever goes wrong on the way', { timeout: 120_000 }, async () => {
    const faults: Fault[] = ['truncated-json', '502-text', '429-seconds', 'html-404', 'clamped-limit', '401-mid-walk', 'redirect']
    const synced = await connected({ dialect, faults, machines: 8, events: 1000 })
    const lacks = () => Object.values(difference(synced, SAMPLE_NOW)).flat().length + (statuses(synced).every((status) => status !== 'failed') ? 0 : 1)
    for (let times = 0; times < 40 && (times === 0 || lacks() > 0); times++) await synced.sync()
    expect(difference(synced, SAMPLE_NOW)).toEqual({ missing: [], other: [], gone: [] })
    const truth = await connected({ dialect, machines: 8, events: 1000 })
    const given = await offered(truth)
    expect(synced.store.recordings().map(({ id }) => ownId(id)).toSorted()).toEqual([...given.keys()].toSorted())
    for (const row of synced.store.recordings().filter(({ isHeld }) => isHeld)) {
      expect(row.sha256).toBe(hash('sha256', await bytesOf(truth, ownId(row.id))))
    }
    const elsewhere = synced.sample.requests().filter((seen) => seen.elsewhere)
    expect(elsewhere).toEqual([])
  })
})

test('a sync that is cancelled while it gets recordings keeps those that it has', async () => {
  const synced = await connected({ dialect: 'server' })
  const jobs: SyncJobs = new SyncJobs(synced.context, (job) => {
    if (job.reading === 'recordings' && downloads(asked(synced)) >= 5) void jobs.cancel('acme')
  })
  jobs.start({ connection: 'acme' })
  const job = await jobs.ended('acme')
  expect(job).toMatchObject({ state: 'cancelled', fault: null })
  const held = synced.store.recordings().filter(({ isHeld }) => isHeld)
  expect(held.length).toBeGreaterThan(2)
  expect(held.length).toBeLessThan(20)
  for (const { id } of held) expect(synced.store.recordingFiles(id).files).toHaveLength(1)
  expect(synced.store.ledger(null).some(({ stream, state }) => stream.startsWith('recordings/') && state === 'complete')).toBe(true)
  expect(difference(synced, SAMPLE_NOW).missing).toEqual([])
})

/** A server of some machines whose lists of recordings a test writes. */
async function withRecordings(count: number, list: (agent: string, skip: number) => Row | number, file: () => { status?: number; body: string } | null = () => ({ body: CAST })): Promise<OwnServer> {
  const names = Array.from({ length: count }, (_, i) => `m${i}`)
  const own = await ownServer('server', { machines: new Map(names.map((name) => machine(name))) })
  own.answer = ({ path }) => {
    const [, agent = '', skip = ''] = /^\/api\/machines\/([^/]+)\/recordings\?limit=200&skip=(\d+)$/.exec(path) ?? []
    if (agent !== '') {
      const said = list(agent, Number(skip))
      return typeof said === 'number' ? { status: said, body: '{"error":"Not found"}' } : { body: said }
    }
    if (path.startsWith('/api/recordings/')) {
      const answer = file()
      if (answer?.status === 503) return answer
      return { body: { url: `${own.url}/files/${path.split('/')[3] ?? ''}.cast?X-Amz-Signature=secret` } }
    }
    return path.startsWith('/files/') ? file() : undefined
  }
  return own
}

const recorded = (id: string, more: Row = {}) => ({ id, session_id: `s-${id}`, username: 'ana', machine_name: 'm', created_at: new Date(NOON - HOUR).toISOString(), duration_seconds: 60, ...more })
const seenLists = ({ seen }: OwnServer) => seen.filter(({ path }) => path.includes('/recordings?')).length

describe('a server', () => {
  test('without recordings is not asked for those of every machine', async () => {
    const own = await withRecordings(9, () => 404)
    const here = await reading(own)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    expect(seenLists(own)).toBe(3)
    const facts = here.store.connections()[0]?.streams.filter(({ stream }) => stream.startsWith('recordings/')) ?? []
    expect(facts.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'not-offered'))
    expect(here.store.coverage({ from: NOON - HOUR, to: NOON }).filter(({ stream }) => stream === 'recordings/m8')).toMatchObject([{ state: 'not-offered' }])
    await here.sync()
    expect(seenLists(own)).toBe(3)
    own.now += HOUR
    await here.sync()
    expect(seenLists(own)).toBe(4)
  })

  test('that lists recordings and keeps no files is asked once, and it is told in plain words', async () => {
    const own = await withRecordings(1, () => ({ recordings: [recorded('a'), recorded('b'), recorded('c'), recorded('d')], total: 4 }), () => ({ status: 503, body: '{"error":"S3 not configured for this tenant"}' }))
    const here = await reading(own)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    expect(own.seen.filter(({ path }) => path.startsWith('/api/recordings/')).length).toBeLessThanOrEqual(2)
    expect(here.store.recordings()).toHaveLength(4)
    const note = here.store.connections()[0]?.streams.find(({ stream }) => stream === 'recordings/m0')?.note
    expect(note).toMatch(/could not be fetched: .* is not set up for .*: S3 not configured for this tenant\.?$/)
    const [first] = here.store.recordings()
    await expect(fetchRecording(here.context, first?.id ?? '')).rejects.toMatchObject({ code: 'not-offered', message: expect.stringContaining('S3 not configured') })
  })

  test('whose storage is broken does not break the sync', async () => {
    const rows = Array.from({ length: 8 }, (_, i) => recorded(`r${i}`))
    const own = await withRecordings(1, () => ({ recordings: rows, total: 8 }), () => null)
    const here = await reading(own)
    expect(await here.sync()).toMatchObject({ state: 'done', fault: null })
    expect(own.seen.filter(({ path }) => path.startsWith('/files/')).length).toBeLessThan(10)
    expect(here.store.connections()[0]?.streams.find(({ stream }) => stream === 'recordings/m0')).toMatchObject({ status: 'ok', note: expect.stringContaining('could not be fetched') })
  })

  test('that gives what nothing reads: the bytes are kept all the same', async () => {
    const own = await withRecordings(1, () => ({ recordings: [recorded('a')], total: 1 }), () => ({ body: 'no recording at all' }))
    const here = await reading(own)
    await here.sync()
    expect(here.store.recordings()).toMatchObject([{ isHeld: true, format: null, size: 19, session: 's-a', start: NOON - HOUR - MINUTE, durationMs: 60_000 }])
  })

  test('that counts more than it gives is partly read', async () => {
    const own = await withRecordings(1, () => ({ recordings: [recorded('a')], total: 3 }))
    const here = await reading(own)
    await here.sync()
    expect(here.store.ledger(null).filter(({ stream }) => stream === 'recordings/m0')).toMatchObject([{ state: 'partial', note: 'The server counts 3 and gives 1.' }])
  })

  test('is asked for no more than fifty recordings, and for none that is too large', async () => {
    const rows = Array.from({ length: 260 }, (_, i) => recorded(`r${i}`, { created_at: new Date(NOON - i * MINUTE).toISOString(), size_bytes: i === 2 ? 300_000_000 : 100 }))
    const own = await withRecordings(1, (_agent, skip) => ({ recordings: rows.slice(skip, skip + 200), total: 260 }))
    const here = await reading(own)
    await here.sync()
    expect(here.store.recordings()).toHaveLength(260)
    const held = here.store.recordings().filter(({ isHeld }) => isHeld).map(({ id }) => Number(ownId(id).slice(1)))
    expect(held.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 51 }, (_, i) => i).filter((i) => i !== 2))
    await here.sync({ connection: 'acme' })
    expect(own.seen.filter(({ path }) => path.startsWith('/files/'))).toHaveLength(50)
  })

  test('whose list shifts between two pages is asked for each recording once', async () => {
    const own = await withRecordings(1, (_agent, skip) => ({ recordings: skip === 0 ? [recorded('a')] : [recorded('a'), recorded('b')], total: 3 }))
    const here = await reading(own)
    await here.sync()
    expect(here.store.recordings().map(({ id, isHeld }) => `${ownId(id)} ${isHeld}`).toSorted()).toEqual(['a true', 'b true'])
    expect(own.seen.filter(({ path }) => path.startsWith('/files/'))).toHaveLength(2)
  })

  test('that cannot be asked any more leaves what it listed before', async () => {
    const own = await withRecordings(2, (agent) => (agent === 'm0' ? { recordings: [recorded('a')], total: 1 } : 401))
    const here = await reading(own)
    expect(await here.sync()).toMatchObject({ state: 'failed', fault: { code: 'unauthorized' } })
    expect(here.store.recordings().map(({ id, isHeld }) => `${ownId(id)} ${isHeld}`)).toEqual(['a false'])
  })

  test('is told of a recording whose session ends later', async () => {
    const rows: Row[] = [recorded('a')]
    const own = await withRecordings(1, () => ({ recordings: rows, total: rows.length }))
    const here = await reading(own)
    await here.sync()
    rows.unshift(recorded('b'))
    own.sessions.set('m0', [{ time: NOON - HOUR, text: `{"session_id":"s-b","status":"closed","created_at":"${new Date(NOON - HOUR).toISOString()}"}` }])
    await here.sync()
    expect(here.store.recordings().map(({ id, isHeld }) => `${ownId(id)} ${isHeld}`).toSorted()).toEqual(['a true', 'b true'])
    const { length } = own.seen
    await syncServers(here.context, { connection: 'acme' })
    expect(own.seen.slice(length).filter(({ path }) => path.includes('recordings'))).toEqual([])
  })
})

test('a recording of a connection that is gone is not found', async () => {
  const own = await withRecordings(1, () => ({ recordings: [recorded('a')], total: 1 }))
  const here = await reading(own)
  await here.sync()
  await here.store.remove('acme', true)
  await expect(fetchRecording(here.context, 'webxterm:acme:recordings/m0:a')).rejects.toBeInstanceOf(BackendFault)
})
