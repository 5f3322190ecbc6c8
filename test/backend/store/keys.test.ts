import { expect, test } from 'vitest'
import type { Filter, KeySets, ReadableStore, StoreView, TextMatch } from '../../../src/backend/store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, ALL, ids, keys, NOW, record, records, reopened, writable } from './a-store'
import type { Wrote } from './naive-filter'
import { countOf, histogramOf, NaiveStore, shown, shownOf } from './naive-store'
import { randomRecord } from './random-records'
import { randomFilter, randomView } from './random-views'

const SETS = ['marked', 'cited', 'commented'] as const
const TAGS = ['bad', 'suspicious', 'good', 'To ask', 'c2', 'C3', 'ü*']

/** Marks as a list of what was written about each key. */
class Writing implements KeySets {
  readonly wrote = new Map<string, Wrote>()
  readonly #changed: string[] = []

  put(key: string, wrote: Wrote | null): void {
    if (wrote) this.wrote.set(key, wrote)
    else this.wrote.delete(key)
    this.#changed.push(key)
  }

  revision = () => this.#changed.length
  citedRevision = () => this.#changed.length
  /** Of what is long ago, nothing is known any more. */
  changedSince = (changes: number) => (changes < this.#changed.length - 60 ? null : this.#changed.slice(changes))
  marked = () => this.#of('marked')
  cited = () => this.#of('cited')
  commented = () => this.#of('commented')

  tags(): Map<string, Set<string>> {
    const used = new Set([...this.wrote.values()].flatMap(({ tags }) => tags))
    return new Map(Array.from(used, (tag) => [tag, new Set([...this.wrote].flatMap(([key, { tags }]) => (tags.includes(tag) ? [key] : [])))]))
  }

  #of(set: string): Set<string> {
    return new Set([...this.wrote].flatMap(([key, { of }]) => (of.includes(set) ? [key] : [])))
  }
}

function writing(store: ReadableStore, marks: Record<string, Partial<Wrote>> = {}): Writing {
  const written = new Writing()
  for (const [key, { of = ['marked'], tags = [] }] of Object.entries(marks)) written.put(key, { of, tags })
  store.useKeys(written)
  return written
}

const MARKED: Filter = { kind: 'keys', of: 'marked' }
const marked: StoreView = { ...ALL, filter: MARKED }
const tagged = (value: string): StoreView => ({ ...ALL, filter: { kind: 'tag', match: { op: 'equals', value } } })
const keyOf = (id: string) => `sshd:web-1:auth:${id}`

function randomKeyFilter(random: Random): Filter {
  const match = random.pick<TextMatch>([
    { op: 'equals', value: random.pick(TAGS).toUpperCase() },
    { op: 'wildcard', pattern: random.pick(['*', 'c?', 'b*', 'ü*']) },
    { op: 'regex', pattern: random.pick([/^c\d/, /^C\d/i]) },
  ])
  const own: Filter = random.chance(0.5) ? { kind: 'keys', of: random.pick(SETS) } : { kind: 'tag', match }
  const parts = [own, randomFilter(random, 1)]
  return random.pick([own, { kind: 'not', part: own }, { kind: 'and', parts }, { kind: 'or', parts }])
}

test.each([1, 2])('what people wrote decides as in a list looked through row by row (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  const naive = new NaiveStore()
  const written = new Writing()
  let store = await writable(folder)
  store.useKeys(written)
  const views = Array.from({ length: 12 }, () => ({ ...randomView(random), filter: randomKeyFilter(random) }))
  for (let round = 0; round < 18; round++) {
    // Some keys are written about before their record comes, and some records come and never are.
    for (let at = random.int(40); at > 0; at--) {
      const isHeld = naive.rows.length > 0 && random.chance(0.7)
      const id = isHeld ? random.pick(naive.rows).event.key.replace(/^[^:]*:/, '') : `web-1:auth:r${random.int(900)}`
      const key = `${random.pick(['sshd', 'teleport'])}:${id}`
      const tags = TAGS.filter(() => random.chance(0.3))
      written.put(key, random.chance(0.25) ? null : { of: SETS.filter(() => random.chance(0.5)), tags })
    }
    if (round % 3 === 0) {
      const incoming = Array.from({ length: 120 }, () => randomRecord(new Random(random.int(5000)), `r${random.int(900)}`))
      const holder = random.pick([{ name: 'logs', kind: 'sshd' }, { name: 'other', kind: 'teleport' }])
      add(store, incoming, { connection: holder.name, kind: holder.kind })
      naive.append(incoming, holder)
    }
    if (round === 8) {
      await store.remove('other', true)
      naive.remove('other')
    }
    if (round === 13) {
      store = await reopened(store, folder)
      store.useKeys(written)
    }
    for (const row of naive.rows) {
      const wrote = written.wrote.get(row.event.key)
      if (wrote) row.wrote = wrote
      else delete row.wrote
    }
    for (const view of random.chance(0.3) ? views : views.filter(() => random.chance(0.5))) checkView(store, naive, view)
  }
})

function checkView(store: ReadableStore, naive: NaiveStore, view: StoreView): void {
  const rows = naive.view(view)
  expect(store.count(view)).toEqual(countOf(rows))
  expect(shown(store, view)).toEqual(shownOf(rows))
  const buckets = { from: NOW - 1000, step: 500, count: 9 }
  expect(store.histogram(view, buckets)).toEqual(histogramOf(rows, buckets))
  for (const from of [-1, 0, rows.length >> 1, rows.length]) {
    const next = rows.findIndex((row, at) => at > from && row.wrote?.of.includes('marked'))
    expect(store.nextMarked(view, from, 'forward')).toBe(next < 0 ? null : next)
    const before = rows.findLastIndex((row, at) => at < from && row.wrote?.of.includes('marked'))
    expect(store.nextMarked(view, from, 'back')).toBe(before < 0 ? null : before)
  }
}

