import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ReadableStore, RecordingFacts, WritableStore } from '../../../src/backend/store'
import type { RecordingRow } from '../../../src/contract'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { aRecording, hashOf, IMPORTED, unknown, type Made } from './a-recording'
import { add, close, faultOf, filesWith, journalOf, NOW, nowAndReopened, readable, record, reopened, writable } from './a-store'

const PAIR = aRecording({ 'typescript': 'Script started\nhello\n', 'timing': '0.1 6\n' }, { title: 'a pair', start: NOW })

function keep(store: WritableStore, { facts, files }: Made, name = IMPORTED.name): void {
  store.keepRecordings({ ...IMPORTED, name }, [facts], files)
}

const idsOf = (store: { recordings(): { id: string }[] }) => store.recordings().map(({ id }) => id)
const held = (folder: string) => readdirSync(join(folder, 'recordings')).toSorted()

describe('a recording that is kept', () => {
  test('is known and read as it was given, also after a restart, by readers, and when the journal was rewritten', async () => {
    const folder = tempFolder()
    const first = await writable(folder)
    keep(first, PAIR)
    add(first, [record('one', {}, 'MARK')], { connection: 'other' })
    const check = (store: WritableStore) => {
      expect(store.recordings()).toEqual([{ ...PAIR.facts, connection: 'tapes', isHeld: true }])
      expect(store.recording(PAIR.facts.id)).toEqual(store.recordings()[0])
      const { files, part } = store.recordingFiles(PAIR.facts.id)
      expect(part).toBe('')
      expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
        ['typescript', 'Script started\nhello\n'],
        ['timing', '0.1 6\n'],
      ])
    }
    check(first)
    const store = await reopened(first, folder)
    check(store)
    const reader = await readable(folder)
    expect(reader.recordings()).toEqual([{ ...PAIR.facts, connection: 'tapes', isHeld: true }])
    expect(reader.recordingFiles(PAIR.facts.id).files).toHaveLength(2)
    const before = journalOf(folder)
    await store.remove('other', true)
    expect(journalOf(folder)).not.toBe(before)
    await nowAndReopened(store, folder, check)
  })

  test('stands under its hash, once, for its owner alone', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, PAIR)
    keep(store, aRecording({ 'other-name': 'Script started\nhello\n' }))
    expect(held(folder)).toEqual([hashOf('0.1 6\n'), hashOf('Script started\nhello\n')].toSorted())
    if (process.platform === 'win32') return
    expect(statSync(join(folder, 'recordings')).mode & 0o777).toBe(0o700)
    for (const name of held(folder)) expect(statSync(join(folder, 'recordings', name)).mode & 0o777).toBe(0o600)
  })

  test('can be one of several in a file: each is told by its part', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const [one, two] = ['rec:1', 'a b\nc'].map((part) => aRecording({ journal: 'both' }, {}, part))
    if (!one || !two) throw new Error('two were made')
    store.keepRecordings(IMPORTED, [one.facts, two.facts], one.files)
    expect(store.recordingFiles(one.facts.id).part).toBe('rec:1')
    expect(store.recordingFiles(two.facts.id).part).toBe('a b\nc')
  })

  test('is told to whoever listens, and follows the name of its connection', async () => {
    const store = await writable(tempFolder())
    const told: string[] = []
    store.onChange((tables) => told.push(...tables))
    keep(store, PAIR)
    expect(told).toContain('recording')
    store.renameConnection('tapes', 'reels')
    expect(store.recordings()).toMatchObject([{ connection: 'reels' }])
    expect(store.connections()).toMatchObject([{ name: 'reels', kind: 'recording', rows: 0 }])
    expect(store.coverage(null)).toEqual([])
  })

  test('must come with the bytes that it names', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const wrong = [{ name: 'typescript', bytes: new Uint8Array([1]) }]
    expect(() => store.keepRecordings(IMPORTED, [PAIR.facts], wrong)).toThrow(/not given/)
    expect(() => store.keepRecordings(IMPORTED, [unknown('x')], [])).toThrow(/not given/)
    expect(store.recordings()).toEqual([])
    expect(await faultOf(() => add(store, [record('one')], { connection: 'tapes', kind: 'sshd' }) && keep(store, PAIR))).toMatchObject({ code: 'name-taken' })
  })

  test('come newest first, those of unknown start last', async () => {
    const store = await writable(tempFolder())
    const made: RecordingFacts[] = [
      { ...unknown('b'), start: NOW },
      { ...unknown('none') },
      { ...unknown('a'), start: NOW },
      { ...unknown('late'), start: NOW + 1 },
    ]
    store.keepRecordings(IMPORTED, made)
    expect(idsOf(store)).toEqual(['late', 'a', 'b', 'none'])
  })
})

