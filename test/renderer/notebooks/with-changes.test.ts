import { describe, expect, it } from 'vitest'
import type { CellContent, Notebook, NotebookChange } from '../../../src/contract'
import { stepAfter, withChanges } from '../../../src/renderer/notebooks/with-changes'

const text = (words: string): CellContent => ({ kind: 'text', text: words })

function notebook(...ids: string[]): Notebook {
  const cells = ids.map((id) => ({ id, folded: false, content: text(id), by: 'ann', at: 0, op: `op-${id}`, conflicts: [] }))
  const facts = { id: 'n', title: 'T', tlp: 'TLP:AMBER', status: 'open', range: null, createdAt: 0, createdBy: 'ann', changedAt: 0 } as const
  return { ...facts, cells, revision: 1, canUndo: false, canRedo: false }
}

const order = (changes: NotebookChange[], ...ids: string[]) => withChanges(notebook(...ids), changes).cells.map(({ id }) => id).join('')

describe('changes that are on their way', () => {
  it('show as they will be', () => {
    expect(order([{ do: 'add', id: 'x', content: text(''), after: null }], 'a', 'b')).toBe('xab')
    expect(order([{ do: 'add', id: 'x', content: text(''), after: 'a' }], 'a', 'b')).toBe('axb')
    expect(order([{ do: 'add', id: 'x', content: text(''), after: 'gone' }], 'a', 'b')).toBe('abx')
    expect(order([{ do: 'add', id: 'a', content: text(''), after: 'b' }], 'a', 'b')).toBe('ab')
    expect(order([{ do: 'move', cell: 'c', after: null }], 'a', 'b', 'c')).toBe('cab')
    expect(order([{ do: 'move', cell: 'a', after: 'b' }], 'a', 'b', 'c')).toBe('bac')
    expect(order([{ do: 'move', cell: 'a', after: 'a' }], 'a', 'b')).toBe('ab')
    expect(order([{ do: 'remove', cell: 'b' }, { do: 'write', cell: 'b', content: text('late') }], 'a', 'b')).toBe('a')
  })

  it('keep the cells that they do not touch as they are', () => {
    const before = notebook('a', 'b')
    const after = withChanges(before, [{ do: 'write', cell: 'a', content: text('new') }, { do: 'title', title: 'U' }, { do: 'fold', cell: 'a', folded: true }])
    expect(after.cells[1]).toBe(before.cells[1])
    expect(after).toMatchObject({ title: 'U', cells: [{ content: text('new'), folded: true }, {}] })
  })

  it('end a conflict by what is chosen', () => {
    const before = notebook('a')
    const [cell] = before.cells
    if (!cell) throw new Error('no cell')
    before.cells = [{ ...cell, conflicts: [{ op: 'other', content: text('theirs'), by: 'ben', at: 1 }, { op: 'gone', content: null, by: 'cy', at: 2 }] }]
    const choose = (op: string) => withChanges(before, [{ do: 'choose', cell: 'a', op }]).cells
    expect(choose('op-a')).toMatchObject([{ content: text('a'), conflicts: [] }])
    expect(choose('other')).toMatchObject([{ content: text('theirs'), by: 'ben', conflicts: [] }])
    expect(choose('gone')).toEqual([])
    expect(choose('unknown')).toEqual(before.cells)
  })
})

describe('a step up or down', () => {
  it('is a place after a cell', () => {
    const cells = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect([stepAfter(cells, 'a', -1), stepAfter(cells, 'b', -1), stepAfter(cells, 'c', -1)]).toEqual([undefined, null, 'a'])
    expect([stepAfter(cells, 'a', 1), stepAfter(cells, 'b', 1), stepAfter(cells, 'c', 1)]).toEqual(['b', 'c', undefined])
    expect(stepAfter(cells, 'x', 1)).toBeUndefined()
  })
})