test('a record that a server changes stays the one that was marked', async () => {
  const store = await writable(tempFolder())
  const held = record('a', { action: 'login' }, 'first bytes')
  add(store, [held, record('b')], { kind: 'webxterm', connection: 'server' })
  writing(store, { 'webxterm:web-1:auth:a': {} })
  expect(ids(store, marked)).toEqual(['a'])
  const request = { origin: 'request' as const, place: 'GET /api/audit', fetchedAt: NOW }
  const changed = store.append([record('a', { action: 'logout' }, 'other bytes')], request, { kind: 'webxterm', connection: 'server' })
  expect(changed.changed).toBe(1)
  expect(store.page(marked, 0, 9).map(({ event }) => event.action)).toEqual(['logout'])
})

test('marks outlive the wipe of a connection and are there when its records come again', async () => {
  const store = await writable(tempFolder())
  add(store, records(0, 50))
  writing(store, { [keyOf('id-7')]: {}, [keyOf('id-70')]: {} })
  expect(ids(store, marked)).toEqual(['id-7'])
  await store.remove('logs', true)
  expect(ids(store, marked)).toEqual([])
  add(store, records(0, 100), { connection: 'again' })
  expect(ids(store, marked)).toEqual(['id-7', 'id-70'])
})

test('rows of an import that is not to be seen yet are not found by their marks', async () => {
  const store = await writable(tempFolder())
  writing(store, { [keyOf('id-1')]: { tags: ['bad'] } })
  add(store, records(0, 3), { connection: 'new', pending: true })
  expect(ids(store, marked)).toEqual([])
  expect(store.tags()).toEqual([])
  add(store, [], { connection: 'new', pending: true, ready: {} })
  expect(ids(store, marked)).toEqual(['id-1'])
  expect(store.tags()).toEqual([{ value: 'bad', rows: 1, count: 1 }])
})

test('tags are counted over the records that have them', async () => {
  const store = await writable(tempFolder())
  add(store, [record('a', { repeat: 5 }), record('b'), record('c', { companion: true })])
  const written = writing(store, {
    [keyOf('a')]: { tags: ['bad', 'c2'] },
    [keyOf('b')]: { tags: ['bad'] },
    [keyOf('c')]: { tags: ['bad', 'alone'] },
    [keyOf('gone')]: { tags: ['bad'] },
  })
  const byTag = () => Object.fromEntries(store.tags().map(({ value, rows, count }) => [value, [rows, count]]))
  expect(byTag()).toEqual({ bad: [2, 6], c2: [1, 5] })
  written.put(keyOf('a'), null)
  expect(byTag()).toEqual({ bad: [1, 1] })
  expect(ids(store, tagged('BAD'))).toEqual(['b', 'c'])
})

test('a change of many marks at once is the same as a fresh look', async () => {
  const store = await writable(tempFolder())
  add(store, records(0, 6000))
  const written = writing(store)
  expect(store.count(marked).rows).toBe(0)
  const all = keys(store)
  for (const key of all) written.put(key, { of: ['marked'], tags: [] })
  expect(store.count(marked).rows).toBe(6000)
  expect(store.count({ ...ALL, filter: { kind: 'not', part: MARKED } }).rows).toBe(0)
  for (const key of all.slice(1)) written.put(key, null)
  expect(ids(store, marked)).toEqual(['id-0'])
})

test.each([1, 2])('rows that are looked up piece by piece while all else goes on are those of the keys (seed %i)', async (seed) => {
  const random = new Random(seed)
  const store = await writable(tempFolder())
  const request = { origin: 'request' as const, place: 'GET /api/audit', fetchedAt: NOW }
  const server = { kind: 'webxterm', connection: 'server' }
  const id = () => `id-${random.int(6000)}`
  const key = () => `webxterm:web-1:auth:${id()}`
  store.append(records(0, 3000), request, server)
  const written = writing(store)
  for (let at = 0; at < 4000; at++) written.put(key(), { of: ['marked'], tags: [random.pick(TAGS)] })
  const views = [marked, tagged('bad'), { ...ALL, filter: { kind: 'not', part: MARKED } }] satisfies StoreView[]
  for (let round = 0; round < 60; round++) {
    for (const { filter } of views) if (random.chance(0.7)) store.lookUp(filter)
    if (random.chance(0.3)) store.lookUp('tags')
    if (random.chance(0.2)) store.append(records(random.int(6000), 40, { reason: `state ${round}` }), request, server)
    for (let at = random.chance(0.5) ? random.int(100) : 0; at > 0; at--) written.put(key(), random.chance(0.5) ? null : { of: ['marked'], tags: ['bad'] })
    if (!random.chance(0.15)) continue
    const all = keys(store)
    const has = (set: ReadonlySet<string> | undefined) => (one: string) => set?.has(one) ?? false
    const isMarked = has(written.marked())
    expect(keys(store, marked)).toEqual(all.filter(isMarked))
    expect(keys(store, views[1])).toEqual(all.filter(has(written.tags().get('bad'))))
    expect(keys(store, views[2])).toEqual(all.filter((one) => !isMarked(one)))
    expect(store.tags().find(({ value }) => value === 'bad')?.rows).toBe(all.filter(has(written.tags().get('bad'))).length)
  }
})
