import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalRow, leafHash, rootOf } from '../../../src/backend/evidence'
import { cite, freeze, Sides, type NotebookRoom } from '../../../src/backend/notebook'
import type { View } from '../../../src/contract'
import { add, ALL, faultOf, keys, NOW, record, records, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { aNotebook, aRoom } from './a-room'

const VIEW: View = { query: '', range: null, order: 'asc' }

async function held(count: number) {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, records(0, count, { actor: { name: 'ann' }, machine: { name: 'web-1' } }))
  const room = aRoom(folder)
  const freezing = { store, files: room.files, by: 'ann', now: NOW }
  return { folder, store, room, freezing, sides: new Sides({ store, files: room.files }) }
}

function addEvents(room: NotebookRoom, notebook: string, citations: Awaited<ReturnType<typeof cite>>): string {
  const id = randomUUID()
  room.apply(notebook, [{ do: 'add', id, content: { kind: 'events', title: '', citations }, after: null }])
  return id
}

describe('evidence', () => {
  it('is the rows of a view in a file of the name of its bytes, under the root of their tree', async () => {
    const { folder, store, room, freezing } = await held(700)
    const frozen = await freeze(freezing, VIEW)
    const rows = store.records(ALL, 0, 700).map(canonicalRow)
    const bytes = readFileSync(join(folder, 'notebook', 'evidence', `${frozen.evidence}.jsonl`))
    expect(bytes.toString()).toBe(rows.map((row) => `${row}\n`).join(''))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(frozen.evidence)
    expect(frozen).toMatchObject({ rows: 700, matching: 700, root: rootOf(rows.map(leafHash)).toString('hex'), by: 'ann', at: NOW })
    expect(frozen.first.map(({ key }) => key)).toEqual(keys(store).slice(0, frozen.first.length))
    const notebook = aNotebook(room)
    room.apply(notebook, [{ do: 'add', id: 'q', content: { kind: 'query', title: '', view: VIEW, frozen }, after: null }])
    expect([...room.citedKeys()]).toEqual(keys(store))
  })

  it('of nothing is a file without rows', async () => {
    const { freezing } = await held(3)
    const frozen = await freeze(freezing, { ...VIEW, query: 'user:nobody' })
    expect(frozen).toMatchObject({ rows: 0, first: [], root: createHash('sha256').digest('hex'), evidence: createHash('sha256').digest('hex') })
  })

  it('leaves no file where the view cannot be read or an event is not held', async () => {
    const { room, freezing } = await held(3)
    await faultOf(() => freeze(freezing, { ...VIEW, query: 'a and (' }))
    expect(await faultOf(() => cite(freezing, ['nothing']))).toMatchObject({ code: 'not-found' })
    expect(room.files.names()).toEqual([])
  })

  it('tells what is the same, what is another and what is gone', async () => {
    const { store, room, freezing, sides } = await held(3)
    const [one = '', two = '', three = ''] = keys(store)
    const notebook = aNotebook(room)
    const cell = addEvents(room, notebook, await cite(freezing, [one, two, three]))
    expect((await sides.of(notebook, room.document(notebook))).check).toEqual({ cited: 3, same: 3, changed: [], missing: [], damaged: [] })
    store.append([{ ...record('id-1', { time: NOW + 1, actor: { name: 'bob' } }, 'other bytes') }], { origin: 'request', place: 'GET x', fetchedAt: NOW }, { connection: 'logs', kind: 'sshd' })
    const changed = await sides.of(notebook, room.document(notebook))
    expect(changed.check).toEqual({ cited: 3, same: 2, changed: [{ key: two, cell }], missing: [], damaged: [] })
    expect(changed).toMatchObject({ people: ['ann'], machines: ['web-1'], events: 3, range: { from: NOW, to: NOW + 3 } })
    await store.remove('logs', true)
    expect((await sides.of(notebook, room.document(notebook))).check.missing).toHaveLength(3)
    const [file = ''] = room.files.names()
    writeFileSync(join(room.files.folder, file), 'x')
    const [sides2] = [new Sides({ store, files: room.files })]
    expect((await sides2.of(notebook, room.document(notebook))).check.damaged).toEqual([{ evidence: file.slice(0, 64), cell }])
  })
})
