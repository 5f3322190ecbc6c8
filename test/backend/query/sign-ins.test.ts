import { describe, expect, test } from 'vitest'
import { SignInSummaries } from '../../../src/backend/query'
import type { SignInField, SignInSummary } from '../../../src/contract'
import type { WritableStore } from '../../../src/backend/store'
import { add, faultOf, NOW, record, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type Fields = NonNullable<Parameters<typeof record>[1]>

const UTC = { range: null, zone: 'UTC' }

async function held(...fields: Fields[]): Promise<WritableStore> {
  const store = await writable(tempFolder())
  add(store, fields.map((one, i) => record(`r${i}`, one)))
  return store
}

async function summed(fields: Fields[], ask: Parameters<SignInSummaries['summary']>[0] = UTC): Promise<SignInSummary> {
  return new SignInSummaries(await held(...fields)).summary(ask)
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)
const by = (field: SignInField, { tallies }: SignInSummary) => tallies.find((tally) => tally.field === field)

describe('sign-ins', () => {
  test('are counted by what a record stands for; companions and other deeds are left out', async () => {
    const summary = await summed([
      { time: NOW, repeat: 5 },
      { time: NOW + 1, companion: true },
      { time: NOW + 2, outcome: 'success' },
      { time: NOW + 3, outcome: 'unknown', repeat: 2 },
      { time: NOW + 4, action: 'logout', outcome: 'success' },
      { time: NOW + 5, category: 'sudo' },
    ])
    expect(summary.counts).toEqual({ failure: 5, success: 1, unknown: 2 })
    expect(sum(summary.buckets.failure)).toBe(5)
    expect(sum(summary.buckets.success)).toBe(1)
    expect(sum(summary.buckets.unknown)).toBe(2)
    expect(summary.held).toEqual({ from: NOW, to: NOW + 4 })
  })

  test('are those of the asked range alone, on buckets that cover it', async () => {
    const fields = Array.from({ length: 10 }, (_, hour): Fields => ({ time: NOW + hour * HOUR }))
    const range = { from: NOW + 2 * HOUR, to: NOW + 5 * HOUR }
    const summary = await summed(fields, { range, zone: 'UTC' })
    expect(summary.counts.failure).toBe(3)
    expect(summary.range).toEqual(range)
    const { from, step, failure } = summary.buckets
    expect([from <= range.from, from + failure.length * step >= range.to, failure.length <= 96]).toEqual([true, true, true])
    const filled = failure.flatMap((count, at) => (count > 0 ? [from + at * step] : []))
    expect(filled).toEqual([2, 3, 4].map((hour) => NOW + hour * HOUR))
  })

  test('over nothing held are none', async () => {
    const summary = await summed([])
    expect(summary).toMatchObject({ range: null, held: null, counts: { failure: 0, success: 0, unknown: 0 }, lists: [] })
    expect(summary.buckets.failure).toEqual([])
  })

  test('are counted anew when something comes', async () => {
    const store = await held({ time: NOW })
    const summaries = new SignInSummaries(store)
    const first = await summaries.summary(UTC)
    expect(await summaries.summary(UTC)).toBe(first)
    add(store, [record('new', { time: NOW + HOUR, repeat: 3 })])
    expect((await summaries.summary(UTC)).counts.failure).toBe(4)
  })

  test('that come while they are counted are counted too', async () => {
    // So many that no machine counts them in one turn.
    const store = await held(...Array.from({ length: 60_000 }, (_, i): Fields => ({ time: NOW + i, outcome: i % 2 ? 'success' : 'failure' })))
    const asked = new SignInSummaries(store).summary(UTC)
    add(store, [record('late', { time: NOW - 1, repeat: 7 })])
    expect((await asked).counts).toEqual({ failure: 30_007, success: 30_000, unknown: 0 })
  })

  test('of a zone that is none are refused', async () => {
    expect(await faultOf(async () => summed([], { range: null, zone: 'Mars' }))).toMatchObject({ code: 'bad-ask' })
  })
})

describe('values', () => {
  const machine = { kind: 'host', name: 'web-1' }
  const FIELDS: Fields[] = [
    { time: NOW, actor: { name: 'Root' }, ip: '10.0.0.1', repeat: 3, authMethod: 'password', machine },
    { time: NOW + 1, actor: { name: 'root' }, ip: '10.0.0.2', authMethod: 'password', machine },
    { time: NOW + 2, actor: { name: 'ana' }, ip: '10.0.0.1', authMethod: 'publickey', actionRaw: 'Failed publickey', machine },
    { time: NOW + 3, actor: { name: 'ana' }, ip: '10.0.0.3', outcome: 'success', authMethod: 'publickey', actionRaw: 'Accepted publickey' },
    { time: NOW + 4, ip: '10.0.0.1' },
    { time: NOW + 5, actor: { email: 'ben@x.test' }, ip: '10.0.0.9', outcome: 'success' },
  ]

  test('are counted whatever their case, with what their failed ones came from and tried', async () => {
    const summary = await summed(FIELDS)
    expect(by('user', summary)).toMatchObject({
      distinct: 3,
      failing: 2,
      values: [
        { value: 'Root', failure: 4, success: 0, addresses: 2 },
        { value: 'ana', failure: 1, success: 1, addresses: 1 },
        { value: 'ben@x.test', failure: 0, success: 1, addresses: 0 },
        { value: null, failure: 1 },
      ],
    })
    const [worst] = by('ip', summary)?.values ?? []
    expect(worst).toMatchObject({ value: '10.0.0.1', failure: 5, users: 2 })
    expect(by('machine', summary)?.values).toMatchObject([{ value: 'web-1', failure: 5, users: 2, addresses: 2 }, { value: null, failure: 1, success: 2 }])
  })

  test('of methods name the verbs that mean them, where no other method has these', async () => {
    const verbs = (summary: SignInSummary) => by('method', summary)?.values.map((value) => [value.value, value.verbs])
    // One failed sign-in without a method has the verb of passwords.
    expect(verbs(await summed(FIELDS))).toEqual([['password', null], ['publickey', ['Failed publickey', 'Accepted publickey']], [null, null]])
    expect(verbs(await summed(FIELDS.slice(0, 4)))).toEqual([['password', ['Failed password']], ['publickey', ['Failed publickey', 'Accepted publickey']]])
  })

  test('that are many are named up to twelve', async () => {
    const summary = await summed(Array.from({ length: 40 }, (_, i): Fields => ({ time: NOW + i, ip: `10.0.0.${i}`, repeat: i + 1 })))
    const { distinct, failing, values } = by('ip', summary) ?? { distinct: 0, failing: 0, values: [] }
    expect([distinct, failing, values.length, values[0]?.value, values.at(-1)?.value]).toEqual([40, 40, 12, '10.0.0.39', '10.0.0.28'])
  })
})

describe('hours of the week', () => {
  const cellOf = (day: number, hour: number) => day * 24 + hour
  const SUNDAY = 6

  test('are those of the zone, also where the clocks change', async () => {
    // In Berlin 2026-03-29 has no hour 2, and 2026-10-25 has two.
    const before = Date.UTC(2026, 2, 29, 0, 30)
    const after = Date.UTC(2026, 2, 29, 1, 30)
    const twice = [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]
    const { week } = await summed([before, after, ...twice].map((time): Fields => ({ time })), { range: null, zone: 'Europe/Berlin' })
    const filled = week.flatMap(({ failure }, at) => (failure > 0 ? [[at, failure]] : []))
    expect(filled).toEqual([[cellOf(SUNDAY, 1), 1], [cellOf(SUNDAY, 2), 2], [cellOf(SUNDAY, 3), 1]])
    expect(week[cellOf(SUNDAY, 2)]?.hours).toEqual([Date.UTC(2026, 9, 25), Date.UTC(2026, 9, 25, 1)])
    expect(week[cellOf(SUNDAY, 3)]?.hours).toEqual([Date.UTC(2026, 2, 29, 1)])
  })

  test('begin with Monday, also in a zone of half hours and before 1970', async () => {
    const monday = Date.UTC(2026, 1, 2)
    const utc = await summed([{ time: monday }, { time: Date.UTC(1969, 11, 29, 5) }])
    expect(utc.week.flatMap(({ failure }, at) => (failure > 0 ? [at] : []))).toEqual([0, 5])
    const india = await summed([{ time: monday + 20 * 60_000 }, { time: monday + 40 * 60_000 }], { range: null, zone: 'Asia/Kolkata' })
    expect(india.week.flatMap(({ failure, hours }, at) => (failure > 0 ? [[at, hours]] : []))).toEqual([
      [5, [monday - HOUR / 2]],
      [6, [monday + HOUR / 2]],
    ])
  })

  test('name the hours of a cell while these are few, and count no success', async () => {
    const weeks = (count: number) => Array.from({ length: count }, (_, i): Fields => ({ time: NOW + i * 7 * DAY }))
    const cell = (summary: SignInSummary) => summary.week.find(({ failure }) => failure > 0)
    expect(cell(await summed([...weeks(48), { time: NOW + DAY, outcome: 'success' }]))).toMatchObject({ failure: 48, hours: { length: 48 } })
    expect(cell(await summed(weeks(49)))).toEqual({ failure: 49, hours: null })
  })
})

describe('first-seen sources', () => {
  const login = (day: number, ip: string, more: Fields = {}): Fields => ({ time: NOW + day * DAY, outcome: 'success', actor: { name: 'ana' }, ip, ...more })
  const habit = (days: readonly number[]) => days.map((day) => login(day, '192.0.2.7'))
  const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 14]

  test('are told of users with ten sign-ins over fourteen days before', async () => {
    const { firstSeen } = await summed([...habit(TEN), login(15, '198.51.100.1', { machine: { name: 'web-1' } })])
    expect(firstSeen.known).toMatchObject({
      total: 1,
      rows: [{ user: 'ana', address: '198.51.100.1', block: '198.51.100.0/24', machine: 'web-1', earlier: 10, since: NOW, time: NOW + 15 * DAY, key: 'sshd:web-1:auth:r10' }],
    })
    expect(firstSeen).toMatchObject({ early: { total: 0 }, begun: 1 })
  })

  test.each([
    ['nine sign-ins before', habit(TEN.slice(1)), 15],
    ['less than fourteen days before', habit([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 13],
  ])('say little after %s', async (_name, before, day) => {
    const { firstSeen } = await summed([...before, login(day, '198.51.100.1')])
    expect([firstSeen.known.total, firstSeen.early.total]).toEqual([0, 1])
  })

  test('are blocks: another address of the same /24 or /48 is none', async () => {
    const six = (text: string) => login(16, text)
    const { firstSeen } = await summed([...habit(TEN), login(15, '192.0.2.200'), login(15.5, '2001:db8:1::5'), six('2001:DB8:1:ff::9'), login(17, '2001:db8:2::1')])
    expect(firstSeen.known.rows.map(({ block }) => block)).toEqual(['2001:db8:2::/48', '2001:db8:1::/48'])
  })

  test('are forgotten after ninety days, and failed ones make none known', async () => {
    const failed = login(20, '198.51.100.1', { outcome: 'failure' })
    const again = [login(21, '198.51.100.1'), login(21 + 90, '198.51.100.1'), login(21 + 181, '198.51.100.2')]
    const { firstSeen } = await summed([...habit(TEN), failed, ...again])
    expect(firstSeen.known.rows.map(({ time }) => (time - NOW) / DAY)).toEqual([202, 21])
  })

  test('are looked for in all that is held and told of the range', async () => {
    const fields = [...habit(TEN), login(15, '198.51.100.1'), login(30, '203.0.113.5')]
    const { firstSeen } = await summed(fields, { range: { from: NOW + 20 * DAY, to: NOW + 40 * DAY }, zone: 'UTC' })
    expect(firstSeen.known.rows.map(({ address }) => address)).toEqual(['203.0.113.5'])
    expect(firstSeen.begun).toBe(0)
  })
})
