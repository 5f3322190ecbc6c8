import { describe, expect, it } from 'vitest'
import { DIALECTS, type SampleRecord } from '../../src/sample'
import { NOW, sampleOf } from './harness'

const HOUR = 3_600_000

function isFailure({ bytes }: SampleRecord): boolean {
  const row = JSON.parse(bytes) as { action: string; status?: string; response_status?: number }
  return row.action === 'login_failed' || row.response_status === 401
}

describe.each(DIALECTS)('the stories of the %s dialect', (dialect) => {
  it('stand in the lists, each within its time', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const records = sample.lists(sample.tokens.super_admin)
    const byId = new Map(records.map((record) => [record.id, record]))
    const stories = sample.stories()
    expect(stories.map(({ name }) => name)).toEqual([
      'credential-stuffing',
      'removed-machine',
      'data-theft',
      'forced-reset',
      'retired-machine',
      'nightly-backup',
    ])
    for (const { name, ids, from, to } of stories) {
      expect(ids.audit.length, name).toBeGreaterThan(5)
      for (const id of ids.audit) {
        const record = byId.get(id)
        expect(record, `${name} ${id}`).toBeDefined()
        expect(record?.time).toBeGreaterThanOrEqual(from)
        expect(record?.time).toBeLessThan(to)
      }
    }
    const lookAlikes = stories.filter(({ looksLike }) => looksLike !== undefined)
    expect(lookAlikes).toHaveLength(3)
  })

  it('show in a histogram of the last week: the attack is its highest hour of failures', async () => {
    const sample = await sampleOf({ dialect, events: 60_000 })
    const hours = new Map<number, number>()
    for (const record of sample.lists(sample.tokens.super_admin)) {
      if (record.stream !== 'audit' || record.time < NOW - 7 * 24 * HOUR || !isFailure(record)) continue
      const hour = Math.floor(record.time / HOUR)
      hours.set(hour, (hours.get(hour) ?? 0) + 1)
    }
    const [[hour, most] = [0, 0], [, next] = [0, 0]] = [...hours].sort(([, a], [, b]) => b - a)
    expect(new Date(hour * HOUR).toISOString()).toBe('2026-11-17T02:00:00.000Z')
    expect(most).toBeGreaterThan(5 * next)
  })

  it('end the attack with a sign-in and a new administrator', async () => {
    const sample = await sampleOf({ dialect, events: 20_000 })
    const [attack] = sample.stories()
    const records = sample.lists(sample.tokens.super_admin).filter(({ id }) => attack?.ids.audit.includes(id))
    records.sort((a, b) => a.time - b.time)
    const rows = records.map(({ bytes }) => JSON.parse(bytes) as Record<string, unknown>)
    const [signIn, change] = rows.slice(-3)
    expect(signIn).toMatchObject({ username: 'dana.reyes' })
    expect(new Set(rows.map((row) => row['ip_address'])).size).toBe(5)
    if (dialect === 'documented') {
      expect(change).toMatchObject({ action: 'user_updated', changes: [{ field: 'role', new: 'company_admin' }] })
    } else {
      expect(change).toMatchObject({ action: 'update_user', request_body: { role: 'company_admin' } })
    }
  })

  it('are told at the latest time of day that their distance from the origin allows', async () => {
    const sample = await sampleOf({ dialect, now: Date.UTC(2026, 4, 4, 1, 30) })
    const attack = sample.stories()[0]
    expect(new Date(attack?.from ?? 0).toISOString()).toBe('2026-04-30T02:10:00.000Z')
  })

  it('are left out where there is no room', async () => {
    const sample = await sampleOf({ dialect, events: 500 })
    expect(sample.stories()).toEqual([])
  })
})