describe('a recording that a list names', () => {
  const listed = { ...unknown('webxterm:host:sessions:7'), user: 'ana', start: NOW - 5000 }

  test('is known and not held until its bytes come', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    store.keepRecordings({ name: 'web', kind: 'webxterm' }, [listed])
    expect(store.recordings()).toEqual([{ ...listed, connection: 'web', isHeld: false }])
    expect(await faultOf(() => store.recordingFiles(listed.id))).toMatchObject({ code: 'not-found', message: expect.stringContaining('fetch') })
    expect(await faultOf(() => store.recordingFiles('sha256:00'))).toMatchObject({ code: 'not-found' })
    expect(store.recording('sha256:00')).toBeNull()
  })

  test('stays held, with what its bytes said, when it is listed again', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const tape = aRecording({ 'x.cast': '{}' }, { id: listed.id, user: 'ana', cols: 80, durationMs: 9, start: NOW, startPrecision: 's' })
    store.keepRecordings({ name: 'web', kind: 'webxterm' }, [tape.facts], tape.files)
    store.keepRecordings({ name: 'web', kind: 'webxterm' }, [{ ...listed, title: 'new title', start: NOW - 1 }])
    await nowAndReopened(store, folder, (now) => {
      expect(now.recordings()).toEqual([{ ...tape.facts, title: 'new title', connection: 'web', isHeld: true }])
      expect(now.recordingFiles(listed.id).files).toHaveLength(1)
    })
  })
})

describe('bytes that are no longer those received', () => {
  const path = (folder: string, content: string) => join(folder, 'recordings', hashOf(content))

  test('are told, never given, and mended when they come again', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, PAIR)
    writeFileSync(path(folder, '0.1 6\n'), '0.1 7\n')
    expect(await faultOf(() => store.recordingFiles(PAIR.facts.id))).toMatchObject({
      code: 'recording-damaged',
      message: expect.stringContaining('timing'),
    })
    keep(store, PAIR)
    expect(store.recordingFiles(PAIR.facts.id).files).toHaveLength(2)
    rmSync(path(folder, '0.1 6\n'))
    expect(await faultOf(() => store.recordingFiles(PAIR.facts.id))).toMatchObject({
      code: 'recording-damaged',
      message: expect.stringContaining('gone'),
    })
    expect(store.recordings()).toMatchObject([{ isHeld: true }])
  })
})

describe('a connection that goes', () => {
  const secret = aRecording({ 'only.cast': 'MARK-OF-BYTES' }, { title: 'MARK-OF-TITLE' })

  test('with a wipe takes its recordings off the disk, but for files that another holds', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, PAIR)
    keep(store, PAIR, 'others')
    keep(store, secret)
    expect(idsOf(store).toSorted()).toEqual([PAIR.facts.id, secret.facts.id].toSorted())
    await store.remove('tapes', true)
    expect(filesWith(folder, 'MARK-OF')).toEqual([])
    await nowAndReopened(store, folder, (now) => {
      expect(now.recordings()).toEqual([{ ...PAIR.facts, connection: 'others', isHeld: true }])
      expect(now.recordingFiles(PAIR.facts.id).files).toHaveLength(2)
    })
  })

  test('with a wipe of the last takes all', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, secret)
    await store.remove('tapes', true)
    expect(held(folder)).toEqual([])
    expect(filesWith(folder, 'MARK-OF')).toEqual([])
    await nowAndReopened(store, folder, (now) => expect(now.recordings()).toEqual([]))
  })

  test('without one leaves them', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, secret)
    await store.remove('tapes', false)
    await nowAndReopened(store, folder, (now) => expect(now.recordingFiles(secret.facts.id).files).toHaveLength(1))
  })

  test('before it was shown leaves nothing', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const pending = { ...IMPORTED, pending: true }
    store.keepRecordings(pending, [secret.facts], secret.files)
    expect(store.recordings()).toEqual([])
    expect(store.recording(secret.facts.id)).toBeNull()
    await store.dropPending('tapes')
    expect(filesWith(folder, 'MARK-OF')).toEqual([])
  })

  test('for the import that replaces it leaves the new alone', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, secret)
    store.keepRecordings({ ...IMPORTED, pending: true }, [PAIR.facts], PAIR.files)
    expect(idsOf(store)).toEqual([secret.facts.id])
    const told: string[] = []
    store.onChange((tables) => told.push(...tables))
    const from = { origin: 'file', place: '/tmp', fetchedAt: NOW } as const
    store.append([], from, { connection: 'tapes', kind: 'recording', pending: true, ready: { replaces: 'tapes' } })
    expect(told).toContain('recording')
    expect(idsOf(store)).toEqual([PAIR.facts.id])
    const again = await reopened(store, folder)
    expect(idsOf(again)).toEqual([PAIR.facts.id])
    expect(filesWith(folder, 'MARK-OF')).toEqual([])
  })
})

