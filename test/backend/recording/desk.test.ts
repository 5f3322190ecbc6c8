import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { RecordingDesk, type DeskOptions, type Progress } from '../../../src/backend/recording'
import type { RecordingFile } from '../../../src/backend/recording/model'
import { FIRST_PIECE, type StoredFile } from '../../../src/backend/recording/stored-file'
import { STALLED, TOO_COSTLY } from '../../../src/backend/recording/work-limits'
import { buildPrograms } from '../../build-programs'
import { faultOf } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { ABOUT, opened, sessionFile } from './an-opened'
import { fileOf } from './read-recording'

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ 'recording-reader': 'src/backend/recording/recording-reader.ts' })
}, 60_000)
afterAll(() => built.remove())

const { file, session } = sessionFile(21, 300_000)
/** Not all of it is read first. */
const LARGE = sessionFile(24, FIRST_PIECE).file

type Told = { id: string; progress: Progress }

function aDesk(held: Record<string, RecordingFile>, options: Partial<DeskOptions> = {}): { desk: RecordingDesk; told: Told[]; errors: unknown[] } {
  const told: Told[] = []
  const errors: unknown[] = []
  const desk = new RecordingDesk({
    filesOf: (id) => {
      const found = held[id]
      if (found === undefined) throw new Error(`not held: ${id}`)
      return { files: [found], part: '' }
    },
    onIndexed: (id, progress) => told.push({ id, progress }),
    onError: (error) => errors.push(error),
    ...options,
  })
  onTestFinished(() => desk.closeAll())
  return { desk, told, errors }
}

/** Resolves with the last of the tellings. */
async function done(desk: RecordingDesk, id: string): Promise<void> {
  await desk.ask(id, 'length', {})
}

const MANY = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, fileOf(castOf(`recording ${id}`))]))

function castOf(text: string): string {
  return `{"version":2,"width":80,"height":24}\n[1,"o","${text}"]\n[3,"o","\\r\\n$ "]\n`
}

describe.each([
  ['in a thread of its own', () => built.folder],
  ['in this thread', () => tmpdir()],
])('a recording read %s', (_, folder) => {
  it('answers as one that is opened here', async () => {
    const { desk, told } = aDesk({ a: file }, { folder: folder() })
    const here = await opened([file])
    const first = await desk.ask('a', 'segment', { segment: 0, input: false })
    expect([first.segment, first.from, first.cols, first.rows]).toEqual([0, 0, 80, 24])
    await done(desk, 'a')
    const state = await desk.ask('a', 'opened', {})
    expect(state).toEqual(await here.answer('opened', {}))
    for (const segment of state.index.segments.keys()) {
      const ask = { segment, input: false }
      expect(await desk.ask('a', 'segment', ask)).toEqual(await here.answer('segment', ask))
    }
    const search = { text: 'nginx', pattern: false }
    expect(await desk.ask('a', 'search', search)).toEqual(await here.answer('search', search))
    expect(await desk.ask('a', 'transcript', { about: ABOUT })).toEqual(await here.answer('transcript', { about: ABOUT }))
    const screen = { about: ABOUT, at: session.duration / 2 }
    expect(await desk.ask('a', 'screen', screen)).toEqual(await here.answer('screen', screen))
    expect(told.at(-1)?.progress).toMatchObject({ done: true, progress: 1, stopped: null })
    expect(told.every(({ progress }, at) => progress.indexedTo >= (told[at - 1]?.progress.indexedTo ?? 0))).toBe(true)
    here.close()
  })

  it('that nothing can be read of says so', async () => {
    const { desk } = aDesk({ a: fileOf('{"not": "a recording"}') }, { folder: folder() })
    await expect(desk.ask('a', 'opened', {})).rejects.toMatchObject({ code: 'recording-unreadable', detail: { place: 'a.cast' } })
    await expect(desk.ask('gone', 'opened', {})).rejects.toThrow('not held')
  })

  it('that costs too much is stopped, and what came before is there', async () => {
    const { desk, told } = aDesk({ a: file }, { folder: folder(), limits: { workMs: 0, stallMs: 5000 } })
    await done(desk, 'a')
    const { index, stopped } = await desk.ask('a', 'opened', {})
    expect([index.done, stopped]).toEqual([true, TOO_COSTLY])
    expect(index.indexedTo).toBeLessThan(session.duration)
    expect((await desk.ask('a', 'segment', { segment: 0, input: false })).segment).toBe(0)
    expect(told.at(-1)?.progress.stopped).toBe(TOO_COSTLY)
  })

  it('is closed with whoever waits for it told', async () => {
    const { desk } = aDesk({ a: sessionFile(22, 3_000_000).file }, { folder: folder() })
    const waiting = expect(desk.ask('a', 'transcript', { about: ABOUT })).rejects.toMatchObject({ code: 'cancelled' })
    await desk.ask('a', 'segment', { segment: 0, input: false })
    await desk.close('a')
    await waiting
    expect(desk.openIds).toEqual([])
  })

  it('is found with all others that show a text', async () => {
    const { desk } = aDesk({ ...MANY, bad: fileOf('nothing') }, { folder: folder() })
    await done(desk, 'b')
    const found = await desk.find({ text: 'RECORDING', ids: [...Object.keys(MANY), 'bad'], isOver: () => false })
    expect(found.recordings.map(({ id, total, hits }) => [id, total, hits[0]?.line, hits[0]?.at])).toEqual(
      Object.keys(MANY).map((id) => [id, 1, `recording ${id}`, 1]),
    )
    expect([found.searched, found.unsearched.map(({ id }) => id)]).toEqual([5, ['bad']])
    expect((await desk.find({ text: 'recording c', ids: Object.keys(MANY), isOver: () => false })).recordings.map(({ id }) => id)).toEqual(['c'])
    expect(desk.openIds).toEqual(['b'])
  })

  it('is found a part at a time: the first are searched in any case', async () => {
    const { desk } = aDesk(MANY, { folder: folder() })
    const found = await desk.find({ text: 'recording', ids: Object.keys(MANY), isOver: () => true })
    expect([found.recordings.map(({ id }) => id), found.searched, found.to]).toEqual([['a', 'b'], 2, 2])
  })
})

