import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Backend, BackendFault, type MarkChange, type Marks, type Subject, type TableName } from '../../../src/contract'
import { MarkDesk } from '../../../src/renderer/marks/mark-desk'
import { changedMarks, NO_MARKS } from '../../../src/renderer/marks/subject-name'

const event = (key: string): Subject => ({ kind: 'event', key })
const keyOf = (subject: Subject) => (subject.kind === 'event' ? subject.key : '')

type Held = { answer: () => void; refuse: () => void }

/** Keeps marks by key. What is asked is answered at once, unless it is held back. */
function keeper() {
  const marks = new Map<string, Marks>()
  const asked: string[][] = []
  const held: Held[] = []
  let holds = false
  const listeners = new Set<(payload: { tables: TableName[]; revision: number }) => void>()
  const tell = () => listeners.forEach((listener) => listener({ tables: ['mark'], revision: 1 }))
  const reply = <T>(make: () => T): Promise<{ value: T }> => {
    if (!holds) return Promise.resolve({ value: make() })
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new BackendFault({ code: 'disk-full', message: 'No room.' }))
      held.push({ answer: () => resolve({ value: make() }), refuse })
    })
  }
  const backend = {
    call: (method: string, ask: { subjects: Subject[] } & { target: { subjects: Subject[] }; change: MarkChange }) => {
      if (method === 'mark.of') {
        asked.push(ask.subjects.map(keyOf))
        const now = ask.subjects.map((subject) => marks.get(keyOf(subject)) ?? NO_MARKS)
        return reply(() => now)
      }
      return reply(() => {
        const [subject = event('')] = ask.target.subjects
        marks.set(keyOf(subject), changedMarks(marks.get(keyOf(subject)) ?? NO_MARKS, ask.change))
        tell()
        return { subjects: 1 }
      })
    },
    on: (_notice: string, listener: (payload: { tables: TableName[]; revision: number }) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Backend
  const hold = (is: boolean) => (holds = is)
  return { backend, marks, asked, held, tell, hold }
}

const WHO = Symbol('rows')
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

describe('marks on the screen', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function open() {
    const made = keeper()
    const desk = new MarkDesk()
    const undo = desk.attach(made.backend)
    const star = (key: string) => desk.marks(event(key))?.star
    return { ...made, desk, undo, star }
  }

  it('are asked for in one step, and only those not known', async () => {
    const { desk, asked, marks, star } = open()
    marks.set('a', { ...NO_MARKS, star: true })
    desk.want(WHO, ['a', 'b'].map(event))
    desk.want(WHO, ['a', 'b', 'c'].map(event))
    expect(star('a')).toBeUndefined()
    await settle(50)
    expect(asked).toEqual([['a', 'b', 'c']])
    expect([star('a'), star('b')]).toEqual([true, false])
    desk.want(WHO, ['b', 'c', 'd'].map(event))
    await settle(50)
    expect(asked.slice(1)).toEqual([['d']])
  })

  it('are asked for in parts where they are very many', async () => {
    const { desk, asked } = open()
    desk.want(WHO, Array.from({ length: 2500 }, (_, i) => event(`k${i}`)))
    await settle(50)
    expect(asked.map(({ length }) => length)).toEqual([1000, 1000, 500])
  })

  it('show a change at once, and stay when it is written', async () => {
    const { desk, hold, held, star } = open()
    desk.want(WHO, [event('a')])
    await settle(50)
    hold(true)
    const written = desk.change(event('a'), { star: true })
    expect(star('a')).toBe(true)
    hold(false)
    held[0]?.answer()
    await written
    expect(star('a')).toBe(true)
    await settle(100)
    expect(star('a')).toBe(true)
  })

  it('go back where a change could not be written, and keep another that was', async () => {
    const { desk, hold, held, star, marks } = open()
    desk.want(WHO, [event('a')])
    await settle(50)
    hold(true)
    const refused = desk.change(event('a'), { star: true })
    const written = desk.change(event('a'), { add: ['c2'] })
    expect(desk.marks(event('a'))).toMatchObject({ star: true, tags: ['c2'] })
    hold(false)
    held[0]?.refuse()
    await expect(refused).rejects.toThrow('No room.')
    held[1]?.answer()
    await written
    await settle(100)
    expect(star('a')).toBe(false)
    expect(desk.marks(event('a'))).toEqual(marks.get('a'))
  })

  it('are not overwritten by an answer that was asked for before a change', async () => {
    const { desk, hold, held, star, tell } = open()
    desk.want(WHO, [event('a')])
    await settle(50)
    hold(true)
    tell()
    await settle(50)
    const written = desk.change(event('a'), { star: true })
    const [early, write] = held
    hold(false)
    write?.answer()
    await written
    early?.answer()
    await settle()
    expect(star('a')).toBe(true)
  })

  it('are toggled from what they are, which is read first where it is not known', async () => {
    const { desk, marks } = open()
    marks.set('a', { ...NO_MARKS, quick: 'bad' })
    const toggle = () => desk.toggle(event('a'), ({ quick }) => ({ quick: quick === 'bad' ? null : 'bad' }))
    await toggle()
    expect(marks.get('a')?.quick).toBeNull()
    await toggle()
    expect(marks.get('a')?.quick).toBe('bad')
  })

  it('are read again when somebody else changed them, those in view at once', async () => {
    const { desk, marks, tell, asked, star } = open()
    desk.want(WHO, [event('a')])
    await settle(50)
    marks.set('a', { ...NO_MARKS, star: true })
    tell()
    await settle(50)
    expect(star('a')).toBe(true)
    expect(asked).toHaveLength(2)
    desk.want(WHO, [])
    tell()
    await settle(50)
    expect(asked).toHaveLength(2)
    expect(star('a')).toBeUndefined()
  })

  it('stay the same object as long as nothing changes, so that rows need not be drawn again', async () => {
    const { desk, tell } = open()
    desk.want(WHO, [event('a')])
    await settle(50)
    const before = desk.marks(event('a'))
    tell()
    await settle(50)
    expect(desk.marks(event('a'))).toBe(before)
  })

  it('keep what was typed at a place until it is sent', () => {
    const { desk } = open()
    desk.keepDraft('event a', 'half a sent')
    expect(desk.draft('event a')).toBe('half a sent')
    desk.keepDraft('event a', '')
    expect(desk.draft('event a')).toBe('')
  })
})
