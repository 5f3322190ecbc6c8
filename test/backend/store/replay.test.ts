import { expect, test } from 'vitest'
import type { ReadableStore, WritableStore } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, contents, filesWith, keys, NOW, readable, record, reopened, writable } from './a-store'
import { bring, FACTS, hex, keyOf, SERVER, stream } from './a-server'

const DRIFTS = ['changed', 'late', 'vanished'] as const
const IDS = 40
const STREAMS = ['audit', 'logs/1']

/** All that can be asked of a store, with the places its body leads to. */
function everything(store: ReadableStore) {
  const held = keys(store)
  return {
    rows: contents(store),
    state: { ...store.state(), recovered: [] },
    shown: keys(store, { ...ALL, companions: false }),
    drifts: DRIFTS.map((what) => keys(store, { ...ALL, filter: { kind: 'drift', what } })),
    drift: store.drift(),
    connections: store.connections(),
    coverage: store.coverage(null),
    revisions: held.map((key) => store.revisions(key).map(({ until, rawSha256, event }) => [until, rawSha256, event])),
    links: held.map((key) => store.linkedFrom(key).map((link) => `${link.relation} ${link.key}`).toSorted()),
    pages: held.map((key) => store.pageOf(key)).map((page) => page && [hex(page.bytes), page.provenance, page.offset, page.length]),
    held: ['one', 'two'].flatMap((connection) => STREAMS.map((name) => store.keysIn({ connection, stream: name }, { from: 0, to: NOW * 2 }))),
  }
}

function given(random: Random) {
  return Array.from({ length: 1 + random.int(12) }, () => {
    const id = `${random.int(IDS)}`
    const name = random.pick(STREAMS)
    const fields = { time: NOW + Number(id) * 900, category: 'command' as const, command: `do ${Number(id) % 7}`, machine: { id: 'm' }, actor: { name: 'u' } }
    return { id, stream: name, text: `${random.pick(['a', 'b', 'c'])} of ${name} ${id}`, fields }
  })
}

async function act(store: WritableStore, random: Random, at: number): Promise<void> {
  const connection = random.pick(['one', 'two'])
  const start = NOW + random.int(IDS) * 900
  const range = { stream: random.pick(STREAMS), from: start, to: start + 5000, state: random.pick(['complete', 'partial'] as const) }
  const gone = Array.from({ length: random.int(3) }, () => keyOf(`${random.int(IDS)}`, random.pick(STREAMS)))
  switch (random.pick(['page', 'page', 'page', 'page', 'note', 'vanish', 'same', 'file'])) {
    case 'page':
      bring(store, given(random), { connection, at, ...(random.chance(0.5) ? { coverage: [range] } : {}), ...(random.chance(0.2) ? { vanished: gone } : {}) })
      break
    case 'note':
      store.note({ ...SERVER, connection, server: FACTS, streams: [stream(range.stream, { requests: at })], coverage: [{ ...range, serverTotal: 3 }] })
      break
    case 'vanish':
      store.note({ ...SERVER, connection, vanished: gone })
      break
    case 'same':
      if (store.connections().some(({ name }) => name === connection)) await store.linkSame(connection, { from: start, to: start + 20_000 })
      break
    default:
      add(store, [record(`f${random.int(9)}`, { time: NOW + random.int(9) })], { ready: {} })
  }
}

test.each([1, 2, 3, 5])('whatever happened is the same when it is read back, and when it was rewritten (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  let store = await writable(folder)
  for (let round = 0; round < 5; round++) {
    for (let step = 0; step < 12; step++) {
      await act(store, random, NOW + round * 100 + step)
      if (random.chance(0.2)) everything(store)
    }
    const before = everything(store)
    expect(everything(await readable(folder))).toEqual(before)
    store = await reopened(store, folder)
    expect(everything(store)).toEqual(before)
    add(store, [record('x', { time: 1 })], { connection: 'else', ready: {} })
    await store.remove('else', true)
    expect(everything(store)).toEqual(before)
    expect(everything(await readable(folder))).toEqual(before)
  }
  const wiped = random.pick(['one', 'two'])
  if (store.connections().some(({ name }) => name === wiped)) await store.remove(wiped, true)
  const left = everything(store)
  expect(left.connections.map(({ name }) => name)).not.toContain(wiped)
  expect(everything(await readable(folder))).toEqual(left)
  const shownTexts = new Set(left.rows.map(({ event }) => event.attributes['text']))
  const keptTexts = new Set(left.revisions.flat().map(([, , event]) => (event as { attributes: Record<string, string> }).attributes['text']))
  for (const text of STREAMS.flatMap((name) => Array.from({ length: IDS }, (_, id) => ['a', 'b', 'c'].map((state) => `${state} of ${name} ${id}`)).flat())) {
    if (!shownTexts.has(text) && !keptTexts.has(text)) expect(filesWith(folder, `"${text}"`), text).toEqual([])
  }
})
