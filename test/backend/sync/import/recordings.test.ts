import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { planImport, previewImport, type Progress } from '../../../../src/backend/sync'
import type { WritableStore } from '../../../../src/backend/store'
import { dataPath, describeWithData } from '../../../data'
import { hashOf } from '../../store/a-recording'
import { faultOf, filesWith, NOW, nowAndReopened, reopened, writable } from '../../store/a-store'
import { tempFolder } from '../../temp-folder'
import { imported, log, sshdLines, writeLogs } from '../an-import'

const START = Date.UTC(2023, 10, 14, 22, 13, 20)
const CAST = `{"version":2,"width":20,"height":3,"timestamp":${START / 1000},"title":"tape","command":"bash"}\n[0.5,"o","hello"]\n[2.25,"o","x"]\n`
const TYPESCRIPT = 'Script started on 2026-02-06 10:00:00+00:00 [TERM="xterm" COLUMNS="90" LINES="30"]\nhello world\n\nScript done on 2026-02-06 10:00:02+00:00\n'
const TIMING = '0.5 6\n1.5 6\n'
const SUDO = {
  log: '1700000000:ana:root::/dev/pts/1:30:100\n/home/ana\n/bin/bash\n',
  timing: '4 0.5 5\n4 1.0 3\n',
  ttyout: 'hello abc',
}

function message(rec: string, id: number, text: string): string {
  const timing = `=80x24>${text.length}`
  return JSON.stringify({ ver: '2.3', host: 'web', rec, user: 'ana', term: 'xterm', session: 7, id, pos: id * 1000, time: NOW / 1000 + id, timing, in_txt: '', in_bin: [], out_txt: text, out_bin: [] })
}

async function aStore(): Promise<{ folder: string; files: string; store: WritableStore }> {
  const folder = join(tempFolder(), 'workspace')
  return { folder, files: tempFolder(), store: await writable(folder) }
}

const formats = (store: WritableStore) => store.recordings().map(({ format }) => String(format))

