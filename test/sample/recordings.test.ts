import { describe, expect, it } from 'vitest'
import { DIALECTS, type RunningSample } from '../../src/sample'
import { compareCommands } from '../../src/backend/recording/lines/commands'
import { play } from '../backend/recording/lines/play'
import { eventsOf, fileOf, readRecording } from '../backend/recording/read-recording'
import { ask, list, NOW, sampleOf, type List, type Row } from './harness'

type Recordings = List & { recordings: Row[]; skip: number }

async function recordingsOf(sample: RunningSample, agent: string, token?: string): Promise<Recordings> {
  return (await list(sample, `/api/machines/${agent}/recordings?limit=200`, token)) as Recordings
}

async function agentOf(sample: RunningSample, name: string): Promise<string> {
  const { machines } = await list(sample, '/api/machines')
  return String(machines.find((machine) => machine['name'] === name)?.['agent_id'])
}

async function addressOf(sample: RunningSample, id: unknown, token?: string): Promise<string> {
  const { url } = await list(sample, `/api/recordings/${String(id)}/url`, token)
  return String(url)
}

async function cast(sample: RunningSample, id: unknown): Promise<string> {
  const answer = await fetch(await addressOf(sample, id))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-asciicast'])
  return answer.text()
}

describe.each(DIALECTS)('recordings of the %s dialect', (dialect) => {
  it('are listed by machine, newest first, in pages', async () => {
    const sample = await sampleOf({ dialect })
    const agent = await agentOf(sample, 'db-04')
    const all = await recordingsOf(sample, agent)
    expect(all.total).toBe(all.recordings.length)
    expect(all.total).toBeGreaterThan(6)
    expect(Object.keys(all.recordings[0] ?? {})).toEqual(
      'id session_id machine_id machine_name tenant_id username s3_key size_bytes duration_seconds created_at'.split(' '),
    )
    const times = all.recordings.map((row) => Date.parse(String(row['created_at'])))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(times[0]).toBeLessThanOrEqual(NOW + 60_000)
    const page = (await list(sample, `/api/machines/${agent}/recordings?limit=3&skip=2`)) as Recordings
    expect({ ...page, recordings: page.recordings.map(({ id }) => id) }).toEqual({
      recordings: all.recordings.slice(2, 5).map(({ id }) => id),
      total: all.total,
      limit: 3,
      skip: 2,
    })
    expect(await list(sample, `/api/machines/${agent}/recordings?limit=201`)).toMatchObject({ limit: 50, skip: 0 })
    expect((await ask(sample, '/api/machines/agent-none/recordings')).status).toBe(404)
    const { sessions } = await list(sample, `/api/machines/${agent}/sessions`)
    const known = new Set(sessions.map((row) => row['session_id']))
    for (const { session_id } of all.recordings) expect(known).toContain(session_id)
  })

  it('tell the night work of the data theft', async () => {
    const sample = await sampleOf({ dialect })
    const theft = sample.stories().find(({ name }) => name === 'data-theft')
    const { recordings } = await recordingsOf(sample, await agentOf(sample, 'db-04'))
    const told = recordings.filter(({ session_id }) => theft?.ids.sessions.includes(String(session_id)))
    expect(told).toHaveLength(6)
    const text = await cast(sample, told[0]?.['id'])
    expect(Buffer.byteLength(text)).toBe(told[0]?.['size_bytes'])
    expect(text).toMatch(/COPY 3\d{4}/)
    expect(text).toContain('"title":"Session sess-')
  })

  it('lie behind an address that needs no token, refuses one, and ends', async () => {
    const sample = await sampleOf({ dialect })
    const { recordings } = await recordingsOf(sample, await agentOf(sample, 'db-04'))
    const answer = await list(sample, `/api/recordings/${String(recordings[0]?.['id'])}/url`)
    expect(answer).toMatchObject({ expires_in: 900, recording: recordings[0] })
    const url = new URL(String(answer['url']))
    expect(url.origin).toBe(sample.url)
    expect(url.pathname).not.toMatch(/^\/api\//)
    expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[\da-f]{64}$/)
    const refused = await fetch(url, { headers: { authorization: 'Bearer x' } })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Only one auth mechanism')])
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
    expect((await fetch(`${url.origin}${url.pathname}`)).status).toBe(403)
    expect((await fetch(String(url).replace('session.cast', 'other.cast'))).status).toBe(403)
    const path = url.pathname + url.search
    expect(sample.requests().filter((seen) => seen.path === path).map(({ authorized }) => authorized)).toEqual([true, false])
    const later = await sampleOf({ dialect, now: NOW + 901_000, origin: NOW })
    const ended = await fetch(String(url).replace(sample.url, later.url))
    expect([ended.status, await ended.text()]).toEqual([403, expect.stringContaining('Request has expired')])
  })

  it('are for those who may see them alone', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const agent = await agentOf(sample, 'db-04')
    const all = await recordingsOf(sample, agent)
    const user = sample.tokens.user
    const { machines } = await list(sample, '/api/machines', user)
    const own: Row[] = []
    for (const { agent_id } of machines) own.push(...(await recordingsOf(sample, String(agent_id), user)).recordings)
    expect(own.length).toBeGreaterThan(2)
    expect(new Set(own.map(({ username }) => username))).toEqual(new Set(['tess.moreau']))
    expect((await ask(sample, `/api/recordings/${String(own[0]?.['id'])}/url`, { token: user })).status).toBe(200)
    const other = all.recordings.find(({ username }) => username !== 'tess.moreau')
    expect((await ask(sample, `/api/recordings/${String(other?.['id'])}/url`, { token: user })).status).toBe(404)
    expect((await ask(sample, `/api/recordings/${'0'.repeat(24)}/url`)).status).toBe(404)
    const quay = await agentOf(sample, 'kh-quay-01')
    const theirs = await recordingsOf(sample, quay).catch(() => null)
    const closed = await ask(sample, `/api/machines/${quay}/recordings`, { token: sample.tokens.company_admin })
    expect(closed.status).toBe(403)
    for (const { id } of theirs?.recordings.slice(0, 1) ?? []) {
      expect((await ask(sample, `/api/recordings/${String(id)}/url`, { token: sample.tokens.company_admin })).status).toBe(404)
    }
  })

  it('show the commands of the log at the times of the log', { timeout: 30_000 }, async () => {
    const sample = await sampleOf({ dialect })
    let logged = 0
    const found: string[] = []
    const sizes: number[] = []
    for (const name of ['db-04', 'web-01', 'app-03', 'db-02']) {
      const { recordings } = await recordingsOf(sample, await agentOf(sample, name))
      for (const row of recordings.slice(0, 8)) {
        const { logs } = await list(sample, `/api/sessions/${String(row['session_id'])}?limit=200`)
        const text = await cast(sample, row['id'])
        sizes.push(text.length)
        const read = readRecording(fileOf(text))
        expect(read.head).toMatchObject({ format: 'webxterm', user: row['username'], session: String(row['session_id']).slice(0, 8) })
        expect(read.damage.total).toBe(0)
        const log = logs.map(({ command, timestamp }) => ({ command: String(command), time: Date.parse(String(timestamp)) }))
        const played = eventsOf(read).map(([time, , output]) => ({ time, output }))
        const { lines } = await play(played, { cols: 220, rows: 50 })
        const start = read.head.start ?? 0
        const { moments } = compareCommands({ lines, start, log })
        logged += log.length
        moments.forEach(({ confidence, at }, i) => {
          const away = Math.abs(start + (at ?? 0) * 1000 - (log[i]?.time ?? 0))
          if (confidence === 'certain' && away < 1000) found.push(String(log[i]?.command))
        })
      }
    }
    expect(logged).toBeGreaterThan(50)
    expect(found.length / logged).toBeGreaterThan(0.98)
    expect(Math.min(...sizes)).toBeGreaterThan(5000)
    expect(Math.max(...sizes)).toBeLessThan(200_000)
  })

  it('are the same for the same seed and time, and differ by seed', async () => {
    const [one, two, three] = [await sampleOf({ dialect }), await sampleOf({ dialect }), await sampleOf({ dialect, seed: 2 })]
    const texts = async (sample: RunningSample) => {
      const { recordings } = await recordingsOf(sample, await agentOf(sample, 'db-04'))
      return [JSON.stringify(recordings), await cast(sample, recordings[0]?.['id']), await cast(sample, recordings[0]?.['id'])]
    }
    const first = await texts(one)
    expect(first[1]).toBe(first[2])
    expect(await texts(two)).toEqual(first)
    expect((await texts(three))[1]).not.toBe(first[1])
  })
})
