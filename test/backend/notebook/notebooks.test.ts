import { describe, expect, it } from 'vitest'
import type { NotebookChange } from '../../../src/contract'
import { faultOf } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { addText, aNotebook, aRoom, NOW, reopened, text, texts } from './a-room'

describe('a notebook', () => {
  it('holds cells in their places, over a restart', () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    const id = aNotebook(room)
    const [one, two] = [addText(room, id, 'one'), addText(room, id, 'two')]
    room.apply(id, [{ do: 'add', id: 'first', content: text('zero'), after: null }, { do: 'move', cell: one, after: two }, { do: 'fold', cell: two, folded: true }])
    room.apply(id, [{ do: 'title', title: 'Other' }, { do: 'tlp', tlp: 'TLP:RED' }, { do: 'status', status: 'closed' }, { do: 'range', range: { from: 1, to: 2 } }])
    const before = room.get(id)
    expect(texts(room, id)).toEqual(['zero', 'two', 'one'])
    expect(before).toMatchObject({ title: 'Other', tlp: 'TLP:RED', status: 'closed', range: { from: 1, to: 2 }, createdBy: 'ann', createdAt: NOW + 60_000 })
    expect(before.cells.map(({ folded }) => folded)).toEqual([false, true, false])
    const again = reopened(room, folder)
    expect(again.get(id)).toEqual(before)
    expect(again.recovered()).toEqual([])
  })

  it('undoes and does again what one did, over a restart, and a new change ends what could be done again', () => {
    const folder = tempFolder()
    let room = aRoom(folder)
    const id = aNotebook(room)
    const cell = addText(room, id, 'a')
    room.apply(id, [{ do: 'write', cell, content: text('b') }])
    room.apply(id, [{ do: 'write', cell, content: text('c') }])
    room.undo(id)
    room = reopened(room, folder)
    expect(texts(room, id)).toEqual(['b'])
    expect(room.get(id)).toMatchObject({ canUndo: true, canRedo: true })
    room.undo(id)
    room.undo(id)
    expect(texts(room, id)).toEqual([])
    expect(room.get(id)).toMatchObject({ canUndo: false, canRedo: true })
    room = reopened(room, folder)
    for (const words of ['a', 'b', 'c']) {
      room.redo(id)
      expect(texts(room, id)).toEqual([words])
    }
    room.undo(id)
    room.apply(id, [{ do: 'write', cell, content: text('d') }])
    expect(room.get(id)).toMatchObject({ canRedo: false, cells: [{ content: text('d'), conflicts: [] }] })
    room.undo(id)
    expect(texts(room, id)).toEqual(['b'])
  })

  it('takes back writings of one cell that follow each other quickly in one step', () => {
    let now = NOW
    const room = aRoom(tempFolder(), { now: () => now })
    const id = aNotebook(room)
    const cell = addText(room, id, '')
    for (const words of ['w', 'wo', 'wor', 'word']) {
      now += 1000
      room.apply(id, [{ do: 'write', cell, content: text(words) }])
    }
    now += 10_000
    room.apply(id, [{ do: 'write', cell, content: text('word.') }])
    room.undo(id)
    expect(texts(room, id)).toEqual(['word'])
    room.undo(id)
    expect(texts(room, id)).toEqual([''])
    room.redo(id)
    expect(texts(room, id)).toEqual(['word'])
  })

  it('tells its history in words', () => {
    const room = aRoom(tempFolder())
    const id = aNotebook(room)
    const cell = addText(room, id, '# What happened\nmore')
    room.apply(id, [{ do: 'write', cell, content: text('# Then') }, { do: 'status', status: 'in-review' }])
    room.undo(id)
    expect(room.history(id).map(({ words, undone, by }) => [words, undone, by])).toEqual([
      ['Undid: wrote the text “Then”; set the status to in review', false, 'ann'],
      ['Wrote the text “Then”; set the status to in review', true, 'ann'],
      ['Added the text “What happened”', false, 'ann'],
      ['Created the notebook “Incident”', false, 'ann'],
    ])
  })

  it('refuses changes of what is not there and writes none of them', async () => {
    const room = aRoom(tempFolder())
    const id = aNotebook(room)
    const cell = addText(room, id, 'a')
    const { revision } = room.get(id)
    const unfit: NotebookChange[] = [
      { do: 'write', cell: 'none', content: text('x') },
      { do: 'move', cell, after: 'none' },
      { do: 'move', cell, after: cell },
      { do: 'add', id: cell, content: text('x'), after: null },
      { do: 'choose', cell, op: 'none' },
      { do: 'add', id: 'new', content: { kind: 'events', title: '', citations: [{ key: 'k', leaf: '0', evidence: 'f'.repeat(64), row: {} as never, severity: 'low' as never }] }, after: null },
    ]
    for (const change of unfit) {
      await faultOf(() => room.apply(id, [{ do: 'title', title: 'changed' }, change]))
    }
    await faultOf(() => room.apply(id, [{ do: 'remove', cell }, { do: 'write', cell, content: text('y') }]))
    await faultOf(() => room.get('none'))
    expect(room.get(id)).toMatchObject({ revision, title: 'Incident' })
  })

  it('leaves the list when it is removed and comes back as it was', async () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    const id = aNotebook(room)
    addText(room, id, 'a')
    room.setRemoved(id, true)
    expect(room.list(false)).toEqual([])
    expect(await faultOf(() => addText(room, id, 'b'))).toMatchObject({ code: 'not-found' })
    const again = reopened(room, folder)
    expect(again.list(true)).toMatchObject([{ id, cells: 1 }])
    again.setRemoved(id, false)
    expect(again.list(false)).toMatchObject([{ id, cells: 1 }])
    expect(texts(again, id)).toEqual(['a'])
  })

  it('is read by another process, which sees what is written later and can write nothing', async () => {
    const folder = tempFolder()
    const room = aRoom(folder)
    const id = aNotebook(room)
    const reader = aRoom(folder, { isWriter: false })
    addText(room, id, 'later')
    expect(texts(reader, id)).toEqual(['later'])
    expect(reader.recovered()).toEqual([])
    expect(await faultOf(() => addText(reader, id, 'x'))).toMatchObject({ code: 'workspace-locked' })
  })
})
