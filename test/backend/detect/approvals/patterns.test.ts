import { describe, expect, test } from 'vitest'
import type { Request } from '../../../../src/backend/detect/approvals/model'
import { smoothedShare } from '../../../../src/backend/detect/approvals/patterns/off-hours'
import { normalised } from '../../../../src/backend/detect/approvals/patterns/justification'
import { sizeOf } from '../../../../src/backend/detect/approvals/patterns/scope-growth'
import type { ApprovalRule } from '../../../../src/contract'
import { binomial } from './exact'
import { DAY, found, HOUR, ledgerOf, look, MINUTE, MONDAY, person, randomFrom, request, SECOND, visit } from './a-ledger'

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
const rules = (requests: readonly Request[]) => [...new Set(look(ledgerOf(requests)).patterns.map(({ rule }) => rule))].toSorted()
const figure = (figures: readonly [string, string][], name: string) => figures.find(([one]) => one === name)?.[1]

/** Ordinary decisions of four approvers on requests of ten people, on working days, five to nine minutes after. */
function usual(n: number, from = MONDAY): Request[] {
  return times(n, (i) => request({ who: `p${i % 10}`, asked: workday(from, i), by: `a${(i * 7 + Math.floor(i / 10)) % 4}`, latency: (5 + (i % 5)) * MINUTE, machine: `m${i % 6}`, no: Math.floor(i / 4) % 9 === 4 }))
}

/** Five a day, an hour apart. */
function workday(from: number, i: number): number {
  const days = Math.floor(i / 5)
  return from + (Math.floor(days / 5) * 7 + (days % 5)) * DAY + (i % 5) * HOUR
}

test('ordinary requests have nothing unusual', () => {
  expect(rules(usual(200))).toEqual([])
  expect(look(ledgerOf([])).patterns).toEqual([])
})

describe('own requests', () => {
  test('are told with what would be expected', () => {
    const own = times(18, (i) => request({ who: 'Mlee', asked: workday(MONDAY, i) + MINUTE, by: 'mlee', machine: 'db-09' }))
    const others = times(2, (i) => request({ who: 'mlee', asked: workday(MONDAY, i) + 2 * MINUTE, by: 'a1' }))
    const more = times(31, (i) => request({ who: `p${i % 10}`, asked: workday(MONDAY, i) + 3 * MINUTE, by: 'mlee' }))
    const all = [...usual(169), ...own, ...others, ...more]
    const [one, ...rest] = found('approval.self', ledgerOf(all))
    expect(rest).toEqual([])
    expect(one).toMatchObject({ level: 'high', key: 'mlee, fern', approvers: ['mlee'], title: 'mlee approved own requests 18 times' })
    // 31 of the 200 others: 20 × 0.155.
    expect(one?.words).toBe("Of the 20 decided requests mlee made, mlee decided 18. At mlee's share of all other decisions, 3.1 would be expected.")
    expect(one?.figures.slice(0, 3)).toEqual([['n', '20'], ['observed', '18'], ['expected', '3.1']])
    expect(Number(figure(one?.figures ?? [], 'p'))).toBeCloseTo(binomial(18, 20, [31, 200]), 12)
  })

  test('are told of few as a fact, and of whoever prepared one', () => {
    const [alone] = found('approval.self', ledgerOf([request({ who: 'ann', asked: MONDAY, by: 'Ann' })]))
    expect(alone?.figures).toEqual([['n', '1'], ['observed', '1']])
    const [maker] = found('approval.self', ledgerOf([request({ who: 'ann', asked: MONDAY, by: 'bob', preparer: person('Bob') })]))
    expect(maker?.words).toBe('bob decided 1 request that bob had prepared.')
    expect(found('approval.self', ledgerOf([request({ who: 'ann', asked: MONDAY, by: 'anna' })]))).toEqual([])
  })
})

