import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cite, unpack, type CopiedOperation, type NotebookRoom } from '../../../src/backend/notebook'
import type { MarkChange, Subject } from '../../../src/contract'
import { copiedOperation } from '../../../src/contract/asks'
import { Random } from '../random'
import { add, faultOf, keys, NOW, records, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { addText, aNotebook, aRoom, reopened, text, texts } from './a-room'

function isOperation(operation: unknown): operation is CopiedOperation {
  return copiedOperation.safeParse(operation).success
}

function sent(from: NotebookRoom, to: NotebookRoom, id: string) {
  return to.merge(unpack(from.pack(id), isOperation))
}

/** A notebook with one cell, in two copies. */
function two() {
  const [here, there] = [tempFolder(), tempFolder()]
  const ann = aRoom(here)
  const bob = aRoom(there, { by: 'bob' })
  const id = aNotebook(ann)
  const cell = addText(ann, id, 'both')
  sent(ann, bob, id)
  return { here, there, ann, bob, id, cell }
}

/** What two copies must agree on; revisions count the same operations. */
function shown(room: NotebookRoom, id: string) {
  const { canUndo: _undo, canRedo: _redo, ...rest } = room.get(id)
  return rest
}

describe('two copies of a notebook', () => {
  it('become one that has what both wrote', () => {
    const { ann, bob, there, id, cell } = two()
    addText(ann, id, 'of ann')
    addText(bob, id, 'of bob')
    bob.apply(id, [{ do: 'status', status: 'closed' }])
    expect(bob.compare(unpack(ann.pack(id), isOperation))).toEqual({ id, title: 'Incident', isNew: false, added: 1, conflicts: 0, marks: 0, comments: 0, by: ['ann'] })
    expect(texts(bob, id)).toEqual(['both', 'of bob'])
    expect(sent(ann, bob, id)).toMatchObject({ added: 1, conflicts: 0 })
    expect(sent(bob, ann, id)).toMatchObject({ added: 2, conflicts: 0 })
    expect(shown(ann, id)).toEqual(shown(bob, id))
    expect(texts(ann, id).toSorted()).toEqual(['both', 'of ann', 'of bob'])
    expect(ann.get(id)).toMatchObject({ status: 'closed', cells: expect.arrayContaining([expect.objectContaining({ id: cell, by: 'ann' })]) })
    expect(sent(bob, ann, id)).toMatchObject({ added: 0 })
    expect(shown(reopened(bob, there, { by: 'bob' }), id)).toEqual(shown(ann, id))
  })

  it('keep both writings of one cell until one is chosen', () => {
    const { ann, bob, id, cell } = two()
    ann.apply(id, [{ do: 'write', cell, content: text('ann says') }])
    bob.apply(id, [{ do: 'write', cell, content: text('bob said') }])
    bob.apply(id, [{ do: 'write', cell, content: text('bob says') }])
    expect(sent(ann, bob, id)).toMatchObject({ conflicts: 1 })
    sent(bob, ann, id)
    const [merged] = ann.get(id).cells
    expect(bob.get(id).cells).toEqual([merged])
    const written = [merged?.content, ...(merged?.conflicts ?? []).map(({ content }) => content)]
    expect(written).toHaveLength(2)
    expect(written).toEqual(expect.arrayContaining([text('ann says'), text('bob says')]))
    const other = merged?.conflicts[0]
    ann.apply(id, [{ do: 'choose', cell, op: other?.op ?? '' }])
    expect(ann.get(id).cells).toMatchObject([{ content: other?.content, conflicts: [] }])
    ann.undo(id)
    expect(ann.get(id).cells[0]?.conflicts).toHaveLength(1)
    ann.redo(id)
    sent(ann, bob, id)
    expect(shown(bob, id)).toEqual(shown(ann, id))
    expect(bob.get(id).cells[0]?.conflicts).toEqual([])
  })

  it('keep a cell that one wrote and the other removed', () => {
    const { ann, bob, id, cell } = two()
    ann.apply(id, [{ do: 'remove', cell }])
    bob.apply(id, [{ do: 'write', cell, content: text('kept') }])
    sent(bob, ann, id)
    expect(ann.get(id).cells).toMatchObject([{ content: text('kept'), conflicts: [{ content: null, by: 'ann' }] }])
    ann.apply(id, [{ do: 'choose', cell, op: ann.get(id).cells[0]?.conflicts[0]?.op ?? '' }])
    expect(texts(ann, id)).toEqual([])
  })

  it('undo only what each did, whatever came from the other in between', () => {
    const { ann, bob, id, cell } = two()
    ann.apply(id, [{ do: 'write', cell, content: text('by ann') }])
    sent(ann, bob, id)
    bob.apply(id, [{ do: 'write', cell, content: text('by bob, over that') }])
    sent(bob, ann, id)
    ann.undo(id)
    expect(ann.get(id).cells).toMatchObject([{ content: text('by bob, over that'), conflicts: [] }])
    ann.undo(id)
    expect(texts(ann, id)).toEqual([])
    ann.redo(id)
    expect(ann.get(id).cells).toMatchObject([{ content: text('by bob, over that'), conflicts: [] }])
    expect(bob.get(id)).toMatchObject({ canUndo: true })
  })

  it('carry the evidence that they cite', async () => {
    const { ann, bob, here, id } = two()
    const store = await writable(here)
    add(store, records(0, 3))
    const citations = await cite({ store, files: ann.files, by: 'ann', now: NOW }, keys(store))
    ann.apply(id, [{ do: 'add', id: 'e', content: { kind: 'events', title: '', citations }, after: null }])
    sent(ann, bob, id)
    expect(bob.files.names()).toEqual(ann.files.names())
    expect([...bob.citedKeys()]).toEqual(keys(store))
  })

  it('are the same in the end, whatever was done in whatever order', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = new Random(seed)
      const { ann, bob, here, there, id } = two()
      const acts = 30 + random.int(30)
      for (let at = 0; at < acts; at++) {
        const room = random.pick([ann, bob])
        const cells = room.get(id).cells
        const pick = () => random.pick(cells).id
        const act = cells.length === 0 ? 0 : random.int(9)
        if (act <= 1) room.apply(id, [{ do: 'add', id: `c${seed}-${at}`, content: text(`${at}`), after: cells.length > 0 && random.chance(0.7) ? pick() : null }])
        else if (act === 2) room.apply(id, [{ do: 'write', cell: pick(), content: text(`w${at}`) }])
        else if (act === 3) room.apply(id, [{ do: 'remove', cell: pick() }])
        else if (act === 4) moved(room, id, random)
        else if (act === 5) room.undo(id)
        else if (act === 6) room.redo(id)
        else if (act === 7) sent(ann, bob, id)
        else sent(bob, ann, id)
      }
      sent(ann, bob, id)
      sent(bob, ann, id)
      expect(shown(ann, id), `seed ${seed}`).toEqual(shown(bob, id))
      expect(ann.history(id)).toEqual(bob.history(id))
      const before = ann.get(id)
      expect(reopened(ann, here).get(id), `seed ${seed}`).toEqual(before)
      reopened(bob, there).close()
    }
  })
})

