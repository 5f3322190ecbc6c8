import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { aSample } from './a-sample'
import { Shell } from './shell'

const withCode = ACCOUNTS.find(({ code, tenants }) => code === true && tenants.length > 1)
const plain = ACCOUNTS.find(({ code, tenants, role }) => code !== true && tenants.length === 1 && role === 'super_admin')

/** Everything that stands on disk. */
function onDisk(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n')
}

describe('recount connect', () => {
  it('connects with a token and keeps the name of its variable alone', async () => {
    const shell = new Shell()
    const { url, tokens } = await aSample(shell)
    shell.env['PORTAL_TOKEN'] = tokens.company_admin
    const said = await shell.run('connect', 'webxterm', url, '--token-env', 'PORTAL_TOKEN', '--name', 'portal')
    expect(said).toMatchObject({ code: 0, stderr: '' })
    expect(said.objects).toMatchObject([
      { connection: 'portal', kind: 'webxterm', role: 'company_admin', dialect: 'documented' },
    ])
    const [{ streams = [] } = {}] = said.objects as { streams?: { stream: string; status: string }[] }[]
    expect(streams.length).toBeGreaterThan(0)
    for (const one of streams) expect(Object.keys(one)).toEqual(['stream', 'status'])

    const listed = await shell.run('connections')
    expect(listed.objects).toMatchObject([
      { connection: 'portal', kind: 'webxterm', origin: 'server', files: [], server: { url, signIn: { by: 'token', tokenEnv: 'PORTAL_TOKEN' } } },
    ])
    expect(onDisk(shell.workspace)).toContain('PORTAL_TOKEN')
    expect(onDisk(shell.workspace) + said.stdout + listed.stdout).not.toContain(tokens.company_admin)
  })

  it('finds the other dialect by itself', async () => {
    const shell = new Shell()
    const { url, tokens } = await aSample(shell, { dialect: 'server' })
    shell.env['PORTAL_TOKEN'] = tokens.super_admin
    const said = await shell.run('connect', 'webxterm', url, '--token-env', 'PORTAL_TOKEN')
    expect(said.objects).toMatchObject([{ dialect: 'server', role: 'super_admin' }])
  })

  it('signs in with a password, which stands nowhere afterwards', async () => {
    const shell = new Shell()
    const { url } = await aSample(shell)
    shell.env['PORTAL_PASSWORD'] = SAMPLE_PASSWORD
    const words = ['connect', 'webxterm', url, '--user', plain?.email ?? '', '--password-env', 'PORTAL_PASSWORD']
    const said = await shell.run(...words)
    expect(said).toMatchObject({ code: 0, stderr: '', objects: [{ role: 'super_admin' }] })
    expect(onDisk(shell.workspace) + said.stdout).not.toContain(SAMPLE_PASSWORD)
    shell.env['PORTAL_PASSWORD'] = 'wrong'
    const wrong = await shell.run(...words, '--name', 'another')
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toMatch(/^recount: .+\n$/)
    expect((await shell.run('connections')).objects).toHaveLength(1)
  })

  describe('with a one-time code and a choice of tenant', () => {
    async function signIn(input: string, shell = new Shell()) {
      const { url } = await aSample(shell)
      shell.env['PORTAL_PASSWORD'] = SAMPLE_PASSWORD
      shell.input = input
      return shell.run('connect', 'webxterm', url, '--user', withCode?.email ?? '', '--password-env', 'PORTAL_PASSWORD')
    }

    it('asks for both', async () => {
      const said = await signIn(`\n${SAMPLE_CODE}\nnowhere\n2\n`)
      expect(said.stderr).toContain('The server asks for a one-time code:\n')
      expect(said.stderr).toContain('The server asks which tenant to use:\n')
      expect(said.stderr).toContain('There is no tenant «nowhere»')
      expect(said).toMatchObject({ code: 0, objects: [{ role: 'company_admin' }] })
    })

    it('takes a tenant by its id', async () => {
      expect(await signIn(`${SAMPLE_CODE}\n${withCode?.tenants[1]}\n`)).toMatchObject({ code: 0 })
    })

    it('says what was needed where the input ends', async () => {
      const noCode = await signIn('')
      expect(noCode).toMatchObject({ code: 1, stdout: '' })
      expect(noCode.stderr).toContain('recount: The server asks for a one-time code, and none came on standard input.\n')
      const noTenant = await signIn(`${SAMPLE_CODE}\n`)
      expect(noTenant).toMatchObject({ code: 1, stdout: '' })
      expect(noTenant.stderr).toMatch(/recount: The server asks which tenant to use, and no answer came .* Tenants: .*bluewick/)
    })

    it('is asked for the code again by a sync, and stays with its tenant', async () => {
      const shell = new Shell()
      await signIn(`${SAMPLE_CODE}\n${withCode?.tenants[1]}\n`, shell)
      shell.input = `${SAMPLE_CODE}\n`
      const said = await shell.run('sync')
      expect(said.stderr).toContain('The server asks for a one-time code:\n')
      expect(said.code).toBe(0)
      const tenants = (await shell.run('query', 'stream:audit', '--by', 'tenant')).objects.map(({ value }) => value)
      expect(tenants).toEqual([withCode?.tenants[1]])
      shell.input = ''
      expect(await shell.run('sync')).toMatchObject({ code: 1, stdout: '' })
    })

    it('refuses a wrong code', async () => {
      const said = await signIn('000000\n')
      expect(said).toMatchObject({ code: 1, stdout: '' })
    })
  })

  it('never repeats what stands in place of a variable', async () => {
    const shell = new Shell()
    const said = await shell.run('connect', 'webxterm', 'https://a.test', '--token-env', 'eyJhbGciOi.secret')
    expect(said).toMatchObject({ code: 2, stdout: '' })
    expect(said.stderr).not.toContain('eyJ')
    expect(said.stderr).toContain('--token-env takes the name of a variable')
  })

  it.each([
    ['a kind that is none', ['connect', 'nokind', 'https://a.test'], 2],
    ['no address', ['connect', 'webxterm', 'not an address'], 2],
    ['an address in the clear', ['connect', 'webxterm', 'http://audit.example.com'], 2],
    ['nobody listening', ['connect', 'webxterm', 'http://127.0.0.1:1'], 1],
  ])('refuses %s in plain words', async (_what, words, code) => {
    const shell = new Shell()
    shell.env['PORTAL_TOKEN'] = 'a-token'
    const said = await shell.run(...words, '--token-env', 'PORTAL_TOKEN')
    expect(said).toMatchObject({ code, stdout: '' })
    expect(said.stderr).toMatch(/^recount: \S.*\.\n/)
    expect(said.stderr).not.toContain('    at ')
    expect(said.stderr).not.toContain('a-token')
  })

  it('is stopped by an interrupt while it waits for an answer', async () => {
    const shell = new Shell()
    const { url } = await aSample(shell, { faults: ['slow'] })
    shell.env['PORTAL_PASSWORD'] = SAMPLE_PASSWORD
    const running = shell.start('connect', 'webxterm', url, '--user', plain?.email ?? '', '--password-env', 'PORTAL_PASSWORD')
    while (shell.interrupts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    shell.interrupts[0]?.()
    const said = await running.ended
    expect(said).toMatchObject({ code: 1, stdout: '' })
    expect(said.stderr).toContain('recount: Cancelled; nothing was connected.')
    expect((await shell.run('connections')).objects).toEqual([])
  })
})
