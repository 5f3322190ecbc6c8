import { createHash } from 'node:crypto'
import { expect, it, describe, onTestFinished } from 'vitest'
import type { Ask, MethodName, Methods, Notices } from '../../../src/contract'
import { startBackend } from '../../../src/backend'
import { NotebookRoom } from '../../../src/backend/notebook'
import { RecordingDesk } from '../../../src/backend/recording'
import { recordingHandlers } from '../../../src/backend/recording-handlers'
import type { RecordingFacts, WritableStore } from '../../../src/backend/store'
import { testPorts } from '../../ports'
import { aBackend, aSample, connectedByToken, NOON, synced } from '../a-server-backend'
import { tempFolder } from '../temp-folder'
import { add, close, faultOf, record, writable } from '../store/a-store'
import { SESSION_START, sessionFile } from './an-opened'

type Handled = Extract<MethodName, `recording.${string}`>
type Ran = <M extends Handled>(method: M, ask: Ask<M>) => Promise<Methods[M]>

const { file, session } = sessionFile(31, 200_000)
const SHA = createHash('sha256').update(file.bytes).digest('hex')

function facts(own: Partial<RecordingFacts> = {}): RecordingFacts {
  return {
    id: `sha256:${SHA}`,
    format: 'asciicast-v2',
    sha256: SHA,
    files: [{ name: file.name, size: file.bytes.length, sha256: SHA }],
    size: file.bytes.length,
    cols: 80,
    rows: 24,
    start: SESSION_START,
    startPrecision: 's',
    durationMs: Math.round(session.duration * 1000),
    title: null,
    command: null,
    session: null,
    user: 'alice',
    machine: 'web-1',
    place: '/home/alice/session.cast',
    fetchedAt: SESSION_START,
    ...own,
  }
}

const LISTED = facts({ id: 'webxterm:x:recordings:9', sha256: null, files: [], size: null, user: 'bob' })

async function handled(own: Partial<RecordingFacts> = {}): Promise<{ store: WritableStore; run: Ran; id: string }> {
  const store = await writable(tempFolder())
  const held = facts(own)
  store.keepRecordings({ name: 'files', kind: 'recordings' }, [held], [file])
  store.keepRecordings({ name: 'server', kind: 'webxterm' }, [LISTED])
  const desk = new RecordingDesk({ filesOf: (id) => store.recordingFiles(id), onIndexed: () => {}, onError: (error) => expect(error).toBeNull() })
  onTestFinished(() => desk.closeAll())
  const notebook = new NotebookRoom({ workspace: tempFolder(), isWriter: false, by: 'ann', now: () => 0, onChange: () => {} })
  const handlers = recordingHandlers({ workspace: '', version: '0', store, writer: null, ports: testPorts(), desk, notebook })
  const run: Ran = async (method, ask) => {
    const { run: answer } = handlers[method]
    return answer(ask as never) as never
  }
  return { store, run, id: held.id }
}

/** What a log has of the session, its clock `ahead` of the recording's. */
function log(ahead: number, own: Parameters<typeof record>[1]): ReturnType<typeof record>[] {
  return session.ran.map(({ time, command }, row) =>
    record(`c${row}`, { category: 'command', time: SESSION_START + Math.floor(time + ahead) * 1000, command, outcome: 'success', exitCode: 0, ...own }),
  )
}

const met = ({ commands }: Methods['recording.commands']): number => commands.filter(({ key, at }) => key !== null && at !== null).length

