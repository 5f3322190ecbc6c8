import { describe, expect, test } from 'vitest'
import { DetectionRunner, type Pace } from '../../../src/backend/detect/runner'
import { ownRules } from '../../../src/backend/detect'
import type { WritableStore } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { add, NOW, record, writable } from '../store/a-store'

const FAST: Pace = { slice: 0, atWork: 1000, giveWay: 1, answer: 150, mostWait: 1, quiet: 1, rest: 1, tell: 0 }

/** Failed sign-ins of one address, a second apart. */
function guesses(from: number, count: number) {
  return Array.from({ length: count }, (_, i) =>
    record(`g${from + i}`, { time: NOW + (from + i) * 1000, ip: '203.0.113.9', actor: { name: 'root' }, machine: { kind: 'host', name: 'web-1' } }),
  )
}

type Watched = { runner: DetectionRunner; told: { done: number; total: number }[]; errors: unknown[]; until(holds: () => boolean): Promise<void> }

function watched(store: WritableStore, pace = FAST, sinceAsked = () => Infinity): Watched {
  const told: { done: number; total: number }[] = []
  const errors: unknown[] = []
  let wake = () => {}
  const runner = new DetectionRunner({
    store,
    rules: ownRules(),
    now: () => NOW,
    onProgress: (progress) => told.push(progress),
    onChange: () => wake(),
    onError: (error) => errors.push(error),
    sinceAsked,
    pace,
  })
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      wake = () => holds() && resolve()
      wake()
    })
  return { runner, told, errors, until }
}

const isDone = ({ runner }: Watched) => () => runner.state().state === 'done' && !runner.state().isStale
const rulesOf = ({ runner }: Watched) => runner.found().findings.map(({ rule }) => rule)

describe('a run of the rules', () => {
  test.each([
    ['is at work', 500, 1],
    ['asked a moment ago', 0, 3],
  ])('gives way to who %s, and comes to its end all the same', async (_, since, times) => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 300))
    const giveWay = 20
    const watch = watched(store, { ...FAST, giveWay, mostWait: 3 * giveWay }, () => since)
    const began = performance.now()
    watch.runner.want()
    await watch.until(isDone(watch))
    expect(watch.told.length).toBeGreaterThan(8)
    // A timer ends no sooner than it says, but for what it rounds.
    expect(performance.now() - began).toBeGreaterThan(watch.told.length * times * (giveWay - 1))
    expect(rulesOf(watch)).toContain('auth.bruteforce.source')
    watch.runner.close()
  })

  test('begins when it is asked for, goes on in turns, and ends with what was found', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 300))
    const watch = watched(store)
    expect(watch.runner.state()).toEqual({ state: 'done', done: 0, total: 0, asOf: null, isStale: true })
    watch.runner.want()
    expect(watch.runner.state()).toMatchObject({ state: 'running', done: 0, total: 300 })
    expect(watch.runner.found().findings).toEqual([])
    await watch.until(isDone(watch))
    expect(watch.runner.state()).toEqual({ state: 'done', done: 300, total: 300, asOf: NOW, isStale: false })
    expect(rulesOf(watch)).toContain('auth.bruteforce.source')
    // A turn of no time is one step.
    const told = [...new Set(watch.told.map(({ done }) => done))]
    // On a slow machine it pauses between them too, where it leaves a checkpoint.
    expect(told.filter((done) => done % 32 === 0)).toEqual([32, 64, 96, 128, 160, 192, 224, 256, 288])
    expect(watch.told.every(({ total }) => total === 300)).toBe(true)
    watch.runner.close()
  })

  test('is not made again where nothing changed, and is where something did', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 3))
    const watch = watched(store)
    watch.runner.want()
    await watch.until(isDone(watch))
    expect(rulesOf(watch)).toEqual([])
    const before = watch.runner.found().findings
    watch.runner.want()
    expect(watch.runner.state().state).toBe('done')
    expect(watch.runner.found().findings).toBe(before)
    store.setSetting('zone', 'UTC')
    expect(watch.runner.state().isStale).toBe(false)
    add(store, guesses(3, 20))
    expect(watch.runner.state()).toMatchObject({ state: 'done', isStale: true })
    watch.runner.want()
    await watch.until(isDone(watch))
    expect(rulesOf(watch)).toContain('auth.bruteforce.source')
    watch.runner.close()
  })

  test('is cut by rows that come, and begins anew with them', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 3))
    const watch = watched(store)
    watch.runner.want()
    expect(watch.runner.state().state).toBe('running')
    add(store, guesses(3, 20))
    expect(watch.runner.state()).toMatchObject({ state: 'waiting', isStale: true, asOf: null })
    await watch.until(isDone(watch))
    expect(watch.runner.state()).toMatchObject({ done: 23, total: 23 })
    expect(rulesOf(watch)).toContain('auth.bruteforce.source')
    watch.runner.close()
  })

  test('goes on where only what is held comes again, and is due once more after it', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 30))
    const watch = watched(store, { ...FAST, rest: 3_600_000 })
    watch.runner.want()
    add(store, guesses(0, 5))
    expect(watch.runner.state()).toMatchObject({ state: 'running', isStale: true })
    await watch.until(() => watch.runner.state().asOf !== null)
    watch.runner.want()
    expect(watch.runner.state()).toMatchObject({ state: 'waiting', asOf: NOW })
    watch.runner.close()
  })

  test('that fails is told, tried once more, and then left until something changes', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 3))
    const whole = store.cursor.bind(store)
    let failures = 0
    store.cursor = (view) => {
      failures++
      return { ...whole(view), to: () => { throw new Error('the row is gone') } }
    }
    const watch = watched(store)
    watch.runner.want()
    await watch.until(() => watch.errors.length === 1)
    expect(watch.runner.state()).toMatchObject({ state: 'failed', asOf: null, isStale: true })
    watch.runner.want()
    await watch.until(() => watch.errors.length === 2)
    watch.runner.want()
    expect([watch.runner.state().state, failures]).toEqual(['failed', 2])
    store.cursor = whole
    add(store, guesses(3, 20))
    watch.runner.want()
    await watch.until(isDone(watch))
    expect(rulesOf(watch)).toContain('auth.bruteforce.source')
    watch.runner.close()
  })

  test('ends at once when it is closed, and begins no more', async () => {
    const store = await writable(tempFolder())
    add(store, guesses(0, 30))
    const watch = watched(store)
    watch.runner.want()
    watch.runner.close()
    expect(watch.runner.found().findings).toEqual([])
    watch.runner.want()
    expect(watch.runner.state().state).toBe('done')
    add(store, guesses(30, 3))
    expect(watch.errors).toEqual([])
  })
})
