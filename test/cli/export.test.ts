import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run'
import type { ExportManifest } from '../../src/contract'
import { failedLogins, Shell } from './shell'

async function held(log: string): Promise<Shell> {
  const shell = new Shell()
  expect((await shell.run('import', shell.file('auth.log', log), '--year', '2024')).code).toBe(0)
  return shell
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function manifestAt(path: string): ExportManifest {
  return JSON.parse(readFileSync(path, 'utf8')) as ExportManifest
}

describe('recount query --format', () => {
  it.each([
    ['ocsf', /^\{"category_uid":3,.*"class_uid":3002,.*"type_uid":300201/],
    ['ecs', /^\{"@timestamp":"2024-05-10T10:01:00.000Z",.*"ecs":\{"version":"9\.4\.0"\}/],
    ['cef', /^CEF:0\|Recount\|Recount\|[\d.]+\|authentication\.login\|.*\|5\|rt=1715335260000 /],
    ['rfc5424', /^<108>1 2024-05-10T10:01:00\.000Z web sshd - login \[audit@32473 /],
    ['timesketch', /^\{.*"datetime":"2024-05-10T10:01:00\.000\+00:00"/],
  ])('%s prints a line for each event', async (format, first) => {
    const shell = await held(failedLogins('ana', [0, 1]))
    const { stdout, code } = await shell.run('query', '', '--format', format)
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(first)
  })

  it('keeps cells safe unless raw ones are asked for, which is warned of', async () => {
    const shell = await held(failedLogins('=1+1', [0]))
    expect((await shell.run('query', '', '--format', 'csv')).stdout).toContain(",'=1+1,")
    const raw = await shell.run('query', '', '--format', 'csv', '--raw-csv')
    expect(raw.stdout).toContain(',=1+1,')
    expect(raw.stderr).toContain('may take one for a formula')
  })

  it.each([
    [['--format', 'pdf'], '--format is one of jsonl, csv, table, ocsf, ecs, cef, rfc5424, timesketch'],
    [['--raw-csv'], '--raw-csv is for --format csv'],
    [['--redact', 'everything'], '--redact takes no «everything»'],
    [['--format', 'table', '--redact', 'user'], '--format table is for reading'],
    [['--since-last'], '--since-last needs --out DIR'],
    [['--since-last', '--out', 'x', '--limit', '1'], '--since-last and --limit do not go together'],
    [['--out', 'x', '--manifest', 'y'], '--manifest goes without --out'],
    [['--overlap', '1h'], '--overlap is for --since-last'],
    [['--count', '--out', 'x'], '--out means nothing beside --count'],
  ])('refuses %j', async (words, why) => {
    const { code, stderr } = await new Shell().run('query', '', ...words)
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
  })

  it('writes no faster than it is read', async () => {
    const shell = await held(failedLogins('ana', Array.from({ length: 600 }, (_, i) => i % 60)))
    let pending = 0
    let most = 0
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        pending++
        most = Math.max(most, pending)
        setImmediate(() => {
          pending--
          done()
        })
      },
    })
    expect(await run(['query', ''], { ...shell.io(slow, slow) })).toBe(0)
    expect([most, slow.writableLength]).toEqual([1, 0])
  })
})

describe('recount query --manifest', () => {
  it('tells what was printed, byte for byte', async () => {
    const shell = await held(failedLogins('ana', [0, 1, 2]))
    const path = join(shell.folder, 'm.json')
    const { stdout } = await shell.run('query', 'user:ana', '--limit', '2', '--from', '2024-05-10', '--manifest', path)
    const manifest = manifestAt(path)
    expect(manifest).toMatchObject({
      schema: 'recount-export/1',
      format: 'jsonl',
      filter: { query: 'user:ana', order: 'desc', limit: 2, range: { from: '2024-05-10T00:00:00.000Z' } },
      counts: { rows: 2, matching: 3, held: 3 },
      range: { from: '2024-05-10T10:01:00.000Z', to: '2024-05-10T10:02:00.001Z' },
      complete: false,
      coverage: { state: 'unknown' },
      files: [{ name: '-', rows: 2, bytes: Buffer.byteLength(stdout), sha256: sha256(stdout) }],
      redaction: null,
    })
  })

  it('puts what proves masked rows beside it, and the salt in the workspace alone', async () => {
    const shell = await held(failedLogins('ana', [0, 1]))
    const path = join(shell.folder, 'm.json')
    const { stdout } = await shell.run('query', '', '--redact', 'persons,ip', '--manifest', path)
    expect(stdout).not.toMatch(/ana|203\.0\.113/)
    expect(stdout.match(/«user-1»/g)?.length).toBeGreaterThan(1)
    const { redaction, files } = manifestAt(path)
    expect(redaction?.masks).toEqual(['user', 'session', 'ip'])
    const beside = readFileSync(join(shell.folder, 'm.commitments.jsonl'))
    expect(files[1]).toMatchObject({ name: 'm.commitments.jsonl', rows: 2, sha256: sha256(beside) })
    const note = readFileSync(join(shell.workspace, 'exports', `${redaction?.salt}.salt.json`), 'utf8')
    expect(`${stdout}${beside.toString()}${readFileSync(path, 'utf8')}`).not.toContain((JSON.parse(note) as { salt: string }).salt)
  })
})

describe('recount query --out', () => {
  it('writes a file and its manifest, each under its name when it is whole', async () => {
    const shell = await held(failedLogins('ana', [0, 1]))
    const path = join(shell.folder, 'events.csv')
    const { objects, code } = await shell.run('query', '', '--format', 'csv', '--out', path)
    expect([code, objects]).toEqual([0, [{ file: path, manifest: `${path}.manifest.json`, rows: 2, complete: true, range: { from: '2024-05-10T10:00:00.000Z', to: '2024-05-10T10:01:00.001Z' } }]])
    expect(manifestAt(`${path}.manifest.json`)).toMatchObject({ cells: 'safe', files: [{ name: 'events.csv', sha256: sha256(readFileSync(path)) }] })
    expect(readdirSync(shell.folder).filter((name) => name.includes('part'))).toEqual([])
  })

  it('leaves nothing when it is cancelled', async () => {
    const shell = await held(failedLogins('ana', [0, 1]))
    const path = join(shell.folder, 'events.jsonl')
    shell.interrupts.push = (listener) => {
      listener()
      return 1
    }
    expect(await shell.run('query', '', '--out', path)).toMatchObject({ code: 1, stderr: expect.stringContaining('Cancelled') as string })
    expect([existsSync(path), existsSync(`${path}.part`), existsSync(`${path}.manifest.json`)]).toEqual([false, false, false])
  })

  it('goes on from the last whole run with what arrived since, also where its time is long past', async () => {
    const shell = new Shell()
    const folder = join(shell.folder, 'runs')
    const runIt = async (...more: string[]) => (await shell.run('query', '', '--out', folder, '--since-last', ...more)).objects[0] as { rows: number; file: string; continues?: object }
    const add = (name: string, log: string) => shell.run('import', shell.file(name, log), '--year', '2024')
    await add('b.log', failedLogins('bob', [30]))
    shell.now += 2 * 3_600_000
    const first = await runIt()
    expect(first).toMatchObject({ rows: 1 })
    expect(first).not.toHaveProperty('continues')
    shell.now += 2 * 3_600_000
    await add('a.log', failedLogins('ana', [0, 1]))
    shell.now += 1000
    const second = await runIt()
    expect(second).toMatchObject({ rows: 2, continues: { since: '2026-11-20T01:00:00.000Z', repeated: 0 } })
    // A run that was cut has no manifest: it is as if it had not been.
    writeFileSync(join(folder, 'recount-timeline-20301231-000000.jsonl'), '{}\n')
    shell.now += 1000
    expect(await runIt()).toMatchObject({ rows: 2, continues: { repeated: 2 } })
    shell.now += 1000
    expect(await runIt('--overlap', '1ms')).toMatchObject({ rows: 0 })
    // Another question has runs of its own.
    shell.now += 1000
    expect(await runIt('--order', 'asc')).toMatchObject({ rows: 3 })
  })

  it('takes no folder for a file', async () => {
    const shell = await held(failedLogins('ana', [0]))
    mkdirSync(join(shell.folder, 'd'))
    expect(await shell.run('query', '', '--out', join(shell.folder, 'd'))).toMatchObject({ code: 2, stderr: expect.stringContaining('is a folder') as string })
  })
})
