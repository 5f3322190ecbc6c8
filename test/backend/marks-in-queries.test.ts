import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Subject, View } from '../../src/contract'
import { importFixture, startTestBackend, type TestBackend } from '../contract/a-backend'

const view = (query: string): View => ({ query, range: null, order: 'asc' })

describe('marks in queries', () => {
  let held: TestBackend
  let keys: string[]
  beforeAll(async () => {
    held = await startTestBackend()
    await importFixture(held.backend)
    const { value } = await held.backend.call('timeline.rows', { view: view(''), at: 0, count: 1000 })
    keys = value.rows.map(({ key }) => key)
  })
  afterAll(() => held.close())

  const event = (at: number): Subject => ({ kind: 'event', key: keys[at] ?? '' })
  const call: TestBackend['backend']['call'] = (method, ask) => held.backend.call(method, ask)
  const found = async (query: string) => {
    const { value } = await call('timeline.rows', { view: view(query), at: 0, count: 1000 })
    return value.rows.map(({ key }) => keys.indexOf(key))
  }

  it('change every answer alike, at once', async () => {
    expect(await found('is:marked')).toEqual([])
    await call('mark.set', { target: { subjects: [event(2), event(5)] }, change: { star: true } })
    await call('mark.set', { target: { subjects: [event(5)] }, change: { quick: 'bad', add: ['to ask'] } })
    await call('comment.add', { subject: event(7), text: 'Why?' })
    await call('mark.set', { target: { subjects: [{ kind: 'session', id: 'some session' }] }, change: { star: true } })
    expect(await found('is:marked')).toEqual([2, 5, 7])
    expect(await found('has:comment')).toEqual([7])
    expect(await found('tag:BAD')).toEqual([5])
    expect(await found('tag:("to ask" x)')).toEqual([5])
    expect(await found('is:marked -tag:*')).toEqual([2, 7])
    const count = (await call('timeline.count', { view: view('is:marked') })).value
    expect(count).toMatchObject({ rows: 3, hidden: { byQuery: keys.length - 3 } })
    const { success, failure, unknown } = (await call('timeline.histogram', { view: view('is:marked'), buckets: 20 })).value
    expect([success, failure, unknown].flat().reduce((sum, n) => sum + n, 0)).toBe(count.matching)
    const [facet] = (await call('timeline.facets', { view: view('is:marked'), fields: ['connection'], limit: 5 })).value
    expect(facet?.values).toMatchObject([{ rows: 3 }])
    await call('mark.set', { target: { subjects: [event(5)] }, change: { star: false, quick: null, remove: ['to ask'] } })
    expect(await found('is:marked')).toEqual([2, 7])
    expect((await call('timeline.count', { view: view('is:marked') })).value.rows).toBe(2)
    expect(await found('tag:*')).toEqual([])
  })

  it('name the tables that a page must hear of, and no others', async () => {
    expect((await call('timeline.count', { view: view('is:marked') })).tables).toEqual(expect.arrayContaining(['event', 'mark', 'coverage']))
    expect((await call('timeline.count', { view: view('user:x') })).tables).not.toContain('mark')
    expect((await call('timeline.facets', { view: view('tag:x'), fields: ['user'], limit: 1 })).tables).toContain('mark')
  })

  it('lead to the next mark, in either order and direction', async () => {
    const next = async (row: number, direction: 'forward' | 'back', order: 'asc' | 'desc' = 'asc') =>
      (await call('timeline.nextMark', { view: { query: '', range: null, order }, row, direction })).value.row
    expect(await next(-1, 'forward')).toBe(2)
    expect(await next(2, 'forward')).toBe(7)
    expect(await next(7, 'forward')).toBeNull()
    expect(await next(7, 'back')).toBe(2)
    const last = keys.length - 1
    expect(await next(-1, 'forward', 'desc')).toBe(last - 7)
    expect(await next(last - 7, 'forward', 'desc')).toBe(last - 2)
  })

  it('of very many subjects are told in one step, in their order', async () => {
    const subjects = Array.from({ length: 1000 }, (_, at): Subject => (at % 2 === 0 ? event(at % 8) : { kind: 'event', key: `none ${at}` }))
    const { value } = await call('mark.of', { subjects })
    expect(value).toHaveLength(1000)
    subjects.forEach((subject, at) => {
      expect(value[at]?.star).toBe(subject.kind === 'event' && subject.key === keys[2])
    })
    await expect(call('mark.of', { subjects: [...subjects, event(0)] })).rejects.toMatchObject({ code: 'bad-ask' })
  })

  it('are offered with their counts', async () => {
    await call('mark.set', { target: { view: view('outcome:failure') }, change: { add: ['c2'] } })
    await call('mark.set', { target: { subjects: [event(0)] }, change: { add: ['checked'] } })
    const offers = async (prefix: string) => (await call('query.suggest', { field: 'tag', prefix, limit: 9 })).value
    const failures = (await call('timeline.count', { view: view('outcome:failure') })).value
    expect(await offers('')).toEqual([
      { value: 'c2', rows: failures.rows, count: failures.matching },
      { value: 'checked', rows: 1, count: 1 },
    ])
    expect((await offers('CH')).map(({ value }) => value)).toEqual(['checked'])
    expect(await found('tag:c*')).toEqual(expect.arrayContaining(await found('outcome:failure')))
  })

  it('of moments are told by their recording, in time order', async () => {
    const moment = (at: number, recording = 'tape'): Subject => ({ kind: 'moment', recording, at })
    await call('mark.set', { target: { subjects: [moment(30.5), moment(2), moment(4, 'other')] }, change: { star: true } })
    await call('comment.add', { subject: moment(2), text: 'Here.' })
    const { value, tables } = await call('mark.moments', { recording: 'tape' })
    expect(value.map(({ at, marks }) => [at, marks.star, marks.comments])).toEqual([[2, true, 1], [30.5, true, 0]])
    expect(tables).toEqual(['mark'])
  })
})
