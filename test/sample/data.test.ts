import { describe, expect, it } from 'vitest'
import { DIALECTS, type SampleRecord } from '../../src/sample'
import { NOW, sampleOf } from './harness'

const DAY = 86_400_000

/** Audit rows, sessions, and commands that the audit does not tell of. */
function eventsOf(records: readonly SampleRecord[], heard: number): number {
  const count = (stream: string) => records.filter((record) => record.stream === stream).length
  return count('audit') + count('sessions') + count('logs') - heard
}

describe.each(DIALECTS)('the data of the %s dialect', (dialect) => {
  it('is the same for the same seed and time, and another for another seed', async () => {
    const [one, two] = [await sampleOf({ dialect }), await sampleOf({ dialect })]
    const other = await sampleOf({ dialect, seed: 2 })
    const bytes = ({ lists, tokens }: typeof one) => lists(tokens.super_admin).map((record) => record.bytes)
    expect(two.tokens).toEqual(one.tokens)
    expect(bytes(two)).toEqual(bytes(one))
    expect(bytes(other)).not.toEqual(bytes(one))
  })

  it('lies in the ninety days before the origin, newest first', async () => {
    const sample = await sampleOf({ dialect })
    const audit = sample.lists(sample.tokens.super_admin).filter(({ stream }) => stream === 'audit')
    const times = audit.map(({ time }) => time)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(times.at(-1)).toBeGreaterThanOrEqual(NOW - 90 * DAY - 1000)
    expect(new Set(audit.map(({ id }) => id)).size).toBe(audit.length)
    const parsed = audit.map(({ bytes }) => JSON.parse(bytes) as { id: string; timestamp: string })
    expect(parsed.map(({ id }) => id)).toEqual(audit.map(({ id }) => id))
    expect(parsed.map(({ timestamp }) => Date.parse(timestamp))).toEqual(times)
  })

  it('goes on after the origin, and what was before stays as it was', async () => {
    const origin = NOW - 2 * DAY
    const then = await sampleOf({ dialect, origin, now: origin, events: 20_000 })
    const later = await sampleOf({ dialect, origin, now: NOW, events: 20_000 })
    const audit = ({ lists, tokens }: typeof then) =>
      lists(tokens.super_admin).filter(({ stream, time }) => stream === 'audit' && time <= origin)
    expect(audit(later).map(({ bytes }) => bytes)).toEqual(audit(then).map(({ bytes }) => bytes))
    const all = later.lists(later.tokens.super_admin)
    const fresh = all.filter(({ stream, time }) => stream === 'audit' && time > origin)
    expect(fresh.length).toBeGreaterThan(150)
    expect(fresh.length).toBeLessThan(900)
  })

  it('brings something new at least every half minute of the first ten, even when it is small', async () => {
    const origin = NOW - 600_000
    const sample = await sampleOf({ dialect, origin, events: 1000 })
    const all = sample.lists(sample.tokens.super_admin)
    const fresh = all.filter(({ stream, time }) => stream === 'audit' && time >= origin)
    const times = [NOW, ...fresh.map(({ time }) => time), origin]
    const gaps = times.slice(1).map((time, at) => (times[at] as number) - time)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(31_000)
  })
})

describe('the number of events', () => {
  it('is exact before the origin, for any number', async () => {
    for (const events of [0, 1, 17, 500, 2345]) {
      const sample = await sampleOf({ events })
      const records = sample.lists(sample.tokens.super_admin)
      const heard = records.filter(({ stream }) => stream === 'logs').length
      // Two machines are gone, and their sessions with them: one each, where stories are told.
      expect(eventsOf(records, heard) + (events >= 800 ? 2 : 0)).toBe(events)
    }
  })

  it('may be large: 200,000 stand at once, in week days and nights', async () => {
    const sample = await sampleOf({ events: 200_000 })
    const records = sample.lists(sample.tokens.super_admin)
    const audit = records.filter(({ stream }) => stream === 'audit')
    expect(audit.length).toBeGreaterThan(180_000)
    const days = new Map<number, number>()
    for (const { time } of audit) {
      const weekday = new Date(time).getUTCDay()
      days.set(weekday, (days.get(weekday) ?? 0) + 1)
    }
    expect(days.get(0)).toBeLessThan((days.get(3) as number) / 2)
    const users = new Set(audit.map(({ bytes }) => (JSON.parse(bytes) as { username: string }).username))
    expect(users.size).toBeGreaterThan(400)
  })
})

describe('commands', () => {
  it('stand in the audit and in a log: same actor and text, within two seconds, other id', async () => {
    const sample = await sampleOf()
    const records = sample.lists(sample.tokens.super_admin)
    const logs = records.filter(({ stream }) => stream === 'logs')
    expect(logs.length).toBeGreaterThan(100)
    const audit = records.filter(({ stream }) => stream === 'audit')
    const commands = audit.filter(({ bytes }) => bytes.includes('command_executed'))
    type Told = { id: string; username: string; command: string; resource?: string }
    for (const log of logs) {
      const { id, username, command } = JSON.parse(log.bytes) as Told
      const twin = commands.find(({ time, bytes }) => {
        const row = JSON.parse(bytes) as Told
        const there = row.resource === `machine:${log.machine}` && Math.abs(time - log.time) <= 2000
        return there && row.username === username && row.command === command
      })
      expect(twin, command).toBeDefined()
      expect(twin?.id).not.toBe(id)
    }
  })

  it('and everything else may be hostile', async () => {
    const sample = await sampleOf({ events: 20_000 })
    const all = sample.lists(sample.tokens.super_admin).map(({ bytes }) => bytes).join('\n')
    expect(all).toContain('9007199254740993127')
    expect(all).toContain('\u202E')
    expect(all).toContain('\\u0000')
    expect(all).toContain('\\/')
    expect(all).toMatch(/^\{"user_agent":"[^"]*",.*"user_agent":/m)
    expect(all).toMatch(/^\{"timestamp":.*"id":"audit_\d+"\}$/m)
    expect(all).toContain('=HYPERLINK(')
    expect(all).toContain('\\ud83d ')
    expect(all).toContain('long '.repeat(900))
    expect(all).toContain('" :\t')
  })
})