describe('a desk', () => {
  it('keeps three open: those used last, and those that are still being indexed', async () => {
    const { desk } = aDesk(MANY, { folder: tmpdir() })
    for (const id of ['a', 'b', 'c']) await done(desk, id)
    await desk.ask('a', 'opened', {})
    await done(desk, 'd')
    expect(desk.openIds).toEqual(['c', 'a', 'd'])
    const { desk: busy } = aDesk({ ...MANY, long: sessionFile(23, 3_000_000).file }, { folder: tmpdir() })
    await busy.ask('long', 'segment', { segment: 0, input: false })
    for (const id of ['a', 'b', 'c']) await done(busy, id)
    expect(busy.openIds).toEqual(['long', 'b', 'c'])
  })

  it('opens again what was let go', async () => {
    const { desk } = aDesk(MANY, { folder: tmpdir() })
    for (const id of Object.keys(MANY)) await done(desk, id)
    expect(desk.openIds).not.toContain('a')
    expect((await desk.ask('a', 'screen', { at: 2, about: ABOUT })).rows[0]).toBe('recording a')
  })
})

/** A program in the place of the reading thread, which hangs once it is asked to read on. */
function hanging(progress: object, again: string): string {
  const hang = 'setTimeout(() => { for (;;) {} }, 0)'
  const folder = mkdtempSync(join(tmpdir(), 'recount-hanging-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const program = `
    import { parentPort } from 'node:worker_threads'
    parentPort.once('message', ({ options: { end } }) => {
    const answer = ({ id, call }) => parentPort.postMessage({ kind: 'answer', id, answer: { call, end } })
    const progress = ${JSON.stringify(progress)}
    if (end === null) {
      parentPort.postMessage({ kind: 'progress', progress })
      ${hang}
    } else {
      parentPort.on('message', answer)
      ${again === '' ? hang : again}
    }
    })`
  writeFileSync(join(folder, 'recording-reader.js'), program)
  return folder
}

describe('bytes that are given to a reading thread', () => {
  const ask = { segment: 0, input: false }

  it('stay with whoever gave them', async () => {
    const { desk } = aDesk({ a: file }, { folder: built.folder })
    await desk.ask('a', 'segment', ask)
    expect(file.bytes.length).toBeGreaterThan(300_000)
  })

  it('are read there where threads share them, and may be a part of other bytes', async () => {
    const around = new Uint8Array(new SharedArrayBuffer(file.bytes.length + 10))
    around.set(file.bytes, 5)
    const { desk } = aDesk({ a: { name: file.name, bytes: around.subarray(5, -5) } }, { folder: built.folder })
    const segment = await desk.ask('a', 'segment', ask)
    await done(desk, 'a')
    const here = await opened([file])
    expect(segment.screen).toBe((await here.answer('segment', ask)).screen)
    expect((await desk.ask('a', 'opened', {})).events).toBe(session.events.length)
    here.close()
  })
})

describe.each([
  ['in a thread of its own', () => built.folder],
  ['in this thread', () => tmpdir()],
])('a file of the workspace that is read %s', (_, folder) => {
  /** One that is larger than what is read first; what it must be, and where it stands. */
  function stored(own: { bytes?: Uint8Array; sha256?: string } = {}) {
    const path = join(tempFolder(), 'stored')
    const sha256 = own.sha256 ?? createHash('sha256').update(LARGE.bytes).digest('hex')
    writeFileSync(path, own.bytes ?? LARGE.bytes)
    return { path, place: { name: 'session.cast', path, sha256 } }
  }

  function deskOf(place: StoredFile) {
    const told: Progress[] = []
    const errors: unknown[] = []
    const desk = new RecordingDesk({
      filesOf: () => ({ files: [place], part: '' }),
      onIndexed: (_id, progress) => told.push(progress),
      onError: (error) => errors.push(error),
      folder: folder(),
    })
    onTestFinished(() => desk.closeAll())
    return { desk, told, errors }
  }

  it('is begun before it is checked, and is the same in the end', async () => {
    const { desk } = deskOf(stored().place)
    const first = await desk.ask('a', 'opened', {})
    expect([first.checked, first.index.done]).toEqual([false, false])
    const { lines } = await desk.ask('a', 'lines', {})
    const state = await desk.ask('a', 'opened', {})
    const here = await opened([LARGE])
    expect(state).toEqual(await here.answer('opened', {}))
    expect([state.checked, lines.count]).toEqual([true, (await here.answer('lines', {})).lines.count])
    here.close()
  })

  it('tells nothing that may be kept where its end has changed, and soon nothing at all', async () => {
    const bytes = Buffer.from(LARGE.bytes)
    bytes[bytes.length - 3] = 0x20
    const { path, place } = stored({ bytes })
    const { desk, told, errors } = deskOf(place)
    const begun = desk.ask('a', 'opened', {})
    const refused = Promise.all(
      [desk.ask('a', 'search', { text: 'nginx', pattern: false }), desk.ask('a', 'screen', { at: 0, about: ABOUT })].map((answer) =>
        expect(answer).rejects.toMatchObject({ code: 'recording-damaged', message: expect.stringContaining('session.cast') }),
      ),
    )
    expect((await begun).checked).toBe(false)
    await refused
    expect(desk.openIds).toEqual([])
    const before = told.length
    expect((await faultOf(() => desk.ask('a', 'opened', {}))).code).toBe('recording-damaged')
    expect([told.length, errors]).toEqual([before, []])
    writeFileSync(path, LARGE.bytes)
    expect((await desk.ask('a', 'opened', {})).checked).toBe(true)
  })

  it('tells nothing where it has changed and is small, or is gone', async () => {
    for (const place of [stored({ bytes: file.bytes }).place, { name: 'gone.cast', path: join(tempFolder(), 'gone'), sha256: '' }]) {
      const { desk, errors } = deskOf(place)
      expect((await faultOf(() => desk.ask('a', 'segment', { segment: 0, input: false }))).code).toBe('recording-damaged')
      const { unsearched } = await desk.find({ text: 'a', ids: ['a'], isOver: () => false })
      expect(unsearched).toEqual([{ id: 'a', reason: expect.stringContaining(place.name) }])
      expect([errors, desk.openIds]).toEqual([[], []])
    }
  })
})

describe('a reading thread that hangs', () => {
  const limits = { workMs: 60_000, stallMs: 200 }
  const part = { progress: 0.4, indexedTo: 12, done: false, stopped: null, events: 70 }

  it('is begun anew up to where it came, and then answers', async () => {
    const folder = hanging(part, `parentPort.postMessage({ kind: 'progress', progress: { ...progress, done: true, stopped: end.reason } })`)
    const { desk, told } = aDesk({ a: file }, { folder, limits })
    expect(await desk.ask('a', 'opened', {})).toEqual({ call: 'opened', end: { events: 70, reason: STALLED } })
    expect(told.map(({ progress }) => [progress.events, progress.stopped])).toEqual([[70, null], [70, STALLED]])
  })

  it('is given up where it hangs again', async () => {
    const { desk } = aDesk({ a: file }, { folder: hanging(part, ''), limits })
    await expect(desk.ask('a', 'opened', {})).rejects.toMatchObject({ code: 'recording-unreadable' })
    await expect(desk.ask('a', 'opened', {})).rejects.toMatchObject({ code: 'recording-unreadable' })
  })

  it('is not started for what is indexed already', async () => {
    const recording = await opened([file], { end: { events: 500, reason: STALLED } })
    const { index, stopped } = await recording.answer('opened', {})
    expect([index.done, stopped]).toEqual([true, STALLED])
    const last = await recording.answer('segment', { segment: index.segments.length - 1, input: false })
    expect(last.times.at(-1) ?? last.from).toBe(session.events[499]?.time)
    recording.close()
  })
})
