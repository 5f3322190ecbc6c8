import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExportManifest } from '../../src/contract'
import { anS3, KEY, SECRET, type S3 } from '../backend/destination/an-s3'
import { failedLogins, Shell } from './shell'

async function held(log = failedLogins('ana', [0, 1])): Promise<Shell> {
  const shell = new Shell()
  shell.env['VAULT_SECRET'] = SECRET
  expect((await shell.run('import', shell.file('auth.log', log), '--year', '2024')).code).toBe(0)
  return shell
}

const CREDENTIALS = ['--user', KEY, '--password-env', 'VAULT_SECRET']

async function connected(shell: Shell, s3: S3): Promise<void> {
  expect(await shell.run('connect', 's3', `${s3.url}/audit/recount`, '--name', 'vault', ...CREDENTIALS)).toMatchObject({ code: 0 })
}

function manifestIn(s3: S3, file: string): ExportManifest {
  return JSON.parse(s3.objects.get(place(s3, file))?.toString() ?? 'null') as ExportManifest
}

function place(s3: S3, file: string): string {
  return file.slice(s3.url.length + 1)
}

describe('recount connect s3', () => {
  it('keeps a destination once the store takes the credentials, and never the secret', async () => {
    const [shell, s3] = [await held(), await anS3()]
    const { objects, code } = await shell.run('connect', 's3', `${s3.url}/audit/recount`, ...CREDENTIALS)
    expect([code, objects]).toEqual([0, [{ connection: 'audit', kind: 's3', url: `${s3.url}/audit/recount`, region: 'us-east-1', user: KEY, mayList: true }]])
    const listed = await shell.run('connections')
    expect(listed.objects.at(-1)).toEqual({ connection: 'audit', kind: 's3', origin: 'destination', url: `${s3.url}/audit/recount`, region: 'us-east-1', user: KEY, passwordEnv: 'VAULT_SECRET' })
    expect(await shell.run('sync', 'audit')).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing is read from it') })
    expect((await shell.run('coverage')).stdout).not.toContain('"audit"')
    expect(await shell.run('connect', 's3', `${s3.url}/audit`, ...CREDENTIALS)).toMatchObject({ code: 2, stderr: expect.stringContaining('There is a connection named audit already') })
    expect(await shell.run('disconnect', 'audit')).toMatchObject({ code: 0, objects: [{ connection: 'audit', wiped: false, removedRows: 0 }] })
    expect((await shell.run('connections')).objects).toHaveLength(1)
    const files = readdirSync(shell.workspace, { recursive: true, encoding: 'utf8' }).map((file) => join(shell.workspace, file))
    const holding = files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(SECRET))
    expect([files.length > 3, holding]).toEqual([true, []])
  })

  it('keeps one that may only be written to', async () => {
    const [shell, s3] = [await held(), await anS3({ mayList: false })]
    const said = await shell.run('connect', 's3', `${s3.url}/audit`, ...CREDENTIALS)
    expect(said).toMatchObject({ code: 0, objects: [{ mayList: false }], stderr: expect.stringContaining('may not list') })
  })

  it.each([
    [['http://s3.example.test/audit', ...CREDENTIALS], 2, 'Expected https://'],
    [['https://s3.example.test/', ...CREDENTIALS], 2, 'names no bucket'],
    [['https://s3.example.test/audit?x=1', ...CREDENTIALS], 2, 'more than a path'],
    [['https://s3.example.test/audit', '--token-env', 'VAULT_SECRET'], 2, 'connect s3 needs --user'],
    [['https://s3.example.test/audit', '--user', KEY, '--password-env', 'NONE'], 2, 'no such variable'],
  ])('refuses %j', async (words, code, why) => {
    const shell = await held()
    expect(await shell.run('connect', 's3', ...words)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(why) })
  })

  it('keeps none that refuses the credentials', async () => {
    const [shell, s3] = [await held(), await anS3()]
    shell.env['VAULT_SECRET'] = 'other'
    expect(await shell.run('connect', 's3', `${s3.url}/audit`, ...CREDENTIALS)).toMatchObject({ code: 1, stderr: expect.stringContaining('holds another secret') })
    expect((await shell.run('connections')).objects).toHaveLength(1)
  })
})

