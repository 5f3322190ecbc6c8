import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasOpenssl, served, Stamps, tokenAnswer } from '../backend/report/seal/an-authority'
import { failedLogins, Shell } from './shell'

async function withNotebook(): Promise<{ shell: Shell; id: string }> {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', failedLogins('root', [1, 2, 3])), '--year', '2026')
  const { objects } = await shell.run('notebook', 'create', '--title', 'Break-in', '--query', 'user:root')
  return { shell, id: String(objects[0]?.['id']) }
}

describe('recount seal and verify', () => {
  it('makes a bundle that verifies, and one that was changed exits with 1 and says what', async () => {
    const { shell, id } = await withNotebook()
    const out = join(shell.folder, 'case')
    const sealed = await shell.run('seal', id, '--out', out)
    expect(sealed).toMatchObject({ code: 0, objects: [{ path: out, events: 3, root: expect.stringMatching(/^[0-9a-f]{64}$/) }] })
    expect(sealed.stderr).toContain('Root hash ')
    // With a Chromium it is printed, without one it is told.
    expect(existsSync(join(out, 'data/report.pdf'))).toBe(!sealed.stderr.includes('report.pdf is left out.'))
    const verified = await shell.run('verify', out)
    expect(verified).toMatchObject({ code: 0, objects: [{ ok: true, findings: [], root: sealed.objects[0]?.['root'], isOwnKey: true, title: 'Break-in' }] })
    expect(verified.stderr).toContain('It does not show that')
    const events = join(out, 'data/events.jsonl')
    writeFileSync(events, readFileSync(events, 'utf8').replace('Failed password', 'Accepted password'))
    const changed = await shell.run('verify', out)
    expect(changed.code).toBe(1)
    expect(changed.objects[0]).toMatchObject({ ok: false })
    expect(JSON.stringify(changed.objects[0]?.['findings'])).toContain('Line 1 of data/events.jsonl')
    // Who only has the bundle has another workspace, or none.
    const auditor = new Shell()
    expect((await auditor.run('verify', out)).objects[0]).toMatchObject({ isOwnKey: false })
    expect(existsSync(auditor.workspace)).toBe(false)
  })

  it('tells the next seal of the one before in its custody log', async () => {
    const { shell, id } = await withNotebook()
    const first = await shell.run('seal', id, '--no-pdf', '--out', join(shell.folder, 'one.zip'))
    expect(await shell.run('seal', id, '--no-pdf', '--out', join(shell.folder, 'two'))).toMatchObject({ code: 0 })
    expect(readFileSync(join(shell.folder, 'two/data/custody.jsonl'), 'utf8')).toContain(String(first.objects[0]?.['root']))
    expect((await shell.run('verify', join(shell.folder, 'one.zip'))).code).toBe(0)
  })

  it('encrypts under a passphrase', async () => {
    const { shell, id } = await withNotebook()
    const [key, out] = [shell.file('key', 'correct horse \n'), join(shell.folder, 'case.zip.enc')]
    expect(await shell.run('seal', id, '--no-pdf', '--out', join(shell.folder, 'case.zip'), '--bundle-passphrase-file', key)).toMatchObject({ code: 2 })
    expect(await shell.run('seal', id, '--no-pdf', '--out', out)).toMatchObject({ code: 2 })
    expect(await shell.run('seal', id, '--no-pdf', '--out', out, '--bundle-passphrase-file', key)).toMatchObject({ code: 0 })
    expect(await shell.run('verify', out)).toMatchObject({ code: 2, stderr: expect.stringContaining('passphrase') })
    expect(await shell.run('verify', out, '--bundle-passphrase-file', shell.file('other', 'correct horse\n'))).toMatchObject({ code: 1, stdout: '' })
    expect(await shell.run('verify', out, '--passphrase-file', key)).toMatchObject({ code: 0, objects: [{ ok: true }] })
  })

  it.skipIf(!hasOpenssl())('asks for a time stamp, and tells it when it is verified (needs openssl)', async () => {
    const { shell, id } = await withNotebook()
    const stamps = new Stamps()
    onTestFinished(() => stamps.remove())
    const url = await served(({ body }, response) => tokenAnswer(response, stamps.reply(body)))
    const out = join(shell.folder, 'case.zip')
    const sealed = await shell.run('seal', id, '--no-pdf', '--out', out, '--timestamp-url', url)
    expect(sealed).toMatchObject({ code: 0, objects: [{ stamp: { authority: 'Test authority, Clocks', at: expect.stringMatching(/^\d{4}-.*Z$/) } }] })
    expect(sealed.stderr).toContain('Time-stamped ')
    const verified = await shell.run('verify', out)
    expect(verified).toMatchObject({ code: 0, objects: [{ ok: true, stamp: sealed.objects[0]?.['stamp'] }] })
    expect(verified.stderr).toContain('The time stamp fits')
  })

  it('makes the bundle without a time stamp where none is got, and says so', async () => {
    const { shell, id } = await withNotebook()
    const url = await served((_asked, response) => response.writeHead(500).end())
    const sealed = await shell.run('seal', id, '--no-pdf', '--out', join(shell.folder, 'case'), '--timestamp-url', url)
    expect(sealed).toMatchObject({ code: 0, objects: [{ stamp: null }], stderr: expect.stringContaining('answered with status 500') })
    expect((await shell.run('verify', join(shell.folder, 'case'))).code).toBe(0)
    const out = ['--out', join(shell.folder, 'x')]
    expect(await shell.run('seal', id, '--no-pdf', ...out, '--timestamp')).toMatchObject({ code: 2, stderr: expect.stringContaining('No time stamp authority is set') })
    expect(await shell.run('seal', id, '--no-pdf', ...out, '--timestamp-url', 'http://tsa.example.test/')).toMatchObject({ code: 2, stderr: expect.stringContaining('https://') })
    expect(await shell.run('seal', id, '--no-pdf', ...out, '--proxy', 'http://127.0.0.1:1')).toMatchObject({ code: 2 })
    expect(existsSync(join(shell.folder, 'x'))).toBe(false)
  })

  it('tells what was typed wrong, and what is no bundle', async () => {
    const { shell, id } = await withNotebook()
    expect(await shell.run('seal', id)).toMatchObject({ code: 2 })
    expect(await shell.run('seal', 'none', '--out', join(shell.folder, 'x'))).toMatchObject({ code: 2 })
    expect(await shell.run('seal', id, '--no-pdf', '--out', shell.folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') })
    expect(await shell.run('verify', join(shell.folder, 'x'))).toMatchObject({ code: 1, stdout: '' })
    expect(await shell.run('verify', shell.file('x.zip', 'nothing'))).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no zip') })
  })
})
