import { describe, expect, test } from 'vitest'
import { startBackend, type RunningBackend } from '../../src/backend'
import type { Ask, FindingRow } from '../../src/contract'
import { testPorts } from '../ports'
import { add, close, faultOf, NOW, record, writable } from './store/a-store'
import { tempFolder } from './temp-folder'

const DAY = 86_400_000
const FIRST = '203.0.113.9'
const OTHER = '198.51.100.4'
const BRUTE = 'auth.bruteforce.source'

type Fields = Parameters<typeof record>[1]

function failed(ip: string, from: number, count: number) {
  const fields: Fields = { ip, actor: { name: 'root' }, machine: { kind: 'host', name: 'web-1' } }
  return Array.from({ length: count }, (_, i) => record(`${ip}-${i}`, { ...fields, time: NOW + from + i * 1000 }))
}

/** Two addresses that fail often, one later than the other, between sign-ins that are nobody's concern. */
async function attacked(): Promise<string> {
  const workspace = tempFolder()
  const store = await writable(workspace)
  add(store, [...failed(FIRST, 0, 12), ...failed(OTHER, 3_600_000, 25), ...failed('192.0.2.1', 5000, 2)])
  add(store, [record('ok', { time: NOW + 500, outcome: 'success', ip: FIRST, actor: { name: 'ana' } })])
  add(store, [record('role', { time: NOW + 2 * DAY, category: 'privilege', action: 'role_change', actionRaw: 'role_changed', outcome: 'success', actor: { name: 'ana' }, target: { kind: 'user', name: 'ben' }, changes: [{ field: 'role', old: 'user', new: 'admin' }] })])
  close(store)
  return workspace
}

type Clock = { now: number }

async function running<T>(workspace: string, act: (backend: RunningBackend, clock: Clock) => Promise<T>): Promise<T> {
  const clock: Clock = { now: NOW }
  const backend = await startBackend({ workspace, ports: testPorts({ clock: { now: () => clock.now } }) })
  try {
    return await act(backend, clock)
  } finally {
    await backend.close()
  }
}

const ask = (more: Partial<Ask<'detection.findings'>> = {}): Ask<'detection.findings'> => ({
  levels: [], rule: null, text: '', range: null, suppressed: false, at: 0, count: 100, ...more,
})