describe('importing a recording', () => {
  test('holds its bytes as they were received and what they tell, and is no row of the timeline', async () => {
    const { folder, files, store } = await aStore()
    writeLogs(files, { 'a.cast': CAST })
    const [summary, ...others] = await imported({ store, items: [join(files, 'a.cast')] })
    expect(others).toEqual([])
    expect(summary).toEqual({
      connection: 'a.cast',
      kind: 'recording',
      files: 1,
      records: 1,
      events: 1,
      duplicates: 0,
      companions: 0,
      skipped: 0,
      rejected: [],
      from: '2023-11-14T22:13:20.000Z',
      to: '2023-11-14T22:13:22.250Z',
    })
    const sha256 = hashOf(CAST)
    const row = {
      id: `sha256:${sha256}`,
      connection: 'a.cast',
      isHeld: true,
      format: 'asciicast-v2',
      sha256,
      files: [{ name: 'a.cast', size: CAST.length, sha256 }],
      size: CAST.length,
      cols: 20,
      rows: 3,
      start: START,
      startPrecision: 's',
      durationMs: 2250,
      title: 'tape',
      command: 'bash',
      session: null,
      user: null,
      machine: null,
      place: join(files, 'a.cast'),
      fetchedAt: NOW,
    }
    await nowAndReopened(store, folder, (now) => {
      expect(now.recordings()).toEqual([row])
      expect(now.state()).toMatchObject({ held: 0, range: null })
      expect(now.coverage(null)).toEqual([])
      expect(now.coverage({ from: 0, to: NOW })).toEqual([])
      expect(now.connections()).toMatchObject([
        { name: 'a.cast', kind: 'recording', origin: 'files', state: 'ready', rows: 0, files: [{ path: row.place, sha256, first: START, last: START + 2250 }] },
      ])
    })
  })

  test('again, or as a copy, adds nothing; a copy under another name lives on when the first is wiped', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'a.cast': CAST, 'copy/b.cast': CAST })
    await imported({ store, items: [join(files, 'a.cast')] })
    expect(await imported({ store, items: [join(files, 'a.cast')] })).toMatchObject([{ records: 1, events: 0, duplicates: 1 }])
    expect(await imported({ store, items: [join(files, 'copy/b.cast')] })).toMatchObject([{ connection: 'b.cast', events: 0, duplicates: 1 }])
    expect(store.recordings()).toHaveLength(1)
    await store.remove('a.cast', true)
    expect(store.recordings()).toMatchObject([{ connection: 'b.cast', isHeld: true }])
    expect(store.recordingFiles(`sha256:${hashOf(CAST)}`).files).toHaveLength(1)
  })

  test('again mends bytes that were damaged', async () => {
    const { folder, store, files } = await aStore()
    writeLogs(files, { 'a.cast': CAST })
    await imported({ store, items: [join(files, 'a.cast')] })
    writeFileSync(join(folder, 'recordings', hashOf(CAST)), 'other')
    expect(await faultOf(() => store.recordingFiles(`sha256:${hashOf(CAST)}`))).toMatchObject({ code: 'recording-damaged' })
    await imported({ store, items: [join(files, 'a.cast')] })
    expect(store.recordingFiles(`sha256:${hashOf(CAST)}`).files).toHaveLength(1)
  })

  test('keeps a packed file packed', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'a.cast.gz': CAST })
    await imported({ store, items: [join(files, 'a.cast.gz')] })
    const [row] = store.recordings()
    expect(row).toMatchObject({ format: 'asciicast-v2', durationMs: 2250, sha256: hashOf(gzipSync(CAST)) })
    expect(Buffer.from(store.recordingFiles(row?.id ?? '').files[0]?.bytes ?? []).equals(readFileSync(join(files, 'a.cast.gz')))).toBe(true)
  })

  test('in place of another leaves nothing of it', async () => {
    const { folder, store, files } = await aStore()
    writeLogs(files, { 'a.cast': CAST.replace('tape', 'MARK'), 'b.cast': CAST })
    await imported({ store, items: [join(files, 'a.cast')] })
    const options = { replace: 'a.cast' }
    expect(await imported({ store, items: [join(files, 'b.cast')], options })).toMatchObject([{ connection: 'a.cast', events: 1 }])
    const again = await reopened(store, folder)
    expect(again.recordings()).toMatchObject([{ connection: 'a.cast', title: 'tape' }])
    expect(again.connections()).toHaveLength(1)
    expect(filesWith(folder, 'MARK')).toEqual([])
  })

  test('that is cut keeps those before, says so, and leaves nothing half', async () => {
    const { folder, store, files } = await aStore()
    writeLogs(files, { '1.cast': CAST, '2.cast': CAST.replace('tape', 'second') })
    const abort = new AbortController()
    const onProgress = ({ recordsDone }: Progress) => {
      if (recordsDone === 1) abort.abort()
    }
    const run = () => imported({ store, items: [files], options: { name: 'tapes' }, signal: abort.signal, onProgress })
    expect(await faultOf(run)).toMatchObject({ code: 'cancelled' })
    expect(store.recordings()).toHaveLength(1)
    expect(store.connections()).toMatchObject([{ name: 'tapes', state: 'interrupted' }])
    expect(readdirSync(join(folder, 'recordings'))).toHaveLength(1)
    expect(await imported({ store, items: [files], options: { name: 'tapes' } })).toMatchObject([{ events: 1, duplicates: 1 }])
    expect(store.connections()).toMatchObject([{ state: 'ready' }])
  })

  test('tells how far it is, up to all bytes', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'a.cast': CAST, 'auth.log': log(sshdLines(0, 5)) })
    const told: number[] = []
    await imported({ store, items: [files], options: { name: 'all' }, onProgress: ({ bytesDone, state }) => void (state === 'importing' && told.push(bytesDone)) })
    expect(told.toSorted((a, b) => a - b)).toEqual(told)
    expect(told.at(-1)).toBe(CAST.length + log(sshdLines(0, 5)).length)
  })
})

