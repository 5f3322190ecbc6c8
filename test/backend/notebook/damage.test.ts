import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createJournal, FILE_HEAD, readJournal, RECORD_HEAD } from '../../../src/backend/store'
import type { Subject } from '../../../src/contract'
import { Random } from '../random'
import { close, faultOf, journalOf, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { addText, aNotebook, aRoom, reopened, texts } from './a-room'

const SUBJECT: Subject = { kind: 'event', key: 'k' }
const COUNT = 12

/** A workspace in which so many comments were acknowledged. */
function written(): { folder: string; journal: string; said: string[]; places: number[] } {
  const folder = tempFolder()
  const room = aRoom(folder)
  const said: string[] = []
  const places: number[] = []
  for (let at = 0; at < COUNT; at++) {
    const words = `comment ${at} ${'x'.repeat(at * 30)}`
    places.push(at === 0 ? 0 : statSync(join(folder, 'notebook', 'journal-000001.log')).size)
    room.addComment(SUBJECT, words, null)
    said.push(words)
  }
  room.close()
  const journal = join(folder, 'notebook', 'journal-000001.log')
  return { folder, journal, said, places }
}

function comments(room: ReturnType<typeof aRoom>): string[] {
  return room.marks().comments(SUBJECT).map(({ text }) => text)
}

/** Every byte of the file that was found is still there: as it was, or as a journal and what was cut from it. */
function isKept(folder: string, bytes: Buffer): boolean {
  const files = readdirSync(join(folder, 'notebook')).filter((name) => name.startsWith('journal-'))
  const held = files.map((name) => [name, readFileSync(join(folder, 'notebook', name))] as const)
  return held.some(([name, one]) => one.equals(bytes) || held.some(([tail, cut]) => tail.startsWith(`${name}.cut-`) && Buffer.concat([one, cut]).equals(bytes)))
}

describe('a damaged journal of notes', () => {
  it('that is cut at any place keeps what stands before, names what is missing, and is written on', () => {
    const { folder, journal, said } = written()
    const whole = readFileSync(journal)
    const reached = readFileSync(join(folder, 'notebook', 'reached'))
    const random = new Random(4)
    const boundaries = [...said.keys()].map((at) => entryStarts(whole)[at + 1] ?? 0)
    const cuts = [0, 20, FILE_HEAD, FILE_HEAD + 3, ...boundaries, ...boundaries.map((at) => at + RECORD_HEAD), ...Array.from({ length: 25 }, () => random.int(whole.length))]
    for (const cut of cuts) {
      rmSync(join(folder, 'notebook'), { recursive: true })
      mkdirSync(join(folder, 'notebook'))
      writeFileSync(join(folder, 'notebook', 'reached'), reached)
      writeFileSync(journal, whole.subarray(0, cut))
      const room = aRoom(folder)
      const left = entryStarts(whole).filter((start) => start <= cut).length - 2
      expect(comments(room), `cut at ${cut}`).toEqual(said.slice(0, Math.max(0, left)))
      expect(room.recovered().join(' '), `cut at ${cut}`).toMatch(/entry|entries|journal/)
      expect(isKept(folder, whole.subarray(0, cut)), `cut at ${cut}`).toBe(true)
      room.addComment(SUBJECT, 'more', null)
      const again = reopened(room, folder)
      expect(again.recovered(), `cut at ${cut}`).toEqual([])
      expect(comments(again)).toEqual([...said.slice(0, Math.max(0, left)), 'more'])
      again.close()
    }
  })

  it('with one byte turned anywhere loses at most one entry, names it, and keeps the file', () => {
    const { folder, journal, said } = written()
    const whole = readFileSync(journal)
    const starts = entryStarts(whole)
    const random = new Random(9)
    const heads = starts.slice(0, -1).flatMap((start) => [start, start + 5, start + 8, start + 39, start + RECORD_HEAD + 1])
    for (const at of [0, 8, 17, ...heads, ...Array.from({ length: 60 }, () => random.int(whole.length))]) {
      rmSync(join(folder, 'notebook'), { recursive: true })
      mkdirSync(join(folder, 'notebook'))
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (random.int(255) + 1)
      writeFileSync(journal, bytes)
      const room = aRoom(folder)
      const held = comments(room)
      const lost = said.filter((words) => !held.includes(words))
      const number = starts.findLastIndex((start) => start <= at) + 1
      expect(held, `byte ${at}`).toEqual(said.filter((words) => !lost.includes(words)))
      expect(lost.length, `byte ${at}`).toBeLessThanOrEqual(1)
      if (lost.length > 0) {
        expect(room.recovered().join(' '), `byte ${at}`).toContain(`Entry ${number} of`)
        expect(room.recovered().join(' ')).toContain(`at byte ${starts[number - 1]}`)
        expect(lost, `byte ${at}`).toEqual([said[number - 2]])
      }
      expect(isKept(folder, bytes), `byte ${at}`).toBe(true)
      room.addComment(SUBJECT, 'more', null)
      const again = reopened(room, folder)
      expect(again.recovered()).toEqual([])
      expect(comments(again)).toEqual([...held, 'more'])
      again.close()
    }
  })

  it('keeps what a damaged hash or length stands for', () => {
    const { folder, journal, said } = written()
    const whole = readFileSync(journal)
    const [, second = 0] = entryStarts(whole)
    for (const at of [second, second + 4, second + 8]) {
      rmSync(join(folder, 'notebook'), { recursive: true })
      mkdirSync(join(folder, 'notebook'))
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      writeFileSync(journal, bytes)
      const room = aRoom(folder)
      expect(comments(room)).toEqual(said)
      expect(room.recovered()[0]).toContain('what it says is proven and kept')
      room.close()
    }
  })

  it('with several entries damaged keeps all others', () => {
    const { folder, journal, said } = written()
    const bytes = readFileSync(journal)
    const starts = entryStarts(bytes)
    for (const entry of [2, 3, 7]) bytes.fill(0x7a, (starts[entry] ?? 0) + RECORD_HEAD + 4, (starts[entry] ?? 0) + RECORD_HEAD + 20)
    bytes.fill(0, starts[9], (starts[9] ?? 0) + RECORD_HEAD + 30)
    writeFileSync(journal, bytes)
    const room = aRoom(folder)
    const held = comments(room)
    for (const at of [0, 3, 4, 5, 7, 10, 11]) expect(held).toContain(said[at])
    for (const at of [1, 2, 6, 8]) expect(held).not.toContain(said[at])
  })

  it('is read and not touched by a process that does not write', () => {
    const { folder, journal, said } = written()
    const bytes = readFileSync(journal)
    bytes[(entryStarts(bytes)[3] ?? 0) + RECORD_HEAD + 2] = 0
    writeFileSync(journal, bytes)
    const names = readdirSync(join(folder, 'notebook'))
    const reader = aRoom(folder, { isWriter: false })
    expect(comments(reader)).toEqual(said.filter((_, at) => at !== 2))
    expect(reader.recovered()).toHaveLength(1)
    expect(readdirSync(join(folder, 'notebook'))).toEqual(names)
    expect(readFileSync(journal)).toEqual(bytes)
  })

  it('whose mending was interrupted is mended again', () => {
    const { folder, journal, said } = written()
    const bytes = readFileSync(journal)
    bytes[(entryStarts(bytes)[3] ?? 0) + RECORD_HEAD + 2] = 0
    writeFileSync(journal, bytes)
    const other = tempFolder()
    cpSync(folder, other, { recursive: true })
    aRoom(other).close()
    // The new journal is in place and the old one not yet set aside; or the new one is not whole yet.
    cpSync(join(other, 'notebook', 'journal-000002.log'), join(folder, 'notebook', 'journal-000002.log'))
    writeFileSync(join(folder, 'notebook', 'journal-000003.log.new'), 'half')
    const room = aRoom(folder)
    expect(comments(room)).toEqual(said.filter((_, at) => at !== 2))
    expect(readdirSync(join(folder, 'notebook')).filter((name) => /^journal-\d+\.log$/.test(name))).toEqual(['journal-000002.log'])
    expect(isKept(folder, bytes)).toBe(true)
  })

  it('that is gone is told of', () => {
    const { folder, journal } = written()
    rmSync(journal)
    const room = aRoom(folder)
    expect(room.recovered()).toEqual([expect.stringContaining('is gone')])
    addText(room, aNotebook(room), 'new')
    expect(reopened(room, folder).recovered()).toEqual([])
  })

  it('whose folder is none is told of, and nothing is written', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'notebook'), 'no folder')
    const room = aRoom(folder)
    expect(room.recovered()).toEqual([expect.stringContaining('cannot be read')])
    expect(room.readOnly()).toMatchObject({ code: 'damaged' })
    expect(await faultOf(() => aNotebook(room))).toMatchObject({ code: 'workspace-damaged' })
    expect(aRoom(folder, { isWriter: false }).list(false)).toEqual([])
  })

  it('of a newer program is read and not written', async () => {
    const { folder, journal } = written()
    const room = aRoom(folder)
    const id = aNotebook(room)
    room.close()
    const text = readFileSync(journal).toString('latin1')
    expect(text).toContain('"format":1')
    rewriteFirst(journal, '{"kind":"begin","format":9}')
    const newer = aRoom(folder)
    expect(newer.readOnly()).toMatchObject({ code: 'damaged', message: expect.stringContaining('newer') })
    expect(newer.get(id)).toMatchObject({ title: 'Incident' })
    expect(await faultOf(() => aNotebook(newer))).toMatchObject({ code: 'workspace-damaged' })
  })
})

describe('a damaged cache', () => {
  it('leaves notes readable and writable', async () => {
    const { folder, said } = written()
    const store = await writable(folder)
    close(store)
    writeFileSync(join(folder, 'workspace.json'), 'x')
    writeFileSync(journalOf(folder), 'x')
    const room = aRoom(folder)
    expect(comments(room)).toEqual(said)
    const id = aNotebook(room)
    addText(room, id, 'a')
    expect(texts(reopened(room, folder), id)).toEqual(['a'])
  })
})

/** Offsets at which the entries of a whole journal begin, and its end. */
function entryStarts(bytes: Buffer): number[] {
  const starts = [FILE_HEAD]
  for (let at = FILE_HEAD; at < bytes.length; ) {
    at += RECORD_HEAD + bytes.readUInt32LE(at)
    starts.push(at)
  }
  return starts
}

/** Writes the journal anew with another first entry. */
function rewriteFirst(journal: string, first: string): void {
  const payloads: Uint8Array[][] = []
  readJournal(journal, (payload) => payloads.push([payload]))
  rmSync(journal)
  createJournal(journal, new Uint8Array(32), [[Buffer.from(first)], ...payloads.slice(1)])
}