describe('two who approve each other', () => {
  const pair = (day: number, apart = HOUR) => [request({ who: 'ann', asked: MONDAY + day * DAY, by: 'bob' }), request({ who: 'bob', asked: MONDAY + day * DAY + apart, by: 'ann' })]

  test('are told from three pairs within 30 days on', () => {
    const [one] = found('approval.reciprocal', ledgerOf([...pair(0), ...pair(9), ...pair(29), ...usual(34)]))
    expect(one).toMatchObject({ key: 'ann, bob, fern', crossed: MONDAY + 29 * DAY + HOUR + 5 * MINUTE })
    expect(one?.requests).toHaveLength(6)
    // Three times three of forty.
    expect(figure(one?.figures ?? [], 'expected')).toBe('0.23')
  })

  test.each([
    ['two pairs', [...pair(0), ...pair(9)]],
    ['pairs too far apart in time', [...pair(0, 25 * HOUR), ...pair(9, 25 * HOUR), ...pair(19, 25 * HOUR)]],
    ['three pairs in 31 days', [...pair(0), ...pair(9), ...pair(31)]],
    ['one way alone', times(9, (i) => request({ who: 'ann', asked: MONDAY + i * DAY, by: 'bob' }))],
  ])('%s are nothing', (_, requests) => {
    expect(found('approval.reciprocal', ledgerOf(requests))).toEqual([])
  })
})

describe('what is exact', () => {
  const rule = (name: ApprovalRule, requests: Request[], more = {}) => found(name, ledgerOf(requests, more)).map(({ requests: own }) => own.length)

  test('one address for request and decision', () => {
    const at = (by: string, ip: string | null, other = '10.0.0.1') => request({ who: 'ann', asked: MONDAY, by, ip, by_ip: other })
    expect(rule('approval.same_source', [at('bob', '10.0.0.1')])).toEqual([1])
    expect(rule('approval.same_source', [at('bob', '10.0.0.2'), at('ann', '10.0.0.1'), at('bob', null)])).toEqual([])
  })

  test('an approver of a week, made by who asked', () => {
    const role = (days: number, by = 'ann', what = 'company_admin') => ({ roleChanges: [{ key: 'k', at: MONDAY - days * DAY, to: person('bob'), by: person(by), role: what }] })
    const one = [request({ who: 'ann', asked: MONDAY, by: 'bob', latency: 0 })]
    expect(rule('approval.fresh_approver', one, role(7))).toEqual([1])
    for (const no of [role(7.1), role(-1), role(3, 'eve'), role(3, 'ann', 'user')]) expect(rule('approval.fresh_approver', one, no)).toEqual([])
  })

  test('five approvals within 60 s', () => {
    const quick = (n: number, apart: number, no = false) => times(n, (i) => request({ who: `p${i}`, asked: MONDAY, latency: HOUR + i * apart, by: 'bob', no }))
    expect(rule('approval.batch', quick(5, 14.9 * SECOND))).toEqual([5])
    expect(rule('approval.batch', quick(9, 10 * SECOND))).toEqual([9])
    expect(rule('approval.batch', [...quick(4, SECOND), ...quick(5, 15 * SECOND, true)])).toEqual([])
    expect(rule('approval.batch', quick(5, 15 * SECOND))).toEqual([])
  })

  test('little reason', () => {
    const note = (justification: string | null, i = 0, who = 'ann') => request({ who, asked: MONDAY + i * DAY, justification })
    expect(rule('approval.justification', [note(null), note('  '), note('123456789'), note('1234567890'), note('a real reason', 1, 'bob')])).toEqual([3])
    expect(rule('approval.justification', times(5, (i) => note(['Disk is full!', 'disk  is full', ' DISK IS FULL '][i % 3] ?? '', i * 7)))).toEqual([5])
    expect(rule('approval.justification', times(5, (i) => note('disk is full', i * 8)))).toEqual([])
    expect(rule('approval.justification', times(4, (i) => note('disk is full', i)))).toEqual([])
    // Where none is recorded, none is missing.
    expect(rule('approval.justification', [note(null), note(null)])).toEqual([])
    expect(normalised('«Disk  is full…»')).toBe('disk is full')
  })

  test('rejected, then approved by another', () => {
    const asked = (hours: number, by: string, no: boolean) => request({ who: 'ann', asked: MONDAY + hours * HOUR, latency: MINUTE, by, no })
    expect(rule('approval.reject_then_approve', [asked(0, 'bob', true), asked(24, 'eve', false)])).toEqual([2])
    expect(rule('approval.reject_then_approve', [asked(0, 'bob', true), asked(24.1, 'eve', false)])).toEqual([])
    expect(rule('approval.reject_then_approve', [asked(0, 'bob', true), asked(2, 'bob', false)])).toEqual([])
    expect(rule('approval.reject_then_approve', [asked(0, 'bob', true), { ...asked(2, 'eve', false), hosts: ['db-02'] }])).toEqual([])
    expect(rule('approval.reject_then_approve', [asked(0, 'eve', false), asked(2, 'bob', true)])).toEqual([])
    const turned = asked(0, 'eve', false)
    const earlier = [{ by: person('bob'), outcome: 'rejected' as const, at: MONDAY + 30 * SECOND, ip: null, comment: null }]
    expect(rule('approval.reject_then_approve', [{ ...turned, earlier }])).toEqual([1])
  })
})