describe('recount query --out s3:NAME', () => {
  it('writes the file, then what proves its masked rows, then the manifest', async () => {
    const [shell, s3] = [await held(), await anS3()]
    await connected(shell, s3)
    const { code, objects } = await shell.run('query', 'user:ana', '--redact', 'persons', '--out', 's3:vault')
    expect([code, objects]).toEqual([0, [{ file: expect.any(String), manifest: expect.any(String), rows: 2, complete: true, range: expect.anything() }]])
    const file = String(objects[0]?.['file'])
    expect(place(s3, file)).toMatch(/^audit\/recount\/recount-timeline-[\w-]+-[0-9a-f]{8}\.jsonl$/)
    expect(s3.asked.filter(({ method }) => method === 'PUT').map(({ path }) => path.slice(1))).toEqual([place(s3, file), `${place(s3, file)}.commitments.jsonl`, `${place(s3, file)}.manifest.json`])
    const bytes = s3.objects.get(place(s3, file)) ?? Buffer.alloc(0)
    expect(manifestIn(s3, `${file}.manifest.json`).files[0]).toMatchObject({ rows: 2, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(existsSync(join(shell.folder, 's3:vault'))).toBe(false)
  })

  it('goes on where the last whole run of this workspace ended, whoever else writes there', async () => {
    const [shell, other, s3] = [await held(), await held(), await anS3()]
    for (const one of [shell, other]) await connected(one, s3)
    const run = async (one: Shell, ...more: string[]) => (await one.run('query', '', '--out', 's3:vault', '--since-last', ...more)).objects[0]
    shell.now += 7_200_000
    const first = await run(shell)
    expect(first).toMatchObject({ rows: 2 })
    expect(first).not.toHaveProperty('continues')
    shell.now += 7_200_000
    other.now = shell.now
    await shell.run('import', shell.file('more.log', failedLogins('ben', [5])), '--year', '2024')
    shell.now += 3_600_000
    const second = await run(shell, '--overlap', '15m')
    expect(second).toMatchObject({ rows: 1, continues: { manifest: String(first?.['manifest']).replace(/^.*\//, ''), repeated: 0 } })
    // The other has never written: all that it holds is news.
    expect(await run(other)).toMatchObject({ rows: 2 })
    // Another question is another run.
    expect(await run(shell, '--format', 'ocsf')).not.toHaveProperty('continues')
    shell.now += 7_200_000
    expect(await run(shell, '--overlap', '15m')).toMatchObject({ rows: 0, continues: { manifest: String(second?.['manifest']).replace(/^.*\//, '') } })
    await shell.run('disconnect', 'vault')
    await connected(shell, s3)
    expect(await run(shell)).toMatchObject({ rows: 3 })
  })

  it('counts no run whose manifest is not there', async () => {
    let isBroken = true
    const s3 = await anS3({ fault: ({ path }) => (isBroken && path.endsWith('.manifest.json') ? { status: 403, code: 'AccessDenied' } : null) })
    const shell = await held()
    await connected(shell, s3)
    expect(await shell.run('query', '', '--out', 's3:vault', '--since-last')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('refuses this to the access key') })
    isBroken = false
    shell.now += 7_200_000
    expect((await shell.run('query', '', '--out', 's3:vault', '--since-last')).objects[0]).toMatchObject({ rows: 2 })
  })

  it('ends where it is interrupted, and nothing is kept', async () => {
    const shell = await held()
    const s3 = await anS3({
      fault: ({ method }) => {
        if (method === 'PUT') for (const interrupt of shell.interrupts) interrupt()
        return null
      },
    })
    await connected(shell, s3)
    expect(await shell.run('query', '', '--out', 's3:vault')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Cancelled; ') })
    expect([...s3.objects.keys()].filter((name) => name.endsWith('.manifest.json'))).toEqual([])
  })

  it('says what is missing', async () => {
    const [shell, s3] = [await held(), await anS3()]
    expect(await shell.run('query', '', '--out', 's3:vault')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no destination named vault') })
    expect(await shell.run('query', '', '--out', 's3:')).toMatchObject({ code: 2, stderr: expect.stringContaining('--out s3:NAME takes the name') })
    await connected(shell, s3)
    delete shell.env['VAULT_SECRET']
    expect(await shell.run('query', '', '--out', 's3:vault')).toMatchObject({ code: 1, stderr: expect.stringContaining('the variable VAULT_SECRET is not set') })
  })
})
