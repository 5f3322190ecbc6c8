import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { latencyOf, type Request } from '../../../../src/backend/detect/approvals/model'
import { judge } from '../../../../src/backend/detect/approvals/patterns/volume'
import { concentration, modifiedZ, spreadOf } from '../../../../src/backend/detect/approvals/statistics/spread'
import { binomialUpper, fisherUpper } from '../../../../src/backend/detect/approvals/statistics/tails'
import { dataPath, describeWithData } from '../../../data'
import { found, ledgerOf, look, person, request } from './a-ledger'
import { binomial, discoveries, fisher, middle, negativeBinomial, poisson } from './exact'

// Permits as requests: who prepared the confirmation of receipt asks, who checked it decides. A draft that had to be adjusted
// was a no.

type Step = { task: string; by: string; at: number; channel: string }
type Case = { asks: Step; decides: Step; isNo: boolean }

const FAST = 30_000

function readCases(): Case[] {
  const [head = '', ...lines] = readFileSync(dataPath('data/approvals-wabo/wabo_receipt.csv'), 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  const column = (name: string) => names.indexOf(name)
  const [id, task, by, at, channel] = ['case:concept:name', 'concept:name', 'org:resource', 'time:timestamp', 'case:channel'].map(column)
  const cases = new Map<string, Step[]>()
  for (const line of lines) {
    const cells = line.split(',')
    expect(cells).toHaveLength(names.length)
    const read = (place: number | undefined) => cells[place ?? -1] ?? ''
    const step = { task: read(task), by: read(by), at: Date.parse(read(at).replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')), channel: read(channel) }
    cases.set(read(id), [...(cases.get(read(id)) ?? []), step])
  }
  return [...cases.values()].flatMap((steps) => {
    const first = (start: string) => steps.find((step) => step.task.startsWith(start))
    const [asks, decides] = [first('Confirmation of receipt'), first('T02')]
    return asks && decides ? [{ asks, decides, isNo: first('T03') !== undefined }] : []
  })
}

function requestOf({ asks, decides, isNo }: Case): Request {
  return request({ who: asks.by, asked: asks.at, by: decides.by, latency: decides.at - asks.at, no: isNo, machine: asks.channel, org: 'acme\nwabo' })
}

function near(found: number, wanted: number): void {
  expect(Math.abs(found - wanted) / Math.max(Math.abs(wanted), Number.MIN_VALUE), `${found} is not ${wanted}`).toBeLessThan(1e-9)
}

/** Of a day's count, by the twenty before it. */
function chanceOf(count: number, before: readonly number[]): number {
  const sum = before.reduce((total, n) => total + n, 0)
  const variance = before.reduce((total, n) => total + (n - sum / 20) ** 2, 0) / 19
  const mean = Math.max(0.5, sum / 20)
  const isWide = sum > 0 && variance / (sum / 20) > 1.5 && variance > mean
  return isWide ? negativeBinomial(count, mean, variance) : poisson(count, sum < 10 ? [1, 2] : [sum, 20])
}

const key = (name: string) => person(name).key

describeWithData('statistics over real workflows of permits', () => {
  const cases = readCases()
  const ledger = ledgerOf(cases.map(requestOf))
  const people = [...new Set(cases.map(({ decides }) => decides.by))]
  const latencies = (all: readonly Case[]) => all.map(({ asks, decides }) => decides.at - asks.at).filter((ms) => ms >= 0)

  test('there is something to count', () => {
    expect(cases.length).toBeGreaterThan(1300)
    expect(people.length).toBeGreaterThan(15)
    expect(new Set(cases.map(({ asks }) => asks.by)).size).toBeGreaterThan(20)
    const own = cases.filter(({ asks, decides }) => asks.by === decides.by).length
    expect(found('approval.self', ledger).reduce((sum, { requests }) => sum + requests.length, 0)).toBe(own)
  })

  test('who decides fast: Fisher, and which stand out', () => {
    const tested = people.flatMap((by) => {
      const own = latencies(cases.filter(({ decides }) => decides.by === by))
      const others = latencies(cases.filter(({ decides }) => decides.by !== by))
      if (own.length < 20 || others.length < 20) return []
      const [fast, othersFast] = [own, others].map((all) => all.filter((ms) => ms < FAST).length) as [number, number]
      const urn = { all: own.length + others.length, marked: fast + othersFast, drawn: own.length }
      const p = fisher(fast, urn)
      near(fisherUpper(fast, urn), p)
      return [{ by, p }]
    })
    expect(tested.length).toBeGreaterThan(8)
    const out = discoveries(tested.map(({ p }) => p), 0.01, tested.length)
    const wanted = tested.filter((_, i) => out[i]).map(({ by }) => by)
    const told = found('approval.rubber_stamp.approver', ledger).filter(({ method }) => method.startsWith('Fisher'))
    expect(told.flatMap(({ approvers }) => approvers).toSorted()).toEqual(wanted.toSorted())
  })

  test('who never says no', () => {
    const no = cases.filter(({ isNo }) => isNo).length
    const wanted = people.filter((by) => {
      const own = cases.filter(({ decides }) => decides.by === by)
      if (own.length < 30 || own.some(({ isNo }) => isNo)) return false
      let chance = 1
      for (let i = 0; i < own.length; i++) chance *= (cases.length - no) / cases.length
      return chance < 0.01
    })
    const told = found('approval.rubber_stamp.approver', ledger).filter(({ figures }) => figures.some(([name]) => name === 'p of no rejection'))
    expect(told.flatMap(({ approvers }) => approvers).toSorted()).toEqual(wanted.toSorted())
  })

  test('who decides for whom: binomial, and which pairs stand out', () => {
    const requesters = [...new Set(cases.map(({ asks }) => asks.by))]
    const tested: { by: string; who: string; k: number; p: number }[] = []
    for (const who of requesters) {
      const own = cases.filter(({ asks }) => asks.by === who)
      const others = cases.filter(({ asks }) => asks.by !== who)
      if (own.length < 10) continue
      for (const by of people) {
        const k = own.filter(({ decides }) => decides.by === by).length
        const elsewhere = others.filter(({ decides }) => decides.by === by).length
        // Where nobody decides for anybody else the chance is 0, and of nothing it is 1.
        const p = binomial(k, own.length, [elsewhere, others.length])
        near(binomialUpper(k, own.length, elsewhere / others.length), p)
        tested.push({ by, who, k, p })
      }
    }
    expect(tested.length).toBeGreaterThan(200)
    const others = tested.filter(({ by, who, k }) => by !== who && k > 0)
    const out = discoveries(others.map(({ p }) => p), 0.01, tested.length)
    const wanted = others.filter(({ k }, i) => out[i] && k >= 5).map(({ by, who }) => `${key(by)} ${key(who)}`)
    const told = found('approval.pair', ledger).map(({ requests: [first] }) => `${first?.decision?.by?.key} ${first?.requester?.key}`)
    expect(told.toSorted()).toEqual(wanted.toSorted())
    expect(wanted.length).toBeGreaterThan(0)
  })

  test('which decisions came at once', () => {
    const seconds = latencies(cases).map((ms) => Math.log(Math.max(1, ms) / 1000))
    const median = middle(seconds)
    const mad = middle(seconds.map((value) => Math.abs(value - median)))
    near(spreadOf(seconds).median, median)
    near(spreadOf(seconds).mad, mad)
    for (const value of seconds.slice(0, 50)) near(modifiedZ(value, spreadOf(seconds)) ?? Number.NaN, (0.6745 * (value - median)) / mad)
    const wanted = cases.filter(({ asks, decides }) => {
      const ms = decides.at - asks.at
      return ms >= 0 && (ms < 10_000 || (0.6745 * (Math.log(Math.max(1, ms) / 1000) - median)) / mad < -3.5)
    })
    const told = found('approval.rubber_stamp.decision', ledger).flatMap(({ requests }) => requests)
    const ascending = (a: number, b: number) => a - b
    expect(told.map(({ asked }) => asked).toSorted(ascending)).toEqual(wanted.map(({ asks }) => asks.at).toSorted(ascending))
  })

  test('how decisions are shared out', () => {
    const counts = people.map((by) => cases.filter(({ decides }) => decides.by === by).length)
    near(concentration(counts), counts.reduce((sum, n) => sum + (n / cases.length) ** 2, 0))
    const { population } = look(ledger)
    const medians = [...latencies(cases)]
    const ours = population.decided.flatMap((one) => latencyOf(one) ?? [])
    near(middle(ours), middle(medians))
  })

  test('which days are busy: Poisson, or negative binomial where counts vary more', () => {
    const dayOf = (at: number) => Math.floor(at / 86_400_000)
    const isWorkday = (day: number) => ![0, 6].includes(new Date(day * 86_400_000).getUTCDay())
    const since = dayOf(Math.min(...cases.map(({ asks }) => asks.at)))
    let compared = 0
    const busy = new Set<string>()
    for (const by of people) {
      const days = cases.filter(({ decides }) => decides.by === by).map(({ decides }) => dayOf(decides.at))
      const countOn = (day: number) => days.filter((one) => one === day).length
      for (const day of new Set(days)) {
        const before: number[] = []
        for (let at = day - 1; at >= since && before.length < 20; at--) if (isWorkday(at)) before.push(countOn(at))
        const sum = before.reduce((total, n) => total + n, 0)
        const isTold = countOn(day) >= 5 && isWorkday(day) && before.length === 20
        if (!isTold || sum + countOn(day) < 20 || days.length < 20) continue
        const wanted = chanceOf(countOn(day), before)
        const told = judge(day, { since, countOn })
        expect(told !== null).toBe(wanted < 1e-4)
        if (told) near(told.p, wanted)
        if (told) busy.add(by)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(10)
    expect(found('approval.volume', ledger).flatMap(({ approvers }) => approvers).toSorted()).toEqual([...busy].toSorted())
  })
})