function moved(room: NotebookRoom, id: string, random: Random): void {
  const ids = room.get(id).cells.map((cell) => cell.id)
  const cell = random.pick(ids)
  const others = ids.filter((other) => other !== cell)
  room.apply(id, [{ do: 'move', cell, after: others.length > 0 && random.chance(0.7) ? random.pick(others) : null }])
}

function mark(room: NotebookRoom, key: string, change: MarkChange): void {
  room.mark({ events: [[key, null]], subjects: [] }, change)
}

/** A notebook that cites two of three events, in two copies. */
async function citing() {
  const both = two()
  const store = await writable(both.here)
  add(store, records(0, 3))
  const [first = '', second = '', other = ''] = keys(store)
  const citations = await cite({ store, files: both.ann.files, by: 'ann', now: NOW }, [first, second])
  both.ann.apply(both.id, [{ do: 'add', id: 'e', content: { kind: 'events', title: '', citations }, after: null }])
  return { ...both, first, second, other, about: (key: string): Subject => ({ kind: 'event', key }) }
}

/** What is written about an event. */
function written(room: NotebookRoom, subject: Subject) {
  const marks = room.marks()
  return { marks: marks.of(subject), comments: marks.comments(subject), history: marks.history(subject) }
}

describe('marks and comments of what two copies cite', () => {
  it('go with the copy, with who and when, and those of other events stay', async () => {
    const { ann, bob, there, id, first, second, other, about } = await citing()
    ann.mark({ events: [first, second, other].map((key) => [key, 'a'.repeat(64)]), subjects: [{ kind: 'session', id: 's' }] }, { quick: 'bad', add: ['x'] })
    ann.addComment(about(second), 'why', null)
    ann.addComment(about(other), 'not cited', null)
    expect(bob.compare(unpack(ann.pack(id), isOperation))).toMatchObject({ marks: 2, comments: 1, by: ['ann'] })
    expect(bob.marks().all()).toEqual([])
    sent(ann, bob, id)
    for (const key of [first, second]) expect(written(bob, about(key))).toEqual(written(ann, about(key)))
    expect(bob.marks().first(about(first))).toEqual(ann.marks().first(about(first)))
    expect(bob.marks().all()).toHaveLength(2)
    const again = reopened(bob, there, { by: 'bob' })
    expect(written(again, about(second))).toEqual(written(ann, about(second)))
    // Sent back, a part of a mark is that mark.
    expect(sent(again, ann, id)).toMatchObject({ added: 0, marks: 0, comments: 0 })
    expect(ann.marks().history(about(first))).toHaveLength(1)
  })

  it('become one where each changed them, also where one took away what the other edited', async () => {
    const { ann, bob, here, id, first, about } = await citing()
    mark(ann, first, { star: true, add: ['x', 'y'] })
    const { id: kept } = ann.addComment(about(first), 'one', null)
    const { id: both } = ann.addComment(about(first), 'two', null)
    const { id: gone } = ann.addComment(about(first), 'three', null)
    sent(ann, bob, id)
    mark(ann, first, { remove: ['x'] })
    ann.removeComment(kept)
    ann.editComment(both, 'two, says ann')
    mark(bob, first, { add: ['z'], quick: 'good' })
    bob.editComment(kept, 'one, edited')
    bob.editComment(both, 'two, says bob')
    bob.removeComment(gone)
    sent(ann, bob, id)
    sent(bob, ann, id)
    expect(ann.marks().of(about(first))).toEqual({ star: true, quick: 'good', tags: ['y', 'z'], comments: 2 })
    const texts = ann.marks().comments(about(first)).map(({ text: now, versions }) => [now, ...versions.map((version) => version.text)])
    expect(texts).toContainEqual(['one, edited', 'one'])
    expect(texts.find((one) => one.includes('two'))?.toSorted()).toEqual(['two', 'two, says ann', 'two, says bob'])
    const before = written(ann, about(first))
    expect(new Set(written(bob, about(first)).comments)).toEqual(new Set(before.comments))
    expect(written(bob, about(first)).marks).toEqual(before.marks)
    expect(written(reopened(ann, here), about(first)).comments).toEqual(before.comments)
  })

  it('of events that the copy does not cite are not taken in', async () => {
    const { ann, bob, id, other, about } = await citing()
    ann.addComment(about(other), 'mine', null)
    const lines = gunzipSync(ann.pack(id)).toString('utf8').split('\n')
    const forged = { id: 'op', clock: 9, at: NOW, by: 'eve', kind: 'comment', comment: 'c', subject: about(other), text: 'forged', sha256: null }
    bob.merge(unpack(new Uint8Array(gzipSync([...lines, JSON.stringify(forged)].join('\n'))), isOperation))
    expect(bob.marks().all()).toEqual([])
  })
})