describe('a recording of the workspace', () => {
  it('is listed, opened, played, searched and exported', async () => {
    const { run, id } = await handled()
    const rows = await run('recording.list', {})
    expect(new Map(rows.map((row) => [row.id, row.isHeld]))).toEqual(new Map([[id, true], [LISTED.id, false]]))
    const { recording, stopped } = await run('recording.open', { id })
    expect([recording.id, stopped]).toEqual([id, null])
    expect((await run('recording.segment', { id, segment: 0, input: false })).cols).toBe(80)
    expect((await run('recording.transcript', { id })).text).toContain('alice@web-1:~$ ')
    expect((await run('recording.search', { id, text: 'nginx', pattern: false })).total).toBeGreaterThan(10)
    expect((await run('recording.screen', { id, at: 60 })).rows.length).toBe(24)
    const { clip, text } = await run('recording.clip', { id, from: 59.5, to: 60 })
    expect(clip).toEqual({ recording: id, sha256: SHA, from: 59.5, to: 60, screen: expect.stringContaining('alice@web-1:~$') })
    expect(text).toContain(clip.screen)
    expect(text).toContain(`SHA-256 of the original: ${SHA}`)
    expect(text).toMatch(/From 00:00:59\.500 \(2026-02-06T\d\d:00:59\.500Z\) to 00:01:00\.000 /)
    expect((await run('recording.bytes', { id, at: 60, most: 100 })).bytes.length).toBe(100)
    const { name, bytes } = await run('recording.export', { id, as: 'transcript', from: null, to: null, input: false })
    expect(name).toBe('session.txt')
    expect(Buffer.from(bytes).toString()).toContain(SHA)
    expect((await run('recording.open', { id })).index.done).toBe(true)
    expect(await run('recording.close', { id })).toEqual({})
  })

  it('is compared with the commands of its session, whatever else the log has', async () => {
    const { store, run, id } = await handled({ session: 's-1' })
    add(store, [...log(0, { session: 's-1' }), record('x', { category: 'command', time: SESSION_START + 1000, command: 'whoami', session: 's-2', actor: { name: 'alice' } })])
    const compared = await run('recording.commands', { id })
    expect(met(compared)).toBeGreaterThan(session.ran.length * 0.9)
    expect(compared.commands.map(({ command }) => command)).not.toContain('whoami')
  })

  it('is compared with what its user ran on its machine at its time where no session is named', async () => {
    const { store, run, id } = await handled()
    const own = { actor: { name: 'alice' }, machine: { name: 'web-1' } }
    const late = SESSION_START + 7 * 86_400_000
    add(store, [
      ...log(20, own),
      record('other', { category: 'command', time: SESSION_START + 1000, command: 'whoami', ...own, machine: { name: 'db-1' } }),
      record('late', { category: 'command', time: late, command: 'whoami', ...own }),
      record('login', { time: SESSION_START + 1000, ...own }),
    ])
    const compared = await run('recording.commands', { id })
    expect(met(compared)).toBeGreaterThan(session.ran.length * 0.9)
    expect(Math.abs((compared.skew ?? 0) - 20)).toBeLessThan(3)
    expect(compared.commands.map(({ command }) => command)).not.toContain('whoami')
  })

  it('is compared with nothing where nobody knows whose it is', async () => {
    const { store, run, id } = await handled({ user: null })
    add(store, log(0, { actor: { name: 'alice' } }))
    const { commands, skew } = await run('recording.commands', { id })
    expect([commands.every(({ key }) => key === null), skew]).toEqual([true, null])
  })

  it('is found by what it shows, and those that are not here are named', async () => {
    const { store, run, id } = await handled()
    const found = await run('recording.find', { text: 'alice@web-1', mine: false, after: null })
    expect(found.recordings.map(({ recording, hits }) => [recording.id, hits.length])).toEqual([[id, 20]])
    expect(found).toMatchObject({ searched: 1, unsearched: [], left: 0, after: null, notHere: 1 })
    expect(await run('recording.find', { text: 'alice', mine: true, after: null })).toEqual({ recordings: [], searched: 0, unsearched: [], left: 0, after: null, notHere: 0 })
    store.setSetting('me', 'Alice, somebody')
    expect((await run('recording.find', { text: 'alice', mine: true, after: null })).recordings.length).toBe(1)
  })

  it('is told of by the backend as it is indexed', async () => {
    const workspace = tempFolder()
    const store = await writable(workspace)
    const { id } = facts()
    store.keepRecordings({ name: 'files', kind: 'recordings' }, [facts()], [file])
    close(store)
    const backend = await startBackend({ workspace, ports: testPorts() })
    onTestFinished(() => backend.close())
    const told: Notices['recording.indexed'][] = []
    const done = new Promise<void>((resolve) => {
      backend.on('recording.indexed', (notice) => {
        told.push(notice)
        if (notice.done) resolve()
      })
    })
    const { value, tables } = await backend.call('recording.open', { id })
    expect([value.recording.id, tables]).toEqual([id, ['recording']])
    await done
    expect(told.at(-1)).toEqual({ id, progress: 1, indexedTo: session.duration, done: true })
    expect((await backend.call('recording.open', { id })).value.index.done).toBe(true)
  })

  it('that is not held or not known is refused', async () => {
    const { run } = await handled()
    expect((await faultOf(() => run('recording.open', { id: 'nobody' }))).code).toBe('not-found')
    expect((await faultOf(() => run('recording.segment', { id: LISTED.id, segment: 0, input: false }))).code).toBe('not-found')
  })

  it('that is held is fetched from nowhere, and nothing is by who may only read', async () => {
    const { run, id } = await handled()
    expect((await run('recording.fetch', { id })).isHeld).toBe(true)
    expect((await faultOf(() => run('recording.fetch', { id: LISTED.id }))).code).toBe('workspace-locked')
  })

  it('gives what was typed only when it is written down that it does', async () => {
    const workspace = tempFolder()
    const store = await writable(workspace)
    store.keepRecordings({ name: 'files', kind: 'recordings' }, [facts()], [file])
    close(store)
    const { id } = facts()
    const begin = async () => {
      const { ask, backend } = await aBackend(workspace)
      return { ask, backend, typed: () => ask('recording.segment', { id, segment: 0, input: true }) }
    }
    const first = await begin()
    expect((await first.ask('recording.open', { id })).reveals).toEqual([])
    expect(await faultOf(first.typed)).toMatchObject({ code: 'bad-ask', message: expect.stringContaining('recording.reveal') })
    expect((await faultOf(() => first.ask('recording.export', { id, as: 'cast', from: null, to: null, input: true }))).code).toBe('bad-ask')
    expect((await first.ask('recording.reveal', { id })).reveals).toEqual([NOON])
    expect((await first.typed()).cols).toBe(80)
    await first.backend.close()
    const second = await begin()
    expect((await second.ask('recording.open', { id })).reveals).toEqual([NOON])
    expect((await faultOf(second.typed)).code).toBe('bad-ask')
  })

  it('is fetched from the server that lists it', async () => {
    const served = await aBackend()
    await connectedByToken(served, await aSample({ events: 8000 }), { name: 'work' })
    await synced(served, 'work')
    const listed = (await served.ask('recording.list', {})).find(({ isHeld }) => !isHeld)
    if (!listed) throw new Error('all are held')
    expect(await faultOf(() => served.ask('recording.open', { id: listed.id }))).toMatchObject({ code: 'not-found' })
    expect(await served.ask('recording.fetch', { id: listed.id })).toMatchObject({ id: listed.id, isHeld: true, session: listed.session })
    expect((await served.ask('recording.open', { id: listed.id })).recording.isHeld).toBe(true)
  })
})
