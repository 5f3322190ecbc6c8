import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startBackend, type RunningBackend } from '../../src/backend'
import { planImport } from '../../src/backend/sync'
import { importFixture } from '../contract/a-backend'
import { log, sshdLines, writeLogs } from './sync/an-import'
import { add, close, faultOf, NOW, records, writable } from './store/a-store'
import { testPorts } from '../ports'
import { tempFolder } from './temp-folder'

const VIEW = { query: '', range: null, order: 'desc' as const }

async function running<T>(workspace: string, act: (backend: RunningBackend) => Promise<T>): Promise<T> {
  const backend = await startBackend({ workspace, ports: testPorts({ clock: { now: () => NOW } }) })
  try {
    return await act(backend)
  } finally {
    await backend.close()
  }
}

describe('a workspace that another process writes', () => {
  test('is read, says who writes, and takes nothing', async () => {
    const workspace = tempFolder()
    await running(workspace, importFixture)
    // The parent of this process is alive and is not this process.
    writeFileSync(join(workspace, 'LOCK'), JSON.stringify({ pid: process.ppid, since: 'before', started: null, id: 'x' }))
    await running(workspace, async (backend) => {
      const { value } = await backend.call('workspace.summary', {})
      expect(value.readOnly).toEqual({ code: 'locked', message: expect.stringContaining(`Process ${process.ppid}`) as string })
      expect(value.held).toBeGreaterThan(0)
      expect((await backend.call('timeline.count', { view: VIEW })).value.rows).toBe(value.held)
      await expect(backend.call('settings.set', { zone: 'local' })).rejects.toMatchObject({ code: 'workspace-locked' })
    })
    expect(readdirSync(workspace)).toContain('LOCK')
  })
})

describe('an export', () => {
  test('goes on when a setting changes, and stops when rows arrive', async () => {
    await running(tempFolder(), async (backend) => {
      await importFixture(backend)
      const first = await backend.call('export.begin', { view: VIEW, format: 'csv' })
      await backend.call('settings.set', { appearance: 'light' })
      const read = await backend.call('export.read', { id: first.value.id })
      expect(read.value).toMatchObject({ done: true, rowsDone: first.value.rows })
      const second = await backend.call('export.begin', { view: VIEW, format: 'csv' })
      await backend.call('connection.remove', { name: 'auth.log', wipe: true })
      await expect(backend.call('export.read', { id: second.value.id })).rejects.toMatchObject({ code: 'cancelled' })
    })
  })
})

describe('a wipe', () => {
  test('removes tails that were cut from the journal and kept', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    add(store, records(0, 3))
    close(store)
    writeFileSync(join(folder, 'journal-000001.log'), Buffer.alloc(100, 1), { flag: 'a' })
    const again = await writable(folder)
    const kept = () => readdirSync(folder).filter((name) => name.includes('.cut-'))
    expect(kept()).toHaveLength(1)
    await again.remove('logs', true)
    expect(kept()).toHaveLength(0)
  })
})

describe('planning an import', () => {
  test('follows links to files, and leaves links to folders', async () => {
    const folder = tempFolder()
    writeLogs(folder, { 'real/auth.log': log(sshdLines(0, 3)) })
    mkdirSync(join(folder, 'logs'))
    symlinkSync(join(folder, 'real/auth.log'), join(folder, 'logs/current.log'))
    symlinkSync(folder, join(folder, 'logs/ring'))
    const { groups } = await planImport([{ path: join(folder, 'logs') }], {})
    expect(groups.flatMap(({ files }) => files.map((file) => file.place))).toEqual([join(folder, 'logs/current.log')])
  })

  test.skipIf(process.platform === 'win32')('refuses a pipe by name instead of waiting for it', async () => {
    const path = join(tempFolder(), 'a-pipe')
    execFileSync('mkfifo', [path])
    await expect(faultOf(() => planImport([{ path }], {}))).resolves.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('no regular file') as string })
  })

  test('that reads nothing names a few of many files', async () => {
    const folder = tempFolder()
    writeLogs(folder, Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`notes-${i}.txt`, 'nothing of the kind\n'])))
    await running(tempFolder(), async (backend) => {
      const { value } = await backend.call('import.start', { inputs: [{ path: folder }], options: {} })
      await backend.call('import.cancel', { job: value.job })
      const [job] = (await backend.call('import.jobs', {})).value
      expect(job?.fault?.message).toMatch(/notes-0\.txt.*notes-4\.txt.*and 4 more$/)
    })
  })
})