describe('a copy that is not what was written', () => {
  it('is refused as a whole', async () => {
    const { ann, here, id } = two()
    const store = await writable(here)
    add(store, records(0, 2))
    const citations = await cite({ store, files: ann.files, by: 'ann', now: NOW }, keys(store))
    ann.apply(id, [{ do: 'add', id: 'e', content: { kind: 'events', title: '', citations }, after: null }])
    mark(ann, keys(store)[0] ?? '', { star: true })
    const whole = ann.pack(id)
    const lines = gunzipSync(whole).toString('utf8').split('\n')
    const other = aRoom(tempFolder())
    const packed = (changed: string[]) => new Uint8Array(gzipSync(changed.join('\n')))
    const unfit = [
      new Uint8Array([1, 2, 3]),
      packed([]),
      packed(lines.slice(1)),
      packed(lines.filter((line) => !line.includes('"kind":"notebook"'))),
      packed(lines.map((line) => line.replace(/"base64":"..../, '"base64":"AAAA'))),
      packed(lines.map((line) => line.replace('"clock":2', '"clock":9e300'))),
      packed(lines.map((line) => line.replace('"do":"add"', '"do":"other"'))),
      packed(lines.map((line) => line.replace('"star":true', '"star":"yes"'))),
      packed([...lines, '{"a":1}']),
    ]
    for (const bytes of unfit) expect(await faultOf(() => other.merge(unpack(bytes, isOperation)))).toMatchObject({ code: 'nothing-readable' })
    expect(other.list(false)).toEqual([])
    expect(other.files.names()).toEqual([])
    other.merge(unpack(whole, isOperation))
    expect(other.list(false)).toHaveLength(1)
  })
})
