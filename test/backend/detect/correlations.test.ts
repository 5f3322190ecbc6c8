import { expect, it } from 'vitest'
import { run, storeOf, numberOf, type Told } from './a-detection'
import { NOW } from '../store/a-store'
import type { Finding } from '../../../src/backend/detect'

const MINUTE = 60_000

/** An event at minute `at` with attributes. */
function at(minute: number, attributes: Record<string, string>, more: Partial<Told> = {}): Told {
  return { time: NOW + minute * MINUTE, attributes, ...more }
}

const BASE = `
title: A
name: a
logsource: { product: recount }
detection: { s: { kind: a }, condition: s }
---
title: B
name: b
logsource: { product: recount }
detection: { s: { kind: b }, condition: s }
---
title: C
name: c
logsource: { product: recount }
detection: { s: { kind: c }, condition: s }
---
`

function correlation(body: string, id = 'joined'): string {
  return `title: ${id}\nid: ${id}\nlevel: high\ncorrelation: { ${body} }\n`
}

type Seen = { key: string; start: number; crossed: number; end: number; peak: number; events: number }

/** Times in minutes. */
function seen({ key, start, crossed, end, peak, events }: Finding): Seen {
  const minute = (time: number) => (time - NOW) / MINUTE
  return { key, start: minute(start), crossed: minute(crossed), end: minute(end), peak, events }
}

async function found(events: Told[], rules: string): Promise<Seen[]> {
  const { findings, refused } = run(await storeOf(events), BASE + rules)
  expect(refused).toEqual([])
  return findings.map(seen)
}

const COUNT = correlation('type: event_count, rules: [a], group-by: [who], timespan: 10m, condition: { gte: 3 }')

it('event_count opens at the crossing and closes at the first event where it does not hold', async () => {
  const minutes = [0, 4, 9, 11, 30, 31, 32, 50]
  expect(await found(minutes.map((m) => at(m, { kind: 'a', who: 'Ana' })), COUNT)).toEqual([
    { key: 'ana', start: 0, crossed: 9, end: 11, peak: 3, events: 4 },
    { key: 'ana', start: 30, crossed: 32, end: 32, peak: 3, events: 3 },
  ])
})

it('a window is open at its start: an event exactly T before is outside', async () => {
  expect(await found([0, 5, 10].map((m) => at(m, { kind: 'a', who: 'x' })), COUNT)).toEqual([])
  expect(await found([0, 5, 9.99].map((m) => at(m, { kind: 'a', who: 'x' })), COUNT)).toHaveLength(1)
})

it('event_count weighs by repeat', async () => {
  const events = [at(0, { kind: 'a', who: 'x' }, { repeat: 2 }), at(1, { kind: 'a', who: 'x' }, { repeat: 5 })]
  expect(await found(events, COUNT)).toEqual([{ key: 'x', start: 0, crossed: 1, end: 1, peak: 7, events: 2 }])
})

it('an episode goes on over a gap while the condition holds at each event of the key', async () => {
  const events = [0, 100].map((m) => at(m, { kind: 'a', who: 'x' }, { repeat: 3 }))
  expect(await found(events, COUNT)).toEqual([{ key: 'x', start: 0, crossed: 0, end: 100, peak: 3, events: 2 }])
})

it('keys are apart, whatever their case, and events without one are ignored', async () => {
  const whos = ['x', 'Y', 'X', 'y', 'x', 'y']
  const events = [...whos.map((who, i) => at(i, { kind: 'a', who })), ...[6, 7, 8, 9].map((m) => at(m, { kind: 'a' }))]
  expect(await found(events, COUNT)).toEqual([
    { key: 'x', start: 0, crossed: 4, end: 4, peak: 3, events: 3 },
    { key: 'y', start: 1, crossed: 5, end: 5, peak: 3, events: 3 },
  ])
})