describe('use beyond a grant', () => {
  const granted = (more = {}) => request({ who: 'ann', asked: MONDAY, by: 'bob', hours: 1, ...more })
  const end = MONDAY + 5 * MINUTE + HOUR
  const told = (requests: Request[], visits: ReturnType<typeof visit>[]) => found('approval.scope_mismatch', ledgerOf(requests, { visits })).map(({ words }) => words)

  test('commands after the end', () => {
    const late = visit('Ann@db-01', end - 10 * MINUTE, { commands: [end - MINUTE, end, end + 90 * SECOND], to: end + HOUR, last: end + HOUR })
    expect(told([granted()], [late])).toEqual(['ann was let in: db-01, 1 h. 2 commands came after the grant had ended, the last one 1 m 30 s later.'])
    const [pattern] = found('approval.scope_mismatch', ledgerOf([granted()], { visits: [late] }))
    expect(pattern).toMatchObject({ level: 'high', crossed: end })
    const inTime = visit('ann@db-01', end - 10 * MINUTE, { commands: [end - 1], to: end + HOUR, last: end + HOUR })
    expect(told([granted()], [inTime])).toEqual([])
    // Leave that follows without a gap is leave.
    expect(told([granted(), granted({ asked: MONDAY + 30 * MINUTE })], [late])).toEqual([])
  })

  test('where nobody records commands, a session that lasts', () => {
    const silent = (to: number) => visit('ann@db-01', end - 10 * MINUTE, { commands: [], to, last: to })
    expect(told([granted()], [silent(end + 6 * MINUTE)])).toHaveLength(1)
    expect(told([granted()], [silent(end + 4 * MINUTE)])).toEqual([])
  })

  test('another machine, where people are let in to it by request', () => {
    const others = times(3, (i) => request({ who: `p${i}`, asked: MONDAY - 9 * DAY + i * HOUR, by: 'bob', machine: 'db-02' }))
    const theirs = others.map((one, i) => visit(`p${i}@db-02`, one.asked + 10 * MINUTE))
    const astray = visit('ann@db-02', MONDAY + 15 * MINUTE)
    expect(told([granted(), ...others], [...theirs, astray])).toEqual([expect.stringContaining('10 m after the decision a session with 1 command began on db-02')])
    // The grant was used, or nobody needs leave for the other machine, or it was long after.
    expect(told([granted(), ...others], [...theirs, astray, visit('ann@db-01', MONDAY + 10 * MINUTE)])).toEqual([])
    expect(told([granted()], [...theirs, astray])).toEqual([])
    expect(told([granted({ hours: 24 }), ...others], [...theirs, visit('ann@db-02', MONDAY + 3 * HOUR)])).toEqual([])
  })

  test('a session that names the grant of somebody else, and a grant longer than asked for', () => {
    const one = granted()
    expect(told([one], [visit('eve@db-01', MONDAY + 10 * MINUTE, { approval: one.id })])).toEqual([expect.stringContaining('is of eve')])
    expect(told([one], [visit('ann@db-07', MONDAY + 10 * MINUTE, { approval: one.id })])).toHaveLength(1)
    const from = MONDAY + 5 * MINUTE
    const long = granted({ grant: { from, to: from + 2 * HOUR, end: from + 2 * HOUR, revoked: null } })
    expect(told([long], [])).toEqual(['ann was let in: db-01, 1 h. It was granted for 2 h, and 1 h were asked for.'])
  })

  test('never used, not used yet, and unknown', () => {
    const outcome = (requests: Request[], visits: ReturnType<typeof visit>[], now: number) => {
      const { population } = look(ledgerOf(requests, { visits }), { now })
      return requests.map((one) => population.uses.of(one).outcome)
    }
    const somebody = visit('eve@db-05', MONDAY - DAY)
    const endless = granted({ hours: Number.POSITIVE_INFINITY })
    expect(outcome([granted(), endless], [somebody], MONDAY + 2 * HOUR)).toEqual(['never-used', 'not-used-yet'])
    expect(outcome([endless], [somebody], MONDAY + 8 * DAY)).toEqual(['never-used'])
    expect(outcome([granted()], [], MONDAY + 2 * DAY)).toEqual(['unknown'])
    expect(outcome([granted()], [visit('eve@db-05', MONDAY + 3 * DAY)], MONDAY + 9 * DAY)).toEqual(['unknown'])
    expect(outcome([granted()], [visit('ann@db-01', MONDAY)], MONDAY + 9 * DAY)).toEqual(['used'])
  })
})

