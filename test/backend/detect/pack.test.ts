import { describe, expect, it } from 'vitest'
import { detect, ownRules } from '../../../src/backend/detect'
import { detectSteps } from '../../../src/backend/detect/detect'
import { noHistory } from '../../../src/backend/detect/history'
import { NOW } from '../store/a-store'
import { runOwn, storeOf, type Told } from './a-detection'
import { CHANGE_CASES } from './change-cases'
import { COMMAND_CASES } from './command-cases'
import { SIGN_IN_CASES } from './sign-in-cases'
import { DAY, MINUTE, failed, later, login, sudo, times, type Case } from './told-events'

const CASES: Record<string, Case> = { ...SIGN_IN_CASES, ...CHANGE_CASES, ...COMMAND_CASES }

describe('the own rules', () => {
  it('all compile, and all have their cases', () => {
    const rules = ownRules()
    expect(rules.refused).toEqual([])
    const telling = [...rules.detections, ...rules.correlations, ...rules.detectors].map(({ head }) => head.id).filter((id) => !rules.quiet.has(id))
    expect(Object.keys(CASES).toSorted()).toEqual(telling.toSorted())
  })

  it.each(Object.entries(CASES))('%s', async (id, { must, not }) => {
    const tells = async (events: Told[]) => runOwn(await storeOf(events)).some(({ rule }) => rule === id)
    for (const events of must) expect([await tells(events), events]).toEqual([true, events])
    for (const events of not) expect([await tells(events), events]).toEqual([false, events])
  })
})

describe('people who mistype at their own place', () => {
  const OFFICE = '198.51.100.7'
  const people = Array.from({ length: 12 }, (_, i) => `u${i}`)
  /** Others come from elsewhere, so that the office is no proxy. */
  const others = times(12, 1, (i) => login('success', [`o${i}`, `192.0.2.${i}`], { time: later(-3) }))
  const before = [...others, ...people.map((user) => login('success', [user, OFFICE], { time: later(-3) }))]
  const morning = (more: (user: string, time: number) => Told[]) =>
    people.flatMap((user, i) => {
      const time = NOW + i * 4 * MINUTE
      return [...[0, 1, 2].map((n) => login('failure', [user, OFFICE], { time: time + n * 20_000 })), ...more(user, time + MINUTE)]
    })
  const rules = async (events: Told[]) => new Set(runOwn(await storeOf(events)).map(({ rule }) => rule))

  it('are nothing to look at once they are in', async () => {
    expect(await rules([...before, ...morning((user, time) => [login('success', [user, OFFICE], { time })])])).toEqual(new Set())
  })

  it('are known under any of their names', async () => {
    const inside = (user: string, time: number) => [login('success', [user, OFFICE], { time, actor: { name: user, email: `${user}@x.test` } })]
    const mails = [...before, ...people.map((user) => inside(user, later(-2))).flat(), ...morning(inside)].map((event) =>
      event.outcome === 'failure' ? { ...event, actor: { name: `${event.actor?.name}@x.test`, email: `${event.actor?.name}@x.test` } } : event,
    )
    expect(await rules(mails)).toEqual(new Set())
  })

  it('are looked at where they do not get in, and where nobody came from before', async () => {
    expect(await rules([...before, ...morning(() => [])])).toContain('auth.spray')
    expect(await rules(morning((user, time) => [login('success', [user, OFFICE], { time })]))).toContain('auth.success_after_failures')
  })
})

describe('a proxy in front of the server', () => {
  const through = (users: number, others: number) => [
    ...times(users, 1, (i) => login('success', [`u${i}`, '203.0.113.5'])),
    ...times(others, 1, (i) => login('success', [`o${i}`, `192.0.2.${i}`])),
    ...failed(12, 0.5, (i) => login('failure', [`x${i}`, '203.0.113.5'])).map((event) => ({ ...event, time: (event.time ?? NOW) + DAY })),
  ]
  const found = async (events: Told[]) => {
    const steps = detectSteps(await storeOf(events), ownRules(), { history: noHistory() })
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  }

  it('makes rules about one source say nothing, and that is told', async () => {
    const { findings, inactive } = await found(through(13, 7))
    expect(findings.map(({ rule }) => rule)).not.toContain('auth.bruteforce.source')
    expect([...inactive.keys()].toSorted()).toEqual(['auth.bruteforce.source', 'auth.dictionary', 'auth.horizontal', 'auth.spray', 'auth.stuffing', 'auth.user_enumeration'])
    expect(inactive.get('auth.spray')).toContain('13 of 20 users signed in from 203.0.113.5')
  })

  it('is not seen in 60 of 100, nor among few', async () => {
    for (const events of [through(12, 8), through(9, 0)]) {
      const { findings, inactive } = await found(events)
      expect([inactive.size, findings.some(({ rule }) => rule === 'auth.bruteforce.source')]).toEqual([0, true])
    }
  })
})

describe('what is done on production', () => {
  it('is one finding a day for each user and machine', async () => {
    const store = await storeOf([
      ...times(40, 60, () => sudo('ana', 'web-prod')).map((event, i) => ({ ...event, time: NOW + i * 60 * MINUTE })),
      ...times(3, 1, () => sudo('bea', 'web-prod')),
    ])
    const told = runOwn(store).filter(({ rule }) => rule === 'prod.sudo')
    expect(told.map(({ key, events, peak }) => [key, events, peak])).toEqual([
      ['ana, web-prod', 12, 12],
      ['bea, web-prod', 3, 3],
      ['ana, web-prod', 24, 24],
      ['ana, web-prod', 4, 4],
    ])
  })

  it('is on the machines that are named', async () => {
    const store = await storeOf([sudo('ana', 'web-prod'), sudo('ana', 'CORE-1')])
    expect(detect(store, ownRules('core-*'), null).map(({ key }) => key)).toEqual(['ana, core-1'])
  })
})

describe('a sign-in after failures', () => {
  const found = async (events: Told[]) => runOwn(await storeOf(events)).filter(({ rule }) => rule === 'auth.success_after_failures')

  it('is high where the user never came from there, and medium where he did', async () => {
    const attempts = failed(10, 1, (i) => login('failure', ['ana', `203.0.113.${i}`]))
    const after = login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })
    const before = login('success', ['ana', '192.0.2.1'], { time: NOW - 29 * 1440 * MINUTE })
    expect(await found([...attempts, after])).toMatchObject([{ level: 'high', key: 'ana, 192.0.2.1', peak: 10, events: 11 }])
    expect(await found([before, ...attempts, after])).toMatchObject([{ level: 'medium' }])
  })

  it('tells of which user, since when, and with which events', async () => {
    const attempts = failed(6, 1, () => login('failure', ['Ana', '203.0.113.5']))
    const [finding] = await found([...attempts, login('success', ['ana', '203.0.113.5'], { time: NOW + 10 * MINUTE })])
    expect(finding).toMatchObject({ level: 'high', start: NOW, crossed: NOW + 10 * MINUTE, end: NOW + 10 * MINUTE, peak: 6, events: 7 })
    expect(finding?.why).toContain('6 failed sign-ins of this user from this source')
  })

  it('weighs failures by repeat', async () => {
    const attempts = [login('failure', ['ana', '203.0.113.5'], { repeat: 5, time: NOW })]
    expect(await found([...attempts, login('success', ['ana', '203.0.113.5'], { time: NOW + MINUTE })])).toHaveLength(1)
  })
})
