import { describe, expect, it } from 'vitest'
import { detect, ownRules, type Finding } from '../../../src/backend/detect'
import { detectSteps } from '../../../src/backend/detect/detect'
import { forgetFrom, noHistory, type History } from '../../../src/backend/detect/history'
import type { ChangeMark, IncomingRecord, WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, FROM_FILE, NOW, record, writable } from '../store/a-store'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const RULES = ownRules()

/** From 0 up to, not including, 1. */
type Chance = () => number

function randomFrom(seed: number): Chance {
  const random = new Random(seed)
  return () => random.int(1_000_000) / 1_000_000
}

const pick = <T>(random: Chance, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

/** Any event that rules are about, of few users, sources and machines, so that much falls into one window. */
function event(random: Chance, time: number): Parameters<typeof record>[1] {
  const actor = { name: pick(random, ['ana', 'bea', 'cem', 'dov', 'eve', 'fin', 'gus', 'hal', 'ida', 'jon', 'kim']) }
  const ip = pick(random, ['203.0.113.5', '203.0.113.6', '198.51.100.1', '198.51.100.2', '2001:db8::1'])
  const machine = { kind: 'host', id: 'm', name: pick(random, ['web-prod-1', 'db-prod-2', 'app']) }
  const shared = { time, actor, ip, machine, repeat: random() < 0.1 ? 3 : 1 }
  const kind = random()
  if (kind < 0.5) return { ...shared, outcome: 'failure' }
  if (kind < 0.7) return { ...shared, outcome: 'success' }
  if (kind < 0.8) return { ...shared, category: 'resource', action: 'delete', outcome: 'success', target: { kind: pick(random, ['a', 'b', 'c', 'machine']) } }
  if (kind < 0.85) return { ...shared, category: 'privilege', action: 'role_change', outcome: 'success', target: { kind: 'user', name: 'bea' }, changes: [{ field: 'role', old: 'user', new: 'admin' }] }
  if (kind < 0.9) return { ...shared, category: 'token', action: 'api_key_create', outcome: 'success' }
  if (kind < 0.95) return { ...shared, category: 'sudo', action: 'sudo', outcome: 'success', command: '/bin/id' }
  return { ...shared, category: 'command', action: 'execute', outcome: 'unknown', command: pick(random, ['history -c', 'ls', 'sudo id']) }
}

class Followed {
  readonly #history: History = noHistory()
  #mark: ChangeMark | null = null
  /** Rows that the last run looked at. */
  looked = 0

  /** `steps` ends a run before its end. */
  run(store: WritableStore, most = Number.POSITIVE_INFINITY): Finding[] {
    const earliest = store.changedSince(this.#mark)
    if (earliest !== null) forgetFrom(this.#history, earliest)
    this.#mark = store.mark()
    const steps = detectSteps(store, RULES, { history: this.#history })
    this.looked = store.state().held - (this.#history.checkpoints.at(-1)?.done ?? 0)
    for (let taken = 0; taken < most; taken++) {
      const step = steps.next()
      if (step.done) return step.value.findings
    }
    return []
  }
}

const SERVER = { ...FROM_FILE, origin: 'request' as const }

describe('a run that goes on from the last one', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))('finds what a whole run finds, whatever came, %i', async (seed) => {
    const random = randomFrom(1000 + seed)
    const store = await writable(tempFolder())
    const followed = new Followed()
    let end = NOW
    let known = 0
    const make = (time: number, id = `e${known++}`): IncomingRecord => record(id, event(random, Math.floor(time / 1000) * 1000), `raw ${id} ${time}`)
    for (let round = 0; round < 14; round++) {
      const count = 1 + Math.floor(random() * 120)
      const from = end
      const how = random()
      const ahead = pick(random, [10 * MINUTE, DAY, 20 * DAY])
      const batch = Array.from({ length: count }, () => {
        if (how < 0.5) return make((end += random() * (ahead / count)))
        if (how < 0.75) return make(from - random() * ahead)
        if (how < 0.9) return make(from - random() * ahead, `e${Math.floor(random() * known)}`)
        return make(NOW - random() * 100 * DAY)
      })
      const connection = random() < 0.8 ? 'acme' : 'other'
      const unique = [...new Map(batch.map((one) => [one.id, one])).values()]
      store.append(unique, SERVER, { connection, kind: 'webxterm' })
      if (random() < 0.1 && store.connections().some(({ name }) => name === 'other')) await store.remove('other', true)
      if (random() < 0.1) store.setSetting('zone', 'UTC')
      // Some are cut, as by what comes meanwhile.
      if (random() < 0.3) followed.run(store, Math.floor(random() * 10))
      else expect(followed.run(store)).toEqual(detect(store, RULES, null))
    }
    expect(followed.run(store)).toEqual(detect(store, RULES, null))
  }, 60_000)

  it('looks at little more than what came at the end', async () => {
    const store = await writable(tempFolder())
    const random = randomFrom(5)
    const at = (i: number) => NOW + i * 20_000
    add(store, Array.from({ length: 20_000 }, (_, i) => record(`e${i}`, event(random, at(i)))))
    const followed = new Followed()
    followed.run(store)
    add(store, Array.from({ length: 50 }, (_, i) => record(`f${i}`, event(random, at(20_000 + i)))))
    followed.run(store)
    expect(followed.looked).toBe(50)
    add(store, [record('late', event(random, at(20_000) - 30 * MINUTE))])
    followed.run(store)
    expect(followed.looked).toBeLessThan(400)
    expect(followed.run(store)).toEqual(detect(store, RULES, null))
    expect(followed.looked).toBe(0)
  })
})