describe('at the start', () => {
  test('files that nothing names go, and what is none of ours stays', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    keep(store, PAIR)
    const names = held(folder)
    close(store)
    for (const name of [hashOf('left'), `${hashOf('half')}.new`]) writeFileSync(join(folder, 'recordings', name), 'left')
    writeFileSync(join(folder, 'recordings', 'notes.txt'), 'mine')
    mkdirSync(join(folder, 'recordings', 'folder'))
    await readable(folder)
    expect(held(folder)).toHaveLength(6)
    await writable(folder)
    expect(held(folder)).toEqual([...names, 'folder', 'notes.txt'].toSorted())
  })

  test('none goes where the journal is damaged: what is behind the damage may name it', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, [record('one')])
    const size = statSync(journalOf(folder)).size
    keep(store, PAIR)
    add(store, [record('two')])
    const names = held(folder)
    close(store)
    const journal = readFileSync(journalOf(folder))
    journal[size + 60] = (journal[size + 60] ?? 0) ^ 1
    writeFileSync(journalOf(folder), journal)
    const damaged = await writable(folder)
    expect(damaged.state().readOnly).toMatchObject({ code: 'damaged' })
    expect(held(folder)).toEqual(names)
  })
})

test.each([1, 2, 3])('whatever happened, rows and files are those of a plain list, also read back and rewritten (seed %i)', async (seed) => {
  const random = new Random(seed)
  const folder = tempFolder()
  let store = await writable(folder)
  // Files shared by several, and parts of one.
  const made = Array.from({ length: 6 }, (_, i) => aRecording({ data: `data ${i % 4}`, timing: `${i % 2}` }, { start: NOW + i }, i > 3 ? `part ${i}` : ''))
  const plain = new Map<string, Map<string, { facts: RecordingFacts; isHeld: boolean }>>()
  const name = () => random.pick(['a', 'b', 'c'])

  const keepSome = () => {
    const [to, { facts, files }] = [name(), random.pick(made)]
    keep(store, { facts, files }, to)
    plain.set(to, (plain.get(to) ?? new Map()).set(facts.id, { facts, isHeld: true }))
  }
  const listSome = () => {
    const [to, { facts }] = [name(), random.pick(made)]
    const listed = { ...unknown(facts.id), title: `listed ${random.int(9)}` }
    store.keepRecordings({ ...IMPORTED, name: to }, [listed])
    const before = plain.get(to)?.get(facts.id)
    const known = before?.isHeld ? { facts: { ...before.facts, title: listed.title, startPrecision: facts.startPrecision }, isHeld: true } : { facts: listed, isHeld: false }
    plain.set(to, (plain.get(to) ?? new Map()).set(facts.id, known))
  }
  const wipe = async () => {
    const gone = name()
    if (!plain.has(gone)) return
    await store.remove(gone, true)
    plain.delete(gone)
  }
  const swap = () => {
    const gone = name()
    if (!plain.has(gone)) return
    store.renameConnection(gone, 'swapped')
    store.renameConnection('swapped', gone)
  }
  const expected = () => {
    const all = [...plain].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([connection, known]) => [...known.values()].map((one) => ({ connection, ...one })))
    const rows = new Map<string, RecordingRow>()
    for (const held of [true, false]) {
      for (const { connection, facts, isHeld } of all) {
        if (isHeld === held && !rows.has(facts.id)) rows.set(facts.id, { ...facts, connection, isHeld })
      }
    }
    const files = all.flatMap(({ facts, isHeld }) => (isHeld ? facts.files.map(({ sha256 }) => sha256) : []))
    return { rows: [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)), files: [...new Set(files)].toSorted() }
  }
  const actual = (from: ReadableStore) => ({
    rows: from.recordings().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    files: existsSync(join(folder, 'recordings')) ? held(folder) : [],
  })

  for (let step = 0; step < 60; step++) {
    const act: () => unknown = random.pick([keepSome, keepSome, keepSome, listSome, listSome, swap, wipe])
    await act()
    expect(actual(store), `step ${step}`).toEqual(expected())
    for (const { id, isHeld } of store.recordings()) if (isHeld) expect(store.recordingFiles(id).files).toHaveLength(2)
    if (!random.chance(0.15)) continue
    expect(actual(await readable(folder))).toEqual(expected())
    store = await reopened(store, folder)
    expect(actual(store)).toEqual(expected())
  }
})