it('without group-by everything is one key', async () => {
  const events = [at(0, { kind: 'a', who: 'x' }), at(1, { kind: 'a' }), at(2, { kind: 'a', who: 'y' })]
  const rule = correlation('type: event_count, rules: [a], timespan: 10m, condition: { gte: 3 }')
  expect(await found(events, rule)).toEqual([{ key: '', start: 0, crossed: 2, end: 2, peak: 3, events: 3 }])
})

it('several operators must all hold', async () => {
  const rule = correlation('type: event_count, rules: [a], timespan: 10m, condition: { gt: 1, lte: 2 }')
  expect(await found([0, 1, 2, 3].map((m) => at(m, { kind: 'a' })), rule)).toEqual([{ key: '', start: 0, crossed: 1, end: 1, peak: 2, events: 2 }])
})

it('value_count counts distinct values in any case and ignores events without one', async () => {
  const rule = correlation('type: value_count, rules: [a], group-by: [who], timespan: 10m, condition: { field: user, gte: 3 }')
  const users = ['ana', 'ANA', 'bea', undefined, 'cid', 'ana']
  const events = users.map((name, i) => at(i, { kind: 'a', who: 'x' }, name === undefined ? {} : { actor: { name } }))
  events.push(at(12.5, { kind: 'a', who: 'x' }, { actor: { name: 'dan' } }))
  // At 12.5 bea (2) is out: ana (5), cid (4), dan.
  expect(await found(events, rule)).toEqual([{ key: 'x', start: 0, crossed: 4, end: 12.5, peak: 3, events: 6 }])
})

it('value_count of several fields counts their combinations', async () => {
  const rule = correlation('type: value_count, rules: [a], timespan: 10m, condition: { field: [u, h], gte: 3 }')
  const events = [['1', '1'], ['1', '2'], ['1', '1'], ['2', ''], ['2', '1']].map(([u = '', h = ''], i) => at(i, { kind: 'a', u, ...(h && { h }) }))
  expect(await found(events, rule)).toEqual([{ key: '', start: 0, crossed: 4, end: 4, peak: 3, events: 4 }])
})

it('value_sum adds numbers and leaves out what is none', async () => {
  const rule = correlation('type: value_sum, rules: [a], timespan: 10m, condition: { field: bytes, gt: 100 }')
  const events = [at(0, { kind: 'a', bytes: '60' }), at(1, { kind: 'a', bytes: 'many' }), at(2, { kind: 'a', bytes: '41.5' }), at(11, { kind: 'a', bytes: '1' })]
  expect(await found(events, rule)).toEqual([{ key: '', start: 0, crossed: 2, end: 2, peak: 101.5, events: 2 }])
})

it('temporal needs every rule in one window, in any order', async () => {
  const rule = correlation('type: temporal, rules: [a, b], group-by: [who], timespan: 10m')
  const events = [at(0, { kind: 'b', who: 'x' }), at(9, { kind: 'a', who: 'x' }), at(12, { kind: 'a', who: 'x' }), at(13, { kind: 'b', who: 'y' })]
  expect(await found(events, rule)).toEqual([{ key: 'x', start: 0, crossed: 9, end: 9, peak: 2, events: 2 }])
})

it('temporal_ordered needs them in their order inside one window', async () => {
  const rule = correlation('type: temporal_ordered, rules: [a, b, c], group-by: [who], timespan: 10m')
  const kinds = (minutes: [number, string][]) => minutes.map(([m, kind]) => at(m, { kind, who: 'x' }))
  expect(await found(kinds([[0, 'a'], [1, 'b'], [2, 'c']]), rule)).toEqual([{ key: 'x', start: 0, crossed: 2, end: 2, peak: 3, events: 3 }])
  expect(await found(kinds([[0, 'b'], [1, 'a'], [2, 'c']]), rule)).toEqual([])
  expect(await found(kinds([[0, 'a'], [5, 'b'], [10, 'c']]), rule)).toEqual([])
  // The first a is too old; the second one serves.
  expect(await found(kinds([[0, 'a'], [3, 'a'], [5, 'b'], [12, 'c']]), rule)).toHaveLength(1)
  // b came before the a that is young enough.
  expect(await found(kinds([[0, 'a'], [3, 'b'], [5, 'a'], [12, 'c']]), rule)).toEqual([])
})

