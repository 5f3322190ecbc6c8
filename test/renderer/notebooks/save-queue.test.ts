import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BackendFault, type NotebookChange } from '../../../src/contract'
import { LONGEST_WAIT, SaveQueue } from '../../../src/renderer/notebooks/save-queue'

type Call = { changes: NotebookChange[]; done: (revision: number) => void; fail: (error: unknown) => void }

function open() {
  const calls: Call[] = []
  const queue = new SaveQueue({
    now: () => 77,
    send: (changes) => new Promise((resolve, reject) => calls.push({ changes, done: (revision) => resolve({ revision }), fail: reject })),
  })
  const sent = () => calls.map(({ changes }) => changes.map(wordsOf).join(' '))
  return { queue, calls, sent }
}

function wordsOf(change: NotebookChange): string {
  return change.do === 'write' && change.content.kind === 'text' ? `${change.cell}=${change.content.text}` : change.do
}

const typed = (cell: string, text: string): Extract<NotebookChange, { do: 'write' }> => ({ do: 'write', cell, content: { kind: 'text', text } })
const full = new BackendFault({ code: 'disk-full', message: 'The disk is full.' })
const gone = new BackendFault({ code: 'not-found', message: 'There is no such cell.' })
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('what is typed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is sent half a second after the first key, however long the typing goes on', async () => {
    const { queue, sent } = open()
    for (let key = 1; key <= 6; key++) {
      queue.type(typed('a', 'x'.repeat(key)))
      await vi.advanceTimersByTimeAsync(LONGEST_WAIT / 5)
    }
    expect(sent()).toEqual(['a=xxxxx'])
  })

  it('keeps its own time while something done at once is on its way', async () => {
    const { queue, calls, sent } = open()
    queue.apply({ do: 'add', id: 'a', content: { kind: 'text', text: '' }, after: null })
    await settle()
    queue.type(typed('a', '1'))
    calls[0]?.done(1)
    await vi.advanceTimersByTimeAsync(100)
    queue.type(typed('a', '12'))
    expect(sent()).toEqual(['add'])
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT - 100)
    expect(sent()).toEqual(['add', 'a=12'])
  })

  it('goes in order, one call at a time, each act by itself', async () => {
    const { queue, calls, sent } = open()
    queue.type(typed('a', '1'))
    queue.apply({ do: 'remove', cell: 'b' }, { do: 'status', status: 'closed' })
    await settle()
    queue.type(typed('a', '2'))
    queue.type({ do: 'title', title: 'T' })
    queue.type(typed('a', '3'))
    expect(sent()).toEqual(['a=1'])
    for (let turn = 0; turn < 5; turn++) {
      calls[turn]?.done(turn + 1)
      await vi.advanceTimersByTimeAsync(LONGEST_WAIT)
    }
    expect(sent()).toEqual(['a=1', 'remove status', 'a=2', 'title', 'a=3'])
    expect(queue.get().state).toEqual({ kind: 'saved', at: 77 })
  })

  it('never changes what is on its way, and says so until all of it is durable', async () => {
    const { queue, calls, sent } = open()
    queue.type(typed('a', '1'))
    const flushed = queue.flush()
    queue.type(typed('a', '12'))
    queue.type(typed('a', '123'))
    calls[0]?.done(1)
    await settle()
    expect(queue.get().state.kind).toBe('saving')
    expect(await flushed).toBe(true)
    await vi.advanceTimersByTimeAsync(LONGEST_WAIT)
    calls[1]?.done(2)
    await settle()
    expect(queue.get().state.kind).toBe('saved')
    expect(sent()).toEqual(['a=1', 'a=123'])
  })

  it('is kept and sent again when the disk is full, and the fault is in sight until then', async () => {
    const { queue, calls, sent } = open()
    queue.type(typed('a', '1'))
    const flushed = queue.flush()
    calls[0]?.fail(full)
    expect(await flushed).toBe(false)
    queue.type(typed('a', '12'))
    expect(queue.get().state).toEqual({ kind: 'failed', message: 'The disk is full.' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent()).toEqual(['a=1', 'a=12'])
    calls[1]?.fail(full)
    await vi.advanceTimersByTimeAsync(1999)
    expect(calls).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1)
    calls[2]?.done(9)
    await settle()
    expect(queue.get()).toMatchObject({ state: { kind: 'saved', at: 77 }, pending: [{ revision: 9 }] })
    expect(queue.isEmpty()).toBe(true)
  })

  it('is set aside with its words when it can never be taken, and the rest goes on', async () => {
    const { queue, calls } = open()
    queue.type(typed('gone', 'precious'))
    queue.apply({ do: 'fold', cell: 'b', folded: true })
    await settle()
    calls[0]?.fail(gone)
    await settle()
    calls[1]?.done(1)
    await settle()
    const { refused, state } = queue.get()
    expect(refused).toEqual([{ change: typed('gone', 'precious'), message: 'There is no such cell.' }])
    expect(state.kind).toBe('saved')
    if (refused[0]) queue.forget(refused[0].change)
    expect(queue.get().refused).toEqual([])
  })

  it('is not told as refused when only the answer to an added cell was lost', async () => {
    const { queue, calls } = open()
    queue.apply({ do: 'add', id: 'x', content: { kind: 'text', text: '' }, after: null })
    await settle()
    calls[0]?.fail(new BackendFault({ code: 'disconnected', message: 'The backend is gone.' }))
    await vi.advanceTimersByTimeAsync(1000)
    calls[1]?.fail(new BackendFault({ code: 'bad-ask', message: 'A cell of this id was added before.' }))
    await settle()
    expect(queue.get()).toMatchObject({ refused: [], state: { kind: 'saved' } })
  })

  it('is kept over the notebook that is shown until that holds it', async () => {
    const { queue, calls } = open()
    queue.type(typed('a', '1'))
    void queue.flush()
    calls[0]?.done(5)
    await settle()
    queue.seen(4)
    expect(queue.get().pending).toHaveLength(1)
    queue.seen(5)
    expect(queue.get().pending).toHaveLength(0)
  })

  it('sends nothing any more once it is closed', async () => {
    const { queue, calls } = open()
    queue.type(typed('a', '1'))
    queue.close()
    await vi.advanceTimersByTimeAsync(5000)
    expect(calls).toHaveLength(0)
  })
})