describe('what is compared', () => {
  test('decisions much sooner than decisions are', () => {
    const at = (seconds: number) => found('approval.rubber_stamp.decision', ledgerOf([...usual(100), request({ who: 'p1', asked: MONDAY + MINUTE, by: 'a9', latency: seconds * SECOND })])).length
    // Under 10 s always; the logarithms of 5 to 9 minutes have a median of 7 and a MAD of ln 7/6.
    expect([at(9), at(60), at(300)]).toEqual([1, 1, 0])
    // Of few there is only the plain bound.
    const few = (seconds: number) => found('approval.rubber_stamp.decision', ledgerOf([...usual(10), request({ who: 'p1', asked: MONDAY, by: 'a9', latency: seconds * SECOND })])).length
    expect([few(9), few(11)]).toEqual([1, 0])
  })

  test('approvers: the 90 days before are what they are compared with', () => {
    const fast = times(25, (i) => request({ who: `p${i % 10}`, asked: workday(MONDAY + 35 * DAY, i) + MINUTE, by: 'zed', latency: 15 * SECOND, no: i === 3 }))
    const all = ledgerOf([...usual(100), ...usual(30, MONDAY + 35 * DAY), ...fast])
    const [one] = found('approval.rubber_stamp.approver', all, { range: { from: MONDAY + 34 * DAY, to: MONDAY + 90 * DAY } })
    expect(one).toMatchObject({ approvers: ['zed'], baseline: '100 decisions of others of the 90 days before', title: 'zed decides in 15 s' })
    expect(one?.words).toBe('25 of 25 decisions of zed came within 30 s of the request, and 1 was rejected. Others decide that fast in 0 % of cases.')
    const [whole] = found('approval.rubber_stamp.approver', all)
    expect(whole?.baseline).toBe('130 decisions of others of the range')
    // Nineteen decisions are too few.
    expect(found('approval.rubber_stamp.approver', ledgerOf([...usual(100), ...fast.slice(0, 19)]))).toEqual([])
  })

  test('approvers who reject nothing, where others do', () => {
    const yes = (n: number) => times(n, (i) => request({ who: `p${i % 10}`, asked: workday(MONDAY, i) + MINUTE, by: 'zed' }))
    const no = times(40, (i) => request({ who: `p${i % 10}`, asked: workday(MONDAY, i) + 2 * MINUTE, by: `a${i % 4}`, no: i % 2 === 0 }))
    expect(found('approval.rubber_stamp.approver', ledgerOf([...yes(30), ...no])).map(({ title }) => title)).toEqual(['zed rejects nothing'])
    expect(found('approval.rubber_stamp.approver', ledgerOf([...yes(29), ...no]))).toEqual([])
  })

  test('robots are left out of all that', () => {
    const robot = times(201, (i) => request({ who: `p${i % 10}`, asked: MONDAY + i * HOUR, by: 'bot', latency: SECOND }))
    const { population, patterns } = look(ledgerOf([...usual(100), ...robot]))
    expect([...population.robots.values()]).toEqual([{ name: 'bot', n: 201, reason: '201 of 201 decisions within 5 s of the request' }])
    expect(population.decided).toHaveLength(100)
    expect(patterns.filter(({ approvers }) => approvers.includes('bot'))).toEqual([])
    expect(look(ledgerOf([...usual(100), ...robot.slice(1)])).population.robots.size).toBe(0)
  })

  test('one approver for one requester', () => {
    const own = (n: number) => times(n, (i) => request({ who: 'ann', asked: workday(MONDAY, i) + MINUTE, by: i < 9 ? 'a3' : 'a1' }))
    const [one] = found('approval.pair', ledgerOf([...usual(100), ...own(10)]))
    const share = usual(100).filter(({ decision }) => decision?.by?.name === 'a3').length
    expect(one).toMatchObject({ key: 'a3, ann, fern', title: 'a3 decided 9 of 10 requests of ann' })
    expect(Number(figure(one?.figures ?? [], 'p')) / binomial(9, 10, [share, 100])).toBeCloseTo(1, 1)
    expect(found('approval.pair', ledgerOf([...usual(100), ...own(9)]))).toEqual([])
  })

  test('decisions that lie with one person', () => {
    const own = (n: number) => times(n, (i) => request({ who: `p${i % 10}`, asked: workday(MONDAY, i) + MINUTE, by: 'zed', no: i % 9 === 1 }))
    const [one] = found('approval.concentration', ledgerOf([...usual(40), ...own(41)]))
    expect(one).toMatchObject({ level: 'informational', key: 'zed, fern' })
    expect(found('approval.concentration', ledgerOf([...usual(40), ...own(40)]))).toEqual([])
    expect(found('approval.concentration', ledgerOf(own(19)))).toEqual([])
    // Of two people one has at least half.
    expect(found('approval.concentration', ledgerOf([...own(30), ...own(20).map((request_) => ({ ...request_, decision: { ...request_.decision!, by: person('other') } }))]))).toEqual([])
    const [risen] = found('approval.concentration', ledgerOf([...usual(60), ...usual(20, MONDAY + 100 * DAY), ...times(90, (i) => request({ who: `p${i % 10}`, asked: MONDAY + 101 * DAY + i * HOUR, by: 'a1' }))]))
    expect(risen?.level).toBe('medium')
  })

  test('days with far more decisions', () => {
    const day = (n: number) => times(n, (i) => request({ who: `p${i % 10}`, asked: MONDAY + 42 * DAY + i * 20 * MINUTE, by: 'a1' }))
    const [one] = found('approval.volume', ledgerOf([...usual(150), ...day(14)]))
    expect(one?.title).toBe('a1 made 14 decisions on one day')
    expect(found('approval.volume', ledgerOf([...usual(150), ...day(4)]))).toEqual([])
    // Twenty working days have to come before.
    expect(found('approval.volume', ledgerOf([...usual(95), ...day(14).map((made) => ({ ...made, asked: made.asked - 14 * DAY }))].slice(-40)))).toEqual([])
  })

  test('requests far wider than before', () => {
    const before = times(9, (i) => request({ who: 'ann', asked: MONDAY + i * DAY, hours: 2 + (i % 3) }))
    const wide = (more: object) => found('approval.scope_growth', ledgerOf([...before, request({ who: 'ann', asked: MONDAY + 20 * DAY, ...more })])).length
    expect(wide({ hours: 1000, hosts: ['db-01', 'db-02'], roles: ['root'] })).toBe(1)
    expect(wide({ hours: Number.POSITIVE_INFINITY })).toBe(1)
    expect(wide({ hours: 24 })).toBe(0)
    expect(found('approval.scope_growth', ledgerOf([...before.slice(0, 7), request({ who: 'ann', asked: MONDAY + 20 * DAY, hours: Number.POSITIVE_INFINITY })]))).toEqual([])
    expect(sizeOf({ hosts: ['a', 'b'], roles: ['db_admin', 'reader'], hours: 3 })).toBeCloseTo(2 + 3 + Math.log(4), 12)
    const news = (n: number) => found('approval.scope_growth', ledgerOf([...usual(30), request({ who: 'p1', asked: MONDAY + 20 * DAY, hosts: times(n, (i) => `new-${i}`) })])).length
    expect([news(3), news(2)]).toEqual([1, 0])
  })

  test('decisions at hours at which nothing is decided', () => {
    const odd = (asked: number, machine = 'm1') => found('approval.off_hours', ledgerOf([...usual(100), request({ who: 'p1', asked, by: 'a1', machine })]))
    expect(odd(MONDAY + 17 * HOUR)[0]).toMatchObject({ level: 'low', hours: [3], key: 'a1, fern' })
    expect(odd(MONDAY + 17 * HOUR, 'db-prod-1')[0]).toMatchObject({ level: 'medium' })
    expect(odd(MONDAY + 5 * DAY)[0]?.words).toContain('weekend')
    expect(odd(MONDAY + 2 * HOUR)).toEqual([])
    // The same hours of another zone are those of its people.
    const abroad = usual(100).map((one) => ({ ...one, asked: one.asked - 9 * HOUR, decision: one.decision && { ...one.decision, at: (one.decision.at ?? 0) - 9 * HOUR } }))
    expect(found('approval.off_hours', ledgerOf(abroad))).toEqual([])
    expect(found('approval.off_hours', ledgerOf([...usual(20), request({ who: 'p1', asked: MONDAY + 17 * HOUR, by: 'a1' })]))).toEqual([])
    // (0 + 1.5) / (188 + 12), around the clock.
    expect(smoothedShare(times(24, (hour) => (hour === 12 ? 188 : 0)), 23)).toBeCloseTo(0.0075, 12)
    expect(smoothedShare(times(24, (hour) => (hour === 0 ? 188 : 0)), 23)).toBeCloseTo(189.5 / 200, 12)
  })
})