it('events of one instant keep the order of their source, then that of their keys', async () => {
  const rule = correlation('type: temporal_ordered, rules: [a, b], timespan: 10m')
  const now = (kind: string, sequence: number) => at(0, { kind }, { sequence })
  expect(await found([now('b', 1), now('a', 0)], rule)).toHaveLength(1)
  expect(await found([now('b', 0), now('a', 1)], rule)).toEqual([])
  expect(await found([now('a', 0), now('b', 0)], rule)).toHaveLength(1)
  expect(await found([now('b', 0), now('a', 0)], rule)).toEqual([])
})

it('one event is not two steps', async () => {
  const twice = `${BASE}title: D\nname: d\nlogsource: { product: recount }\ndetection: { s: { kind: a }, condition: s }\n---\n`
  const rule = correlation('type: temporal_ordered, rules: [a, d], timespan: 10m')
  const of = async (minutes: number[]) => run(await storeOf(minutes.map((m) => at(m, { kind: 'a' }))), twice + rule).findings
  expect((await of([0])).filter((finding) => finding.rule === 'joined')).toEqual([])
  expect((await of([0, 1])).filter((finding) => finding.rule === 'joined')).toHaveLength(1)
})

it('a correlation of a correlation sees every event at which that one holds', async () => {
  const rules = `${COUNT.replaceAll('joined', 'many')}---\n${correlation('type: temporal_ordered, rules: [many, b], group-by: [who], timespan: 10m')}`
  const attempts = Array.from({ length: 60 }, (_, m) => at(m, { kind: 'a', who: 'x' }))
  const events = [...attempts, at(65, { kind: 'b', who: 'x' })]
  // `many` opened at 2; only because it told so at 59 too is 65 within ten minutes of it.
  expect(await found(events, rules)).toEqual([{ key: 'x', start: 56, crossed: 65, end: 65, peak: 5, events: 5 }])
})

it('aliases name another field for each rule', async () => {
  const body = 'type: temporal, rules: [a, b], group-by: [person], timespan: 10m, aliases: { person: { a: from, b: to } }'
  const events = [at(0, { kind: 'a', from: 'Ana', to: 'bea' }), at(1, { kind: 'b', from: 'bea', to: 'ana' })]
  expect(await found(events, correlation(body))).toEqual([{ key: 'ana', start: 0, crossed: 1, end: 1, peak: 2, events: 2 }])
})

it('rules that are joined are quiet, unless generate says otherwise', async () => {
  const events = [0, 1, 2].map((m) => at(m, { kind: 'a', who: 'x' }))
  const rules = async (text: string) => run(await storeOf(events), BASE + text).findings.map(({ rule }) => rule)
  expect(await rules(COUNT)).toEqual(['joined'])
  expect(await rules(COUNT.replace('gte: 3 }', 'gte: 3 }, generate: true'))).toEqual(['a', 'a', 'a', 'joined'])
})

it('a finding has the level of the correlation, else the highest of its rules', async () => {
  const events = [0, 1, 2].map((m) => at(m, { kind: 'a', who: 'x' }))
  const level = async (text: string) => run(await storeOf(events), text).findings[0]?.level
  expect(await level(BASE + COUNT)).toBe('high')
  const bare = COUNT.replace('level: high\n', '')
  expect(await level(BASE.replace('name: a', 'name: a\nlevel: critical') + bare)).toBe('critical')
  expect(await level(BASE + bare)).toBe('informational')
})

