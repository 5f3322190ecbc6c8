import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Backend, clientOver, serveOver } from '../../src/contract'
import { wirePair } from '../../src/node'
import { SaveQueue } from '../../src/renderer/notebooks/save-queue'
import { startTestBackend, type TestBackend } from './a-backend'

let held: TestBackend
beforeAll(async () => {
  held = await startTestBackend()
})
afterAll(() => held.close())

/** A page's end of a wire to the backend, which can be lost. */
function connected(): { backend: Backend; lose: () => void } {
  const [near, far] = wirePair()
  serveOver(far, held.backend, (error) => held.errors.push(error))
  return { backend: clientOver(near), lose: () => far.close() }
}

const text = (words: string) => ({ kind: 'text' as const, text: words })

describe('what is typed into a notebook', () => {
  test('is durable in order, and can be undone', async () => {
    const { backend } = connected()
    const { id } = (await backend.call('notebook.create', { title: 'Typed', template: 'blank', range: null })).value
    const queue = new SaveQueue({ send: async (changes) => (await backend.call('notebook.apply', { id, changes })).value })
    queue.apply({ do: 'add', id: 'one', content: text(''), after: null })
    for (const words of ['T', 'Th', 'Thi', 'This']) queue.type({ do: 'write', cell: 'one', content: text(words) })
    queue.apply({ do: 'add', id: 'two', content: text('below'), after: 'one' }, { do: 'fold', cell: 'two', folded: true })
    queue.type({ do: 'write', cell: 'one', content: text('This is it') })
    expect(await queue.flush()).toBe(true)
    const { value } = await backend.call('notebook.get', { id })
    expect(value.cells).toMatchObject([{ content: text('This is it') }, { content: text('below'), folded: true }])
    queue.seen(value.revision)
    expect(queue.get().pending).toEqual([])
    await backend.call('notebook.undo', { id })
    expect((await backend.call('notebook.get', { id })).value.cells[0]?.content).toEqual(text('This'))
  })

  test('outlives a lost backend, and is written once', async () => {
    let { backend, lose } = connected()
    const { id } = (await backend.call('notebook.create', { title: 'Lost', template: 'blank', range: null })).value
    const queue = new SaveQueue({ send: async (changes) => (await backend.call('notebook.apply', { id, changes })).value })
    queue.apply({ do: 'add', id: 'one', content: text('kept'), after: null })
    const flushed = queue.flush()
    lose()
    expect(await flushed).toBe(false)
    expect(queue.get().state.kind).toBe('failed')
    queue.type({ do: 'write', cell: 'one', content: text('kept and more') })
    ;({ backend, lose } = connected())
    expect(await queue.flush()).toBe(true)
    const { cells } = (await backend.call('notebook.get', { id })).value
    expect(cells.map(({ content }) => content)).toEqual([text('kept and more')])
    expect(queue.get().refused).toEqual([])
    queue.close()
    lose()
  })
})