describe('of the files found', () => {
  test('a script pair is one recording, whatever its files are called', async () => {
    for (const [data, timing] of [['typescript', 'timing'], ['scr.out', 'scr.timing'], ['night', 'night.tm.gz'], ['x', 'y']] as const) {
      const { store, files } = await aStore()
      writeLogs(files, { [data]: TYPESCRIPT, [timing]: TIMING, 'notes.md': 'plain words\n' })
      const [summary] = await imported({ store, items: [files], options: { name: 'tapes' } })
      expect(summary, data).toMatchObject({ files: 2, records: 1, rejected: [{ file: join(files, 'notes.md') }] })
      expect(store.recordings()).toMatchObject([{ format: 'script', cols: 90, durationMs: 2000, files: [{ name: data }, { name: timing }] }])
    }
  })

  test('pairs are told apart by what they are called, and where that tells nothing by what fits', async () => {
    const { store, files } = await aStore()
    const other = TYPESCRIPT.replace('hello world', 'hello wonderful')
    writeLogs(files, { a: TYPESCRIPT, 'a.timing': TIMING, b: other, 'b.timing': '0.5 6\n1.5 10\n', 'c/one': TYPESCRIPT, 'c/two': other, 'c/t1': '0.5 6\n1.5 10\n', 'c/t2': TIMING })
    await imported({ store, items: [files] })
    const pairs = store.recordings().map((row) => row.files.map(({ name }) => name).join(' ')).toSorted()
    expect(pairs).toEqual(['a a.timing', 'b b.timing', 'one t2', 'two t1'])
  })

  test('a typescript without timing is a recording, a timing without typescript is none', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'one/typescript': TYPESCRIPT, 'two/timing': TIMING })
    const [summary] = await imported({ store, items: [files] })
    expect(summary).toMatchObject({ records: 1, rejected: [{ file: join(files, 'two/timing'), line: 0, reason: expect.stringContaining('without its data') }] })
  })

  test('a folder of sudo is one, and its session is told by where it stood', async () => {
    const { store, files } = await aStore()
    const at = (place: string) => Object.fromEntries(Object.entries(SUDO).map(([name, content]) => [`${place}/${name}`, content]))
    writeLogs(files, { ...at('io/00/00/01'), ...at('plain'), 'io/seq': '000001\n' })
    const [summary] = await imported({ store, items: [files], options: { name: 'io' } })
    expect(summary).toMatchObject({ files: 6, records: 2, events: 2, rejected: [{ file: join(files, 'io/seq') }] })
    expect(store.recordings().map(({ session, user, durationMs }) => [session, user, durationMs])).toEqual(
      expect.arrayContaining([['000001', 'ana', 1500], [null, 'ana', 1500]]),
    )
    for (const { id } of store.recordings()) expect(store.recordingFiles(id).files).toHaveLength(3)
  })

  test('what a session of sudo showed is not taken for a log', async () => {
    const { store, files } = await aStore()
    const shown = log(sshdLines(0, 50))
    writeLogs(files, { log: SUDO.log, timing: `4 0.5 ${shown.length}\n`, ttyout: shown })
    expect(await imported({ store, items: [files] })).toMatchObject([{ kind: 'recording', records: 1 }])
  })

  test('a log is a log', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'auth.log': log(sshdLines(0, 50)), 'a.cast': CAST })
    const summaries = await imported({ store, items: [files], options: { name: 'mixed' } })
    expect(summaries).toMatchObject([
      { connection: 'mixed (sshd)', kind: 'sshd', records: 50, rejected: [] },
      { connection: 'mixed (recording)', kind: 'recording', records: 1 },
    ])
    expect(formats(store)).toEqual(['asciicast-v2'])
  })

  test('a journal gives each of its recordings, also where it is a log too', async () => {
    const { store, files } = await aStore()
    const lines = [message('one', 1, 'hello'), message('two', 1, 'hi'), message('one', 2, 'bye')]
    const syslog = lines.map((line) => `Nov 20 15:00:00 web tlog-rec[7]: ${line}\n`).join('')
    writeLogs(files, { 't.log': lines.join('\n'), 'sys/messages': log(sshdLines(0, 5)) + syslog })
    expect(await imported({ store, items: [join(files, 't.log')] })).toMatchObject([{ kind: 'recording', files: 1, records: 2, events: 2 }])
    const id = `sha256:${hashOf(lines.join('\n'))}`
    expect(store.recordings().map((row) => row.id).toSorted()).toEqual([`${id}:one`, `${id}:two`])
    expect(store.recording(`${id}:one`)).toMatchObject({ user: 'ana', machine: 'web', session: '7', format: 'tlog' })
    expect(store.recordingFiles(`${id}:two`).part).toBe('two')
    const both = await imported({ store, items: [join(files, 'sys')] })
    expect(both.map(({ kind, events }) => [kind, events])).toEqual([['sshd', 5], ['recording', 2]])
  })

  test('only what is asked for is taken, by its kind', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'typescript': log(sshdLines(0, 50)).replace(/^/, TYPESCRIPT) })
    expect(await imported({ store, items: [files], options: { kind: 'recording', name: 'r' } })).toMatchObject([{ kind: 'recording', records: 1 }])
    expect(await imported({ store, items: [files], options: { kind: 'sshd', name: 's', year: 2026 } })).toMatchObject([{ kind: 'sshd' }])
    expect(await faultOf(() => planImport([{ path: files }], { kind: 'tape' }))).toMatchObject({ code: 'bad-ask', message: expect.stringContaining('recording') })
  })

  test('files that were received go by the names they had', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { '1': TYPESCRIPT, '2': TIMING, '3': TYPESCRIPT })
    const named = (path: string, name: string) => ({ path: join(files, path), named: { name, mtime: NOW } })
    await imported({ store, items: [named('1', 'a/typescript'), named('2', 'a/timing'), named('3', 'b/typescript')], options: { name: 'r' } })
    expect(store.recordings().map((row) => row.files.map(({ name }) => name))).toEqual(expect.arrayContaining([['typescript', 'timing'], ['typescript']]))
    expect(store.connections()[0]?.files.map(({ path }) => path).toSorted()).toEqual(['a/timing', 'a/typescript', 'b/typescript'])
  })

  test('what is none is told with the reason, and a file that is gone stops the import', async () => {
    const { store, files } = await aStore()
    writeLogs(files, { 'a.cast': CAST, 'x.xz': Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2]) })
    const plan = await planImport([{ path: files }], {})
    expect(plan.unread).toMatchObject([{ reason: expect.stringContaining('unxz') }])
    rmSync(join(files, 'a.cast'))
    expect(await faultOf(() => imported({ store, items: [join(files, 'a.cast')] }))).toMatchObject({ code: 'file-unreadable' })
    expect(store.connections()).toEqual([])
  })
})