it('tells the first events and the last ones, and what it found', async () => {
  const events = Array.from({ length: 14 }, (_, i) => at(i / 2, { kind: 'a', who: 'x' }))
  const { findings } = run(await storeOf(events), BASE + COUNT)
  expect(findings[0]?.sample.map(numberOf)).toEqual([0, 1, 2, 3, 4, 9, 10, 11, 12, 13])
  expect(findings[0]?.why).toBe('14 events within 10m for who = x; asked for: at least 3')
})

it('is the same finding when it is found again, whatever came later', async () => {
  const events = [0, 1, 2, 3].map((m) => at(m, { kind: 'a', who: 'x' }))
  const id = async (told: Told[]) => run(await storeOf(told), BASE + COUNT).findings.map((finding) => finding.id)
  const first = await id(events.slice(0, 3))
  expect(first[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(await id(events)).toEqual(first)
  expect(await id(events.slice(1))).not.toEqual(first)
})

it('says that an episode may begin earlier where it starts within T of what is looked at', async () => {
  const events = [0, 1, 2, 20, 21, 22].map((m) => at(m, { kind: 'a', who: 'x' }))
  const store = await storeOf(events)
  const marks = (from: number | null) => {
    const range = from === null ? null : { from: NOW + from * MINUTE, to: NOW + 1000 * MINUTE }
    return run(store, BASE + COUNT, range).findings.map(({ mayBeginEarlier }) => mayBeginEarlier ?? false)
  }
  expect(marks(null)).toEqual([true, false])
  expect(marks(11)).toEqual([true])
  expect(marks(10)).toEqual([false])
  expect(marks(-100)).toEqual([true, false])
})

it('leaves companions out', async () => {
  const events = [0, 1, 2].map((m) => at(m, { kind: 'a', who: 'x' }, m === 1 ? { companion: true } : {}))
  expect(await found(events, COUNT)).toEqual([])
})

it('agrees with counting every window anew', async () => {
  let state = 7
  const below = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n
  const events: { time: number; who: string; repeat: number }[] = []
  for (let i = 0, time = NOW; i < 3000; i++) {
    time += below(4) === 0 ? below(9 * MINUTE) : below(40) * 1000
    events.push({ time, who: `w${below(7)}`, repeat: 1 + (below(20) === 0 ? below(5) : 0) })
  }
  const told = events.map(({ time, who, repeat }) => ({ time, repeat, attributes: { kind: 'a', who } }))
  const expected = Array.from({ length: 7 }, (_, i) => anew(events.filter(({ who }) => who === `w${i}`), `w${i}`)).flat()
  const order = (a: Seen, b: Seen) => a.crossed - b.crossed || (a.key < b.key ? -1 : 1)
  expect(expected.length).toBeGreaterThan(50)
  const same = events.some(({ time }, i) => time === events[i + 1]?.time)
  expect(same).toBe(true)
  // Ties go by key, `e10` before `e2`: within one instant only the sums at its end are the same either way.
  expect((await found(distinct(told), COUNT)).toSorted(order)).toEqual(expected.toSorted(order))
}, 60_000)

/** Events of one instant get a sequence, so that their order is that of the list. */
function distinct(told: Told[]): Told[] {
  return told.map((event, sequence) => ({ ...event, sequence }))
}

function anew(events: { time: number; who: string; repeat: number }[], key: string): Seen[] {
  const minute = (time: number) => (time - NOW) / MINUTE
  const found: Seen[] = []
  let open: Seen | null = null
  events.forEach(({ time }, i) => {
    const window = events.slice(0, i + 1).filter((other) => other.time > time - 10 * MINUTE)
    const value = window.reduce((sum, { repeat }) => sum + repeat, 0)
    if (value < 3) open = null
    else if (open) Object.assign(open, { end: minute(time), peak: Math.max(open.peak, value), events: open.events + 1 })
    else {
      open = { key, start: minute(window[0]?.time ?? 0), crossed: minute(time), end: minute(time), peak: value, events: window.length }
      found.push(open)
    }
  })
  return found
}
