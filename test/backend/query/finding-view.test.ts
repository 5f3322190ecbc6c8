import { describe, expect, test } from 'vitest'
import { findingView } from '../../../src/backend/query'
import type { ReadableStore } from '../../../src/backend/store'
import { ALL, add, NOW, record, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

type Fields = Parameters<typeof record>[1]

const range = { from: NOW, to: NOW + 60_000 }

async function holding(...events: NonNullable<Fields>[]): Promise<ReadableStore> {
  const store = await writable(tempFolder())
  add(store, events.map((fields, i) => record(`e${i}`, { time: NOW + i * 1000, ...fields })))
  return store
}

function viewOf(store: ReadableStore, values: string[], numbers: number[]) {
  const all = store.page(ALL, 0, 100).map(({ event }) => event)
  const events = numbers.flatMap((number) => all[number] ?? [])
  const { view, rows } = findingView(store, { range, values, events })
  return [view.query, rows]
}

describe('the view of a finding', () => {
  test('asks for what all of its events share, and no more', async () => {
    const store = await holding({ ip: '203.0.113.9', actor: { name: 'root' } }, { ip: '203.0.113.9', actor: { name: 'ana' } }, { ip: '192.0.2.1' })
    expect(viewOf(store, ['203.0.113.9'], [0, 1])).toEqual(['category:authentication action:login outcome:failure ip:203.0.113.9', 2])
  })

  test('leaves out an outcome or a value that only some have', async () => {
    const success: Fields = { outcome: 'success', ip: '203.0.113.9', actor: { name: 'ana' } }
    const store = await holding({ ip: '203.0.113.9', actor: { name: 'root' } }, success)
    expect(viewOf(store, ['ana', '203.0.113.9'], [0, 1])).toEqual(['category:authentication action:login ip:203.0.113.9', 2])
  })

  test('asks for a person wherever its events name that person', async () => {
    const grant: Fields = { category: 'privilege', action: 'grant', outcome: 'success', actor: { name: 'ana' }, target: { kind: 'user', name: 'Ben' } }
    const use: Fields = { category: 'sudo', action: 'sudo', outcome: 'success', actor: { name: 'ben' } }
    const store = await holding(grant, use, { outcome: 'success', actor: { name: 'eve' } })
    expect(viewOf(store, ['ben'], [0, 1])).toEqual(['outcome:success (user:ben OR target:ben)', 2])
  })

  test('of one event asks for what that event has', async () => {
    const store = await holding({ actor: { name: 'a "b" *' }, machine: { kind: 'host', name: 'web-1' } }, { actor: { name: 'other' } })
    expect(viewOf(store, [], [0])).toEqual([expect.stringMatching(/^category:authentication action:login outcome:failure user:".*" machine:web-1$/), 1])
  })

  test('shows all of the time where the events are not held any more', async () => {
    const store = await holding({}, {})
    expect(viewOf(store, ['203.0.113.9'], [])).toEqual(['', 2])
  })

  test('takes no value of a log for a word of the language', async () => {
    const store = await holding({ ip: '203.0.113.9', actor: { name: ') OR user:*' } }, { actor: { name: 'ana' } })
    expect(viewOf(store, [') OR user:*'], [0])[1]).toBe(1)
    expect(viewOf(store, [''], [0, 1])).toEqual(['category:authentication action:login outcome:failure', 2])
  })
})