test('ids stay the same when the same is found again, whatever comes later', () => {
  const first = [...usual(60), request({ who: 'ann', asked: MONDAY + DAY, by: 'ann' })]
  const key = (requests: Request[]) => found('approval.self', ledgerOf(requests)).map(({ rule, key: own, crossed }) => [rule, own, crossed])
  expect(key([...first, ...usual(40, MONDAY + 30 * DAY), request({ who: 'ann', asked: MONDAY + 40 * DAY, by: 'ann' })])).toEqual(key(first))
})

test('a hundred random ledgers are looked at without a fault, and nothing of chance has a p above its bound', () => {
  const random = randomFrom(5)
  for (let round = 0; round < 100; round++) {
    const n = Math.floor(random() * 120)
    const pick = (names: number) => `p${Math.floor(random() * names)}`
    const all = times(n, () => request({ who: pick(6), asked: MONDAY + Math.floor(random() * 200 * DAY), by: pick(5), latency: random() < 0.1 ? null : Math.floor(Math.exp(random() * 12)), no: random() < 0.2, machine: pick(4), hours: random() < 0.1 ? null : Math.floor(random() * 90) }))
    const visits = times(n, () => visit(`${pick(6)}@${pick(4)}`, MONDAY + Math.floor(random() * 200 * DAY)))
    const { patterns } = look(ledgerOf(all, { visits }))
    for (const { requests, figures, words, title } of patterns) {
      expect(requests.length).toBeGreaterThan(0)
      expect(`${title} ${words} ${figures.flat().join(' ')}`).not.toMatch(/NaN|undefined|Infinity|malicious|suspicious/)
    }
  }
})
