import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultOf } from '../store/a-store'
import { fill, smallDisks } from '../a-small-disk'
import { addText, aNotebook, aRoom, reopened, texts } from './a-room'

const { mount, missing } = smallDisks()
if (missing !== null) console.warn(`skipped: full disk under notes: ${missing}`)

/** As much as the last page of a file can still take. */
const LONG = 'x'.repeat(5000)

describe.skipIf(missing !== null)('on a full disk', () => {
  test('nothing written is lost, the fault says so, reading goes on, and writing works again when there is room', async () => {
    const disk = mount(512)
    const folder = join(disk, 'workspace')
    mkdirSync(folder)
    let refusals = 0
    const room = aRoom(folder, { onRefusal: () => refusals++ })
    const id = aNotebook(room)
    addText(room, id, 'before')
    const filler = fill(disk)
    const before = room.get(id)
    expect(await faultOf(() => addText(room, id, LONG))).toMatchObject({ code: 'disk-full', message: expect.stringContaining('full') })
    expect(room.readOnly()).toMatchObject({ code: 'disk-full' })
    expect(refusals).toBe(1)
    expect(room.get(id)).toEqual(before)
    expect(texts(aRoom(folder, { isWriter: false }), id)).toEqual(['before'])
    expect(await faultOf(() => room.files.keep(Buffer.alloc(9000)))).toMatchObject({ code: 'disk-full' })
    expect(room.files.names()).toEqual([])
    rmSync(filler)
    addText(room, id, LONG)
    expect(room.readOnly()).toBeNull()
    expect(refusals).toBe(2)
    const again = reopened(room, folder)
    expect(texts(again, id)).toEqual(['before', LONG])
    expect(again.recovered()).toEqual([])
  })

  test('marks of many events that do not all fit are told by their number, and those before stand', async () => {
    const folder = join(mount(1024), 'workspace')
    mkdirSync(folder)
    const room = aRoom(folder)
    const events = Array.from({ length: 20_000 }, (_, at): [string, null] => [`k${at}`, null])
    const { code, message } = await faultOf(() => room.markAll(events, { quick: 'bad' }))
    expect(code).toBe('disk-full')
    const marked = room.markedKeys().marked.size
    expect(marked % 5000).toBe(0)
    expect(marked).toBeGreaterThan(0)
    expect(message).toContain(`${marked} of the 20000 events were marked`)
    expect(reopened(room, folder).markedKeys().marked.size).toBe(marked)
  })

  test('a workspace without notes opens, and takes the first when there is room', async () => {
    const disk = mount(64)
    const folder = join(disk, 'workspace')
    mkdirSync(folder)
    const filler = fill(disk)
    const room = aRoom(folder)
    expect(room.list(false)).toEqual([])
    expect(await faultOf(() => aNotebook(room))).toMatchObject({ code: 'disk-full' })
    rmSync(filler)
    const id = aNotebook(room)
    expect(reopened(room, folder).list(false)).toMatchObject([{ id }])
  })

  test('a torn end that cannot be kept beside is not cut; it is when there is room', async () => {
    const disk = mount(256)
    const folder = join(disk, 'workspace')
    mkdirSync(folder)
    const room = aRoom(folder)
    const id = aNotebook(room)
    addText(room, id, 'before')
    room.close()
    const journal = join(folder, 'notebook', 'journal-000001.log')
    writeFileSync(journal, Buffer.alloc(40_000, 1), { flag: 'a' })
    const { size } = statSync(journal)
    // Room for a new journal, not for the tail.
    const filler = fill(disk)
    writeFileSync(filler, Buffer.alloc(Math.max(0, statSync(filler).size - 16_384)))
    const full = aRoom(folder)
    expect(texts(full, id)).toEqual(['before'])
    expect(full.readOnly()).toMatchObject({ code: 'disk-full' })
    expect(await faultOf(() => addText(full, id, 'more'))).toMatchObject({ code: 'disk-full' })
    expect(statSync(journal).size).toBe(size)
    expect(readdirSync(join(folder, 'notebook')).filter((name) => name.startsWith('journal'))).toEqual(['journal-000001.log'])
    rmSync(filler)
    addText(full, id, 'more')
    expect(full.readOnly()).toBeNull()
    expect(full.recovered().join(' ')).toContain('40000 bytes were cut')
    const again = reopened(full, folder)
    expect(texts(again, id)).toEqual(['before', 'more'])
    expect(readFileSync(journal).length).toBeLessThan(size)
  })

  test('a damaged journal that cannot be renewed is read, left as it is, and renewed when there is room', async () => {
    const disk = mount(256)
    const folder = join(disk, 'workspace')
    mkdirSync(folder)
    const room = aRoom(folder)
    const id = aNotebook(room)
    addText(room, id, LONG)
    addText(room, id, 'after')
    room.close()
    const journal = join(folder, 'notebook', 'journal-000001.log')
    const bytes = readFileSync(journal)
    bytes[bytes.indexOf('xxxxx')] = 0x79
    writeFileSync(journal, bytes)
    const filler = fill(disk)
    const full = aRoom(folder)
    expect(texts(full, id)).toEqual(['after'])
    expect(await faultOf(() => addText(full, id, 'more'))).toMatchObject({ code: 'disk-full' })
    expect(readFileSync(journal)).toEqual(bytes)
    rmSync(filler)
    addText(full, id, 'more')
    expect(texts(reopened(full, folder), id)).toEqual(['after', 'more'])
  })
})
