import { describe, expect, it } from 'vitest'
import { DIALECTS, FAULTS, SAMPLE_PASSWORD, type Dialect, type RunningSample } from '../../src/sample'
import { ask, list, NOW, pause, post, sampleOf, wholeAudit, type Got } from './harness'

function pathOf(dialect: Dialect): string {
  return dialect === 'documented' ? '/api/audit' : '/api/audit-logs'
}

/** That many requests one after the other; a broken line is null. */
async function many(sample: RunningSample, path: string, count: number): Promise<(Got | null)[]> {
  const got = []
  for (let at = 0; at < count; at++) got.push(await ask(sample, path).catch(() => null))
  return got
}

function auditIds(sample: RunningSample): string[] {
  return sample.lists(sample.tokens.super_admin).flatMap(({ stream, id }) => (stream === 'audit' ? [id] : []))
}

const statuses = (got: readonly (Got | null)[]) => new Set(got.map((one) => one?.status ?? 0))

describe.each(DIALECTS)('faults of the %s dialect', (dialect) => {
  const path = pathOf(dialect)

  it('shifting-offsets: every GET leaves a row', async () => {
    const sample = await sampleOf({ dialect, faults: ['shifting-offsets'] })
    await many(sample, `${path}?limit=1`, 5)
    await pause(80)
    const { logs } = await list(sample, path)
    expect(logs.filter(({ ip_address, action }) => ip_address === '127.0.0.1' && action === 'read')).toHaveLength(5)
  })

  it('equal-timestamps: hundreds of one instant, in another order each time, but in the end in one', async () => {
    const sample = await sampleOf({ dialect, faults: ['equal-timestamps'] })
    const times = new Map<number, string[]>()
    for (const { stream, time, id } of sample.lists(sample.tokens.super_admin)) {
      if (stream === 'audit') times.set(time, [...(times.get(time) ?? []), id])
    }
    const [time, ids] = [...times].sort(([, a], [, b]) => b.length - a.length)[0] as [number, string[]]
    expect(ids.length).toBeGreaterThan(300)
    expect(ids.length).toBeLessThanOrEqual(520)
    const rows = await wholeAudit(sample, path)
    const place = rows.findIndex(({ timestamp }) => Date.parse(String(timestamp)) === time)
    const page = `${path}?limit=20&page=${Math.ceil(place / 20) + 3}`
    const seen = (await many(sample, page, 60)).map((got) => got?.text.replace(/\],"total.*/, ''))
    expect(new Set(seen.slice(0, 10)).size).toBeGreaterThan(5)
    if (dialect === 'documented') expect(new Set(seen.slice(40)).size).toBe(1)
  })

  it('late-rows: old rows appear after some requests', async () => {
    const sample = await sampleOf({ dialect, faults: ['late-rows'] })
    const before = new Set(auditIds(sample))
    await many(sample, `${path}?limit=1`, 70)
    await pause(60)
    const late = sample.lists(sample.tokens.super_admin).filter((one) => one.stream === 'audit' && !before.has(one.id))
    const old = late.filter(({ time }) => time < NOW - 60_000)
    expect(old.length).toBe(36)
    expect(old.some(({ time }) => time < NOW - 3_600_000)).toBe(true)
  })

  it('clamped-limit: more than 25 is 25, and says so', async () => {
    const sample = await sampleOf({ dialect, faults: ['clamped-limit'] })
    const { logs, limit } = await list(sample, `${path}?limit=200`)
    expect([logs.length, limit]).toEqual([25, 25])
    expect((await list(sample, `${path}?limit=10`)).limit).toBe(10)
  })

  it('401-mid-walk: a token is refused for a while, a new one is not', async () => {
    const sample = await sampleOf({ dialect, faults: ['401-mid-walk'] })
    for (let at = 0; at < 12; at++) {
      const { status, text } = await ask(sample, path)
      if (status === 200) continue
      expect(text).toBe('{"error":"Invalid or expired token"}')
      const known = { email: 'mira.holt@fernhill.test', password: SAMPLE_PASSWORD }
      const fresh = await post(sample, '/api/auth/login', known)
      expect((await ask(sample, path, { token: String(fresh.body['token']) })).status).toBe(200)
      const after = await many(sample, path, 3)
      expect(after.map((got) => got?.status)).toEqual([401, 401, 200])
      return
    }
    expect.fail('never refused')
  })

  it('403-machines: more machines are closed, and absent from what can be found', async () => {
    const [sample, plain] = [await sampleOf({ dialect, faults: ['403-machines'] }), await sampleOf({ dialect })]
    const open = ({ lists, tokens }: RunningSample) =>
      new Set(lists(tokens.super_admin).flatMap(({ machine }) => machine ?? []))
    const closed = [...open(plain)].filter((machine) => !open(sample).has(machine))
    expect(closed.length).toBeGreaterThan(3)
    expect((await ask(sample, `/api/machines/${closed[0]}/logs`)).text).toBe('{"error":"Not authorized"}')
    expect((await ask(sample, `/api/machines/${closed[0]}/sessions`)).status).toBe(403)
  })

  it.each(['429-seconds', '429-date'] as const)('%s: a burst of refusals says when to come again', async (fault) => {
    const sample = await sampleOf({ dialect, faults: [fault] })
    const refused = (await many(sample, path, 20)).find((got) => got?.status === 429)
    const after = refused?.headers.get('retry-after') ?? ''
    if (fault === '429-seconds') expect(after).toBe('1')
    else {
      expect(after).toMatch(/^\w{3}, \d\d \w{3} 2026 .* GMT$/)
      const wait = Date.parse(after) - Date.parse(refused?.headers.get('date') ?? '')
      expect(wait).toBeGreaterThanOrEqual(1000)
      expect(wait).toBeLessThanOrEqual(3000)
    }
    await pause(1100)
    expect((await ask(sample, `${path}?limit=1`)).status).toBe(200)
  })

  it('502-text and html-404: what stands between speaks now and then, and ends', async () => {
    const sample = await sampleOf({ dialect, faults: ['502-text', 'html-404'] })
    const got = await many(sample, `${path}?limit=1`, 400)
    const bad = got.find((one) => one?.status === 502)
    expect([bad?.text, bad?.headers.get('content-type')]).toEqual([
      '{"error":"Backend service unavailable"}',
      'text/plain; charset=utf-8',
    ])
    const lost = got.find((one) => one?.status === 404)
    expect(lost?.headers.get('content-type')).toContain('text/html')
    expect(statuses(got.slice(300))).toEqual(new Set([200]))
  })

  it('truncated-json: bodies and lines are cut', async () => {
    const sample = await sampleOf({ dialect, faults: ['truncated-json'] })
    const got = await many(sample, path, 60)
    const cut = got.filter((one) => one !== null && !one.text.endsWith('}'))
    expect(cut.length).toBeGreaterThan(0)
    expect(cut[0]?.headers.get('content-length')).toBe(String(Buffer.byteLength(cut[0]?.text ?? '')))
    expect(got.filter((one) => one === null).length).toBeGreaterThan(0)
  })

  it('slow: some answers take a while', async () => {
    const sample = await sampleOf({ dialect, faults: ['slow'] })
    const begun = performance.now()
    await many(sample, `${path}?limit=1`, 15)
    expect(performance.now() - begun).toBeGreaterThan(95)
  })

  it('duplicate-ids: some records stand twice, one after the other', async () => {
    const sample = await sampleOf({ dialect, faults: ['duplicate-ids'] })
    const ids = auditIds(sample)
    const twice = ids.filter((id, at) => ids[at - 1] === id)
    expect(twice.length).toBeGreaterThan(20)
    expect(new Set(ids).size).toBe(ids.length - twice.length)
    const { total } = await list(sample, `${path}?limit=1`)
    expect(Math.abs(total - ids.length)).toBeLessThanOrEqual(1)
  })

  it('moving-totals: the total wavers, and settles', async () => {
    const sample = await sampleOf({ dialect: 'documented', faults: ['moving-totals'] })
    const got = await many(sample, '/api/audit?limit=1&to=2026-11-19T00:00:00Z', 900)
    const totals = got.map((one) => (JSON.parse(one?.text ?? '') as { total: number }).total)
    expect(new Set(totals.slice(0, 30)).size).toBeGreaterThan(2)
    expect(totals.at(-1)).toBe(totals[0])
    expect(new Set(totals.slice(-50)).size).toBe(1)
  })

  it('record-changes: the same id, another record', async () => {
    const sample = await sampleOf({ dialect, faults: ['record-changes'] })
    const audit = () => sample.lists(sample.tokens.super_admin).filter(({ time }) => time < NOW - 86_400_000)
    const before = new Map(audit().map(({ stream, id, bytes }) => [stream + id, bytes]))
    await many(sample, `${path}?limit=1`, 70)
    const after = audit().filter(({ stream }) => stream !== 'sessions')
    const changed = after.filter(({ stream, id, bytes }) => before.get(stream + id) !== bytes)
    expect(changed.length).toBeGreaterThan(10)
    expect(changed.length).toBeLessThanOrEqual(40)
    expect(changed.every(({ stream, id }) => before.has(stream + id))).toBe(true)
    const rows = await wholeAudit(sample, path)
    expect(rows.filter((row) => row['amended'] === true).length).toBeGreaterThan(0)
  })

  it('record-vanishes: some are there no longer', async () => {
    const sample = await sampleOf({ dialect, faults: ['record-vanishes'] })
    const before = auditIds(sample)
    await many(sample, `${path}?limit=1`, 70)
    const after = new Set(auditIds(sample))
    const gone = before.filter((id) => !after.has(id))
    expect(gone.length).toBeGreaterThan(10)
    expect(gone.length).toBeLessThanOrEqual(40)
    const rows = await wholeAudit(sample, path)
    expect(rows.some(({ id }) => gone.includes(String(id)))).toBe(false)
  })

  it('huge-record: one row has four megabytes', async () => {
    const sample = await sampleOf({ dialect, faults: ['huge-record'] })
    const sizes = sample.lists(sample.tokens.super_admin).map(({ bytes }) => bytes.length)
    expect(sizes.filter((size) => size > 4_000_000)).toHaveLength(1)
    expect((await ask(sample, `${path}?limit=100`)).text.length).toBeGreaterThan(4_000_000)
  })

  it('redirect: to another origin, which remembers who came with a token', async () => {
    const sample = await sampleOf({ dialect, faults: ['redirect'] })
    const got = (await many(sample, path, 30)).find((one) => one?.status === 302)
    const location = got?.headers.get('location') ?? ''
    expect(new URL(location).origin).not.toBe(sample.url)
    expect(sample.requests().some(({ elsewhere }) => elsewhere)).toBe(false)
    await fetch(location, { headers: { authorization: 'Bearer leaked' } })
    expect(sample.requests().filter(({ elsewhere }) => elsewhere)).toEqual([
      { method: 'GET', path, authorized: true, elsewhere: true },
    ])
  })

  it('all at once: whoever asks on and on gets everything in the end', async () => {
    const faults = FAULTS.filter((fault) => fault !== 'slow' && fault !== 'huge-record')
    const sample = await sampleOf({ dialect, faults, events: 500 })
    const ids = new Set<unknown>()
    const missing = () => oldIds(sample).filter((id) => !ids.has(id))
    for (let walk = 0; walk < 20 && missing().length > 0; walk++) {
      for (let page = 1; page <= 80; page++) {
        const got = await ask(sample, `${path}?limit=200&page=${page}`).catch(() => null)
        if (got?.status === 429) await pause(250)
        const rows = parsed(got)
        if (rows?.length === 0) break
        for (const { id } of rows ?? []) ids.add(id)
      }
    }
    expect(missing()).toEqual([])
  })
})

/** Without the rows that our own requests leave. */
function oldIds(sample: RunningSample): string[] {
  const records = sample.lists(sample.tokens.super_admin)
  return records.flatMap(({ stream, id, time }) => (stream === 'audit' && time < NOW ? [id] : []))
}

function parsed(got: Got | null): { id: unknown }[] | null {
  if (got?.status !== 200) return null
  try {
    return (JSON.parse(got.text) as { logs: { id: unknown }[] }).logs
  } catch {
    return null
  }
}

describe('ignored-window', () => {
  it('gives everything, whatever window or action is asked for', async () => {
    const sample = await sampleOf({ faults: ['ignored-window'] })
    const { total } = await list(sample, '/api/audit')
    const asked = await list(sample, '/api/audit?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&action=logout')
    expect(asked.total).toBe(total)
  })
})

describe('every fault', () => {
  it.each(FAULTS)('%s lets the server start and end', async (fault) => {
    const sample = await sampleOf({ faults: [fault], events: 50 })
    expect((await fetch(`${sample.url}/health`)).status).toBe(200)
  })
})
