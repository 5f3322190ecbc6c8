import { describe, expect, it } from 'vitest'
import { eventsOf, split, type NotebookRoom } from '../../../src/backend/notebook'
import { storeView } from '../../../src/backend/query'
import type { MarkChange, Marks, QuickTag, Subject } from '../../../src/contract'
import { Random } from '../random'
import { add, faultOf, keys, NOW, records, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { aRoom, reopened } from './a-room'

const event = (key: string): Subject => ({ kind: 'event', key })

function mark(room: NotebookRoom, subjects: Subject[], change: MarkChange): void {
  const eventKeys = subjects.flatMap((subject): [string, null][] => (subject.kind === 'event' ? [[subject.key, null]] : []))
  room.mark({ events: eventKeys, subjects: subjects.filter(({ kind }) => kind !== 'event') }, change)
}

const SUBJECTS: Subject[] = [event('a'), event('b'), event('c:1 2'), { kind: 'session', id: 's 1' }, { kind: 'moment', recording: 'sha256:x y', at: 1.5 }, { kind: 'finding', id: 'f' }]

describe('marks', () => {
  it('stand on each kind of subject over a restart, with who set them and when', () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    mark(room, SUBJECTS, { star: true, quick: 'bad', add: ['one', 'two'] })
    mark(room, [event('a')], { star: false, quick: null, remove: ['one'] })
    const again = reopened(room, folder, { by: 'bob' })
    mark(again, [event('b')], { quick: 'good' })
    const marks = again.marks()
    expect(marks.of(event('a'))).toEqual({ star: false, quick: null, tags: ['two'], comments: 0 })
    expect(marks.of(event('b'))).toEqual({ star: true, quick: 'good', tags: ['one', 'two'], comments: 0 })
    for (const subject of SUBJECTS.slice(2)) expect(marks.of(subject)).toEqual({ star: true, quick: 'bad', tags: ['one', 'two'], comments: 0 })
    expect(marks.history(event('b')).map(({ by, change }) => [by, change])).toEqual([
      ['bob', { quick: 'good' }],
      ['ann', { star: true, quick: 'bad', add: ['one', 'two'] }],
    ])
    expect(marks.all().map(({ subject }) => subject)).toEqual(expect.arrayContaining(SUBJECTS))
    expect(marks.tags()).toEqual([{ tag: 'two', count: 6 }, { tag: 'one', count: 5 }])
  })

  it('of all events of a view are one step, with the hash of each', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, records(0, 1200))
    const room = aRoom(folder)
    const before = room.revision()
    await room.markAll(await eventsOf(store, storeView({ query: '', range: { from: NOW, to: NOW + 1100 }, order: 'desc' }), () => 0), { add: ['seen'] })
    expect(room.revision()).toBe(before + 1)
    expect(room.marks().history(event(keys(store)[0] ?? ''))).toHaveLength(1)
    expect(room.markedKeys().marked.size).toBe(1100)
    expect(room.marks().first(event(keys(store)[3] ?? ''))).toMatchObject({ sha256: store.find(keys(store)[3] ?? '')?.rawSha256 })
    expect(split(store, [event('none'), event('none')])).toEqual({ events: [['none', null]], subjects: [] })
  })

  it('of many events wait for each other, and are the same after a restart', async () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    // One key holds what stands between packed ones.
    const many = Array.from({ length: 25_000 }, (_, at): [string, string | null] => [at === 7 ? 'k\u007f7' : `k${at}`, at % 3 === 0 ? null : `${at}`.padStart(64, '0')])
    const plain = many.filter(([key]) => !key.includes('\u007f'))
    const under = [room.markAll(many, { quick: 'bad' }), room.markAll(plain, { quick: 'good', add: ['x'] })]
    await room.settled()
    room.addComment(event('k1'), 'why', null)
    await Promise.all(under)
    const said = (marks: ReturnType<NotebookRoom['marks']>) => ['k0', 'k1', 'k\u007f7', 'k24999'].map((key) => [marks.of(event(key)), marks.first(event(key))?.sha256, marks.history(event(key)).length])
    expect(said(room.marks())).toEqual([
      [{ star: false, quick: 'good', tags: ['x'], comments: 0 }, null, 2],
      [{ star: false, quick: 'good', tags: ['x'], comments: 1 }, '1'.padStart(64, '0'), 2],
      [{ star: false, quick: 'bad', tags: [], comments: 0 }, '7'.padStart(64, '0'), 1],
      [{ star: false, quick: 'good', tags: ['x'], comments: 0 }, null, 2],
    ])
    const before = said(room.marks())
    const again = reopened(room, folder)
    expect(said(again.marks())).toEqual(before)
    expect(again.markedKeys().marked.size).toBe(25_000)
    expect(again.recovered()).toEqual([])
  })

  it('answer the query with the keys of events alone, and with another revision after each change', () => {
    const room = aRoom(tempFolder())
    const seen = new Set([room.revision()])
    const step = (act: () => unknown) => {
      act()
      expect(seen.has(room.revision())).toBe(false)
      seen.add(room.revision())
    }
    step(() => mark(room, SUBJECTS, { quick: 'suspicious' }))
    step(() => mark(room, [event('a')], { quick: null, add: ['x'] }))
    step(() => room.addComment(event('b'), 'why', null))
    step(() => room.addComment({ kind: 'session', id: 's' }, 'why', null))
    const found = room.markedKeys()
    expect([...found.marked].toSorted()).toEqual(['a', 'b', 'c:1 2'])
    expect([...found.commented]).toEqual(['b'])
    expect([...found.byTag((tag) => tag === 'suspicious')].toSorted()).toEqual(['b', 'c:1 2'])
    expect([...found.byTag((tag) => tag === 'x')]).toEqual(['a'])
    step(() => mark(room, [event('a')], { remove: ['x'] }))
    expect([...room.markedKeys().marked].toSorted()).toEqual(['b', 'c:1 2'])
    expect([...room.keySets().tags()].map(([tag]) => tag)).toEqual(['suspicious'])
  })

  it('are what a plain model says after any steps and restarts', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = new Random(seed)
      const folder = tempFolder()
      let room = aRoom(folder)
      const model = new Map<Subject, Omit<Marks, 'comments'>>(SUBJECTS.map((subject) => [subject, { star: false, quick: null, tags: [] }]))
      for (let at = 0; at < 60; at++) {
        const change: MarkChange = {
          ...(random.chance(0.4) && { star: random.chance(0.5) }),
          ...(random.chance(0.4) && { quick: random.pick<QuickTag | null>(['bad', 'good', null]) }),
          ...(random.chance(0.4) && { add: [random.pick(['x', 'y', 'z'])] }),
          ...(random.chance(0.4) && { remove: [random.pick(['x', 'y', 'z'])] }),
        }
        const subjects = SUBJECTS.filter(() => random.chance(0.4))
        if (subjects.length > 0) mark(room, subjects, change)
        for (const subject of subjects) {
          const { star, quick, tags } = model.get(subject) ?? { star: false, quick: null, tags: [] }
          const { add: added = [], remove = [] } = change
          model.set(subject, { star: change.star ?? star, quick: change.quick === undefined ? quick : change.quick, tags: [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...added])] })
        }
        if (random.chance(0.05)) room = reopened(room, folder)
      }
      for (const [subject, marks] of model) expect(room.marks().of(subject), `seed ${seed}`).toEqual({ ...marks, comments: 0 })
      const marked = [...model].filter(([subject, { star, quick, tags }]) => subject.kind === 'event' && (star || quick !== null || tags.length > 0))
      expect([...room.markedKeys().marked].toSorted()).toEqual(marked.map(([subject]) => ('key' in subject ? subject.key : '')).toSorted())
    }
  })
})

describe('comments', () => {
  it('keep what they said before, by whom and when, over a restart', () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    const { id, at } = room.addComment(event('a'), 'first', null)
    const edited = room.editComment(id, 'second')
    expect(edited).toEqual({ id, text: 'second', by: 'ann', at, edited: expect.any(Number), versions: [{ text: 'first', by: 'ann', at }] })
    const again = reopened(room, folder, { by: 'bob' })
    again.editComment(id, 'third')
    expect(again.editComment(id, 'third').versions).toHaveLength(2)
    expect(again.marks().comments(event('a'))).toMatchObject([{ text: 'third', by: 'bob', versions: [{ text: 'second', at: edited.edited }, { text: 'first' }] }])
    expect(again.marks().of(event('a')).comments).toBe(1)
  })

  it('that are taken back are gone from the subject', async () => {
    const room = aRoom(tempFolder())
    const { id } = room.addComment(event('a'), 'first', null)
    room.removeComment(id)
    expect(room.marks().comments(event('a'))).toEqual([])
    expect([...room.markedKeys().marked]).toEqual([])
    expect(await faultOf(() => room.editComment(id, 'x'))).toMatchObject({ code: 'not-found' })
  })
})