test('a preview tells format, size, start and duration', async () => {
  const files = tempFolder()
  writeLogs(files, { 'a.cast': CAST, 's/typescript': TYPESCRIPT, 's/timing': TIMING })
  const plan = await planImport([{ path: files }], {})
  const shown = await previewImport(plan, {})
  expect(shown.map(({ name, kind, first, last, recording }) => ({ name, kind, first, last, recording }))).toEqual(
    expect.arrayContaining([
      {
        name: join(files, 'a.cast'),
        kind: 'recording',
        first: START,
        last: START + 2250,
        recording: { format: 'asciicast-v2', parts: 1, cols: 20, rows: 3, start: START, durationMs: 2250 },
      },
      expect.objectContaining({ name: join(files, 's/timing'), kind: 'recording', recording: expect.objectContaining({ format: 'script', durationMs: 2000 }) }),
    ]),
  )
})

describeWithData('importing real ones', () => {
  test('one session in every format is seven recordings', async () => {
    const { store } = await aStore()
    const [summary] = await imported({ store, items: [dataPath('recordings/produced')] })
    expect(summary).toMatchObject({ connection: 'produced', records: 7, events: 7, files: 18 })
    expect(formats(store).toSorted()).toEqual(['asciicast-v2', 'script', 'script', 'script', 'sudo', 'tlog', 'ttyrec'])
    const scripts = store.recordings().filter(({ format }) => format === 'script').map((row) => row.files.map(({ name }) => name).toSorted().join(' '))
    expect(scripts.toSorted()).toEqual(['scr.classic scr.classic.timing', 'scr.in scr.out scr.timing', 'scr.io scr.io.timing'])
    for (const { durationMs } of store.recordings()) expect(Math.abs((durationMs ?? 0) - 520)).toBeLessThan(30)
  })

  test('every odd asciicast and ttyrec is held, and what is none is refused', async () => {
    const { store } = await aStore()
    const [summary] = await imported({ store, items: [dataPath('recordings/odd')] })
    expect(summary).toMatchObject({ rejected: [] })
    expect(summary?.records).toBe(summary?.files)
    const refused = await faultOf(() => imported({ store, items: [dataPath('recordings/asciinema-server-stdout.json')] }))
    expect(refused).toMatchObject({ code: 'nothing-readable', message: expect.stringContaining('not the recording it was made from') })
  })

  test('no log is taken for a recording', async () => {
    const plan = await planImport([{ path: dataPath('data/linux-auth') }], {})
    expect(plan.recordings).toEqual([])
    expect(plan.groups).toHaveLength(1)
  })

  test('a folder of recordings and one of its copies are the same', async () => {
    const { store, files } = await aStore()
    await imported({ store, items: [dataPath('recordings/sudo')] })
    cpSync(dataPath('recordings/sudo'), join(files, 'copy'), { recursive: true })
    expect(await imported({ store, items: [join(files, 'copy')] })).toMatchObject([{ events: 0, records: 3, duplicates: 3 }])
  })
})
