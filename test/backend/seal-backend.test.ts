import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBackend, type RunningBackend } from '../../src/backend'
import { failedLogins } from '../cli/shell'
import { testPorts } from '../ports'
import { served } from './report/seal/an-authority'
import { tempFolder } from './temp-folder'

async function started(): Promise<{ folder: string; backend: RunningBackend; id: string }> {
  const folder = tempFolder()
  const backend = await startBackend({ workspace: join(folder, 'workspace'), ports: testPorts() })
  onTestFinished(() => backend.close())
  writeFileSync(join(folder, 'auth.log'), failedLogins('root', [1, 2, 3]))
  const { job } = (await backend.call('import.start', { inputs: [{ path: join(folder, 'auth.log') }], options: { year: 2026 } })).value
  await expect.poll(async () => (await backend.call('import.jobs', {})).value.find((one) => one.job === job)?.state).toBe('done')
  const { id } = (await backend.call('notebook.create', { title: 'Break-in', template: 'blank', range: null, names: [] })).value
  const rows = (await backend.call('timeline.rows', { view: { query: '', range: null, order: 'asc' }, at: 0, count: 3 })).value.rows
  const citations = (await backend.call('notebook.cite', { keys: rows.map(({ key }) => key) })).value
  const content = { kind: 'finding' as const, claim: 'Passwords were guessed', severity: 'high' as const, eventTime: null, discoveredAt: 0, citations }
  await backend.call('notebook.apply', { id, changes: [{ do: 'add', id: 'cell-1', content, after: null }] })
  return { folder, backend, id }
}

async function sealed(backend: RunningBackend, id: string, { passphrase = null, stamp = false }: { passphrase?: string | null; stamp?: boolean } = {}) {
  const { id: seal, name } = (await backend.call('notebook.seal', { id, passphrase, stamp })).value
  const pieces: Uint8Array[] = []
  for (;;) {
    const { bytes, sealed: told } = (await backend.call('seal.read', { id: seal })).value
    pieces.push(bytes)
    if (told) return { name, told, bytes: Buffer.concat(pieces) }
  }
}

describe('a notebook of the workspace', () => {
  it('is sealed in pieces and verified by path and by upload', async () => {
    const { folder, backend, id } = await started()
    expect((await backend.call('seal.preview', { id })).value).toMatchObject({ title: 'Break-in', cited: 3, findings: 1, lacking: [], key: null })
    const { name, told, bytes } = await sealed(backend, id)
    expect(name).toMatch(/^recount-break-in-\d{4}-\d\d-\d\d\.zip$/)
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const { value } = await backend.call('bundle.verify', { input: { path }, passphrase: null })
    expect(value).toMatchObject({ ok: true, root: told.root, isOwnKey: true, citations: 3, title: 'Break-in' })
    expect((await backend.call('seal.preview', { id })).value.key).toEqual({ fingerprint: told.key, keptIn: 'file' })
    const { upload } = (await backend.call('upload.begin', { name, size: bytes.length, mtime: 0 })).value
    await backend.call('upload.append', { upload, bytes: new Uint8Array(bytes) })
    expect((await backend.call('bundle.verify', { input: { upload }, passphrase: null })).value.ok).toBe(true)
  })

  it('is encrypted where that is asked for', async () => {
    const { folder, backend, id } = await started()
    const { name, bytes } = await sealed(backend, id, { passphrase: 'correct horse' })
    const input = { path: join(folder, name) }
    writeFileSync(input.path, bytes)
    await expect(backend.call('bundle.verify', { input, passphrase: null })).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(backend.call('bundle.verify', { input, passphrase: 'wrong' })).rejects.toMatchObject({ code: 'wrong-code' })
    expect((await backend.call('bundle.verify', { input, passphrase: 'correct horse' })).value.ok).toBe(true)
  })

  it('asks the authority of the settings for a time stamp, and is made without where it gives none', async () => {
    const { folder, backend, id } = await started()
    expect((await backend.call('seal.preview', { id })).value.authority).toBeNull()
    await expect(backend.call('notebook.seal', { id, passphrase: null, stamp: true })).rejects.toMatchObject({ code: 'bad-ask', message: expect.stringContaining('No time stamp authority is set') })
    for (const stampUrl of ['http://tsa.example.test/', 'ftp://127.0.0.1/', 'https://ana:secret@tsa.example.test/', 'tsa'])
      await expect(backend.call('settings.set', { stampUrl })).rejects.toMatchObject({ code: 'bad-ask' })
    await expect(backend.call('settings.set', { stampUrl: 'https://tsa.example.test/', stampProxy: 'x' })).rejects.toMatchObject({ code: 'bad-ask' })
    const url = await served((_asked, response) => response.writeHead(503).end())
    const { host } = new URL(url)
    await backend.call('settings.set', { stampUrl: url })
    expect((await backend.call('seal.preview', { id })).value.authority).toBe(host)
    const { name, told, bytes } = await sealed(backend, id, { stamp: true })
    expect(told.stamp).toEqual({ problem: `There is no time stamp: ${host} answered with status 503.` })
    writeFileSync(join(folder, name), bytes)
    expect((await backend.call('bundle.verify', { input: { path: join(folder, name) }, passphrase: null })).value).toMatchObject({ ok: true, stamp: null })
    const { rows } = (await backend.call('custody.list', { text: '', at: 0, count: 100 })).value
    expect(rows.map(({ detail }) => detail).join('\n')).toContain('no time stamp was got')
  })

  it('ends the asking for a time stamp where the seal is left', async () => {
    const { backend, id } = await started()
    let tell = () => {}
    const left = new Promise<void>((resolve) => (tell = resolve))
    const url = await served((_asked, response) => response.on('close', () => tell()))
    await backend.call('settings.set', { stampUrl: url })
    const { id: seal } = (await backend.call('notebook.seal', { id, passphrase: null, stamp: true })).value
    await expect.poll(async () => (await backend.call('seal.read', { id: seal })).value.progress.step).toBe('stamp')
    await backend.call('seal.end', { id: seal })
    await left
  })

  it('tells in the bundle what was done until then', async () => {
    const { backend, id } = await started()
    const { bytes } = await sealed(backend, id)
    expect(bytes.length).toBeGreaterThan(1000)
    const { rows } = (await backend.call('custody.list', { text: '', at: 0, count: 100 })).value
    expect(rows.filter(({ action }) => action === 'seal').length).toBeGreaterThan(0)
    const { id: left } = (await backend.call('notebook.seal', { id, passphrase: null, stamp: false })).value
    await backend.call('seal.end', { id: left })
    await expect(backend.call('seal.read', { id: left })).rejects.toMatchObject({ code: 'not-found' })
  })
})