async function found(backend: RunningBackend, more: Partial<Ask<'detection.findings'>> = {}) {
  for (;;) {
    const { value } = await backend.call('detection.findings', ask(more))
    if (value.run.state === 'done') return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const told = ({ rule, key, events }: FindingRow) => [rule, key, events]

describe('findings', () => {
  test('come the latest first, by level, rule, words and time, a page at a time', async () => {
    const workspace = await attacked()
    await running(workspace, async (backend) => {
      const { rows, total } = await found(backend, { rule: BRUTE })
      expect(rows.map(told)).toEqual([[BRUTE, OTHER, 25], [BRUTE, FIRST, 12]])
      expect(total).toBe(2)
      const all = await found(backend)
      expect(all.rows.map(({ crossed }) => crossed)).toEqual(all.rows.map(({ crossed }) => crossed).toSorted((a, b) => b - a))
      const high = await found(backend, { levels: ['high', 'critical'] })
      expect(high.rows.map(({ rule }) => rule)).toContain('priv.to_admin')
      expect(high.rows.every(({ level }) => level === 'high' || level === 'critical')).toBe(true)
      expect((await found(backend, { text: `many ${OTHER}` })).rows.map(told)).toEqual([[BRUTE, OTHER, 25]])
      const range = { from: NOW, to: NOW + 60_000 }
      expect((await found(backend, { range, rule: BRUTE })).rows.map(told)).toEqual([[BRUTE, FIRST, 12]])
      expect((await found(backend, { rule: BRUTE, at: 1, count: 1 })).rows.map(told)).toEqual([[BRUTE, FIRST, 12]])
    })
  })

  test('of one event are told by who acted on what', async () => {
    await running(await attacked(), async (backend) => {
      const [row] = (await found(backend, { rule: 'priv.to_admin' })).rows
      expect(row).toMatchObject({ isEvent: true, who: 'ana · user/ben', events: 1, start: NOW + 2 * DAY, mayBeginEarlier: false })
    })
  })

  test('that stand at the beginning of what is held may begin earlier, and say so', async () => {
    await running(await attacked(), async (backend) => {
      const { rows } = await found(backend, { rule: BRUTE })
      expect(rows.map(({ key, mayBeginEarlier }) => [key, mayBeginEarlier])).toEqual([[OTHER, false], [FIRST, true]])
    })
  })

  test('lead to a view of exactly their events, the sample among them', async () => {
    await running(await attacked(), async (backend) => {
      for (const { id, events, start, end } of (await found(backend)).rows) {
        const { value } = await backend.call('finding.get', { id })
        expect(value.view).toMatchObject({ range: { from: start, to: end + 1 }, order: 'asc' })
        expect([value.finding.rule, value.rows]).toEqual([value.rule.id, events])
        const { value: shown } = await backend.call('timeline.rows', { view: value.view, at: 0, count: 100 })
        expect(shown.rows.map(({ key }) => key)).toEqual(expect.arrayContaining(value.sample.map(({ key }) => key)))
      }
      const [brute] = (await found(backend, { rule: BRUTE, text: FIRST })).rows
      const { value } = await backend.call('finding.get', { id: brute?.id ?? '' })
      expect(value.view.query).toBe(`category:authentication action:login outcome:failure ip:${FIRST}`)
      expect(value.sample).toHaveLength(10)
    })
  })

  test('are looked for again when rows come', async () => {
    const workspace = await attacked()
    await running(workspace, async (backend) => {
      const before = (await found(backend)).total
      await backend.call('connection.remove', { name: 'logs', wipe: true })
      const after = await found(backend)
      expect([before > 0, after.total, after.run.isStale]).toEqual([true, 0, false])
    })
  })
})

describe('a suppression', () => {
  test('takes out what it names, is counted, outlives the program, and is taken back', async () => {
    const workspace = await attacked()
    await running(workspace, async (backend) => {
      await found(backend)
      const before = (await backend.call('detection.rules', {})).value.counts.medium
      const { value } = await backend.call('finding.suppress', { rule: BRUTE, key: OTHER, reason: 'own scanner', until: null })
      expect(value).toEqual({ hides: 1 })
      expect((await backend.call('detection.rules', {})).value.counts.medium).toBe(before - 1)
    })
    await running(workspace, async (backend) => {
      const { rows, suppressed } = await found(backend, { rule: BRUTE })
      expect([rows.map(({ key }) => key), suppressed]).toEqual([[FIRST], 1])
      const shown = await found(backend, { rule: BRUTE, suppressed: true })
      expect(shown.rows.map(({ key, suppressed: by }) => [key, by])).toEqual([[OTHER, { key: OTHER, reason: 'own scanner' }], [FIRST, null]])
      const { value } = await backend.call('detection.rules', {})
      expect(value.suppressions).toMatchObject([{ rule: BRUTE, key: OTHER, who: OTHER, reason: 'own scanner', since: NOW, hides: 1, isOver: false }])
      expect(value.rules.find(({ id }) => id === BRUTE)).toMatchObject({ findings: 1, suppressed: 1 })
      await backend.call('finding.unsuppress', { rule: BRUTE, key: OTHER })
      expect((await found(backend, { rule: BRUTE })).total).toBe(2)
    })
  })

  test('of a whole rule counts what none of a key does, and one for the same takes its place', async () => {
    await running(await attacked(), async (backend) => {
      await found(backend)
      await backend.call('finding.suppress', { rule: BRUTE, key: OTHER, reason: 'first', until: null })
      await backend.call('finding.suppress', { rule: BRUTE, key: OTHER, reason: 'second', until: null })
      await backend.call('finding.suppress', { rule: BRUTE, key: null, reason: 'noise', until: null })
      const { suppressions } = (await backend.call('detection.rules', {})).value
      expect(suppressions.map(({ key, reason, hides }) => [key, reason, hides])).toEqual([[null, 'noise', 1], [OTHER, 'second', 1]])
      expect((await found(backend, { rule: BRUTE })).suppressed).toBe(2)
    })
  })

  test('ends when its time has come, and stays listed as over', async () => {
    await running(await attacked(), async (backend, clock) => {
      await found(backend)
      await backend.call('finding.suppress', { rule: BRUTE, key: null, reason: 'maintenance', until: NOW + DAY })
      expect((await found(backend, { rule: BRUTE })).total).toBe(0)
      clock.now = NOW + DAY
      expect((await found(backend, { rule: BRUTE })).total).toBe(2)
      expect((await backend.call('detection.rules', {})).value.suppressions).toMatchObject([{ hides: 0, isOver: true }])
      const past = faultOf(() => backend.call('finding.suppress', { rule: BRUTE, key: null, reason: 'x', until: NOW }))
      expect(await past).toMatchObject({ code: 'bad-ask' })
    })
  })

  test('that the settings hold in no form that is known is left out', async () => {
    const workspace = await attacked()
    const store = await writable(workspace)
    store.setSetting('detection.suppressions', JSON.stringify([{ rule: BRUTE }, null, 5, { rule: BRUTE, key: null, reason: 'r', since: 1, until: null }]))
    store.setSetting('detection.levels', '{"broken')
    close(store)
    await running(workspace, async (backend) => {
      await found(backend)
      expect((await backend.call('detection.rules', {})).value.suppressions.map(({ reason }) => reason)).toEqual(['r'])
    })
  })
})

describe('the level of a rule', () => {
  test('moves its findings, and goes back to its own', async () => {
    await running(await attacked(), async (backend) => {
      await found(backend)
      await backend.call('detection.setLevel', { rule: BRUTE, level: 'critical' })
      expect((await found(backend, { levels: ['critical'] })).rows.map(told)).toEqual([[BRUTE, OTHER, 25], [BRUTE, FIRST, 12]])
      expect((await backend.call('detection.rules', {})).value.counts.critical).toBe(2)
      await backend.call('detection.setLevel', { rule: BRUTE, level: null })
      expect((await found(backend, { levels: ['critical'] })).total).toBe(0)
    })
  })
})

describe('the rules', () => {
  test('are all told with what they look for, the gravest first', async () => {
    await running(tempFolder(), async (backend) => {
      await found(backend)
      const { rules } = (await backend.call('detection.rules', {})).value
      expect(rules.length).toBeGreaterThan(30)
      expect(rules.filter(({ description, title, parameters }) => description === '' || title === '' || parameters.length === 0)).toEqual([])
      expect(rules.find(({ id }) => id === 'auth.bruteforce.user')).toMatchObject({
        level: 'medium',
        description: 'At least 10 events of one actor within 10m: failed sign-in.',
        parameters: [['Counts', 'at least 10 events'], ['Of', 'Failed sign-in'], ['Of one', 'actor'], ['Within', '10m']],
      })
      expect(rules.map(({ id }) => id)).not.toContain('auth.failed')
    })
  })
})
