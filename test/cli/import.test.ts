import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { failedLogins, Shell } from './shell'

describe('recount import', () => {
  it('prints one object and adds nothing the second time', async () => {
    const shell = new Shell()
    const path = shell.file('auth.log', failedLogins('ana', [0, 1, 2]))
    const first = await shell.run('import', path, '--year', '2024')
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(first.objects).toEqual([
      {
        connection: 'auth.log',
        kind: 'sshd',
        files: 1,
        records: 3,
        events: 3,
        duplicates: 0,
        companions: 0,
        skipped: 0,
        rejected: [],
        from: '2024-05-10T10:00:00.000Z',
        to: '2024-05-10T10:02:00.000Z',
      },
    ])
    const again = await shell.run('import', path, '--year', '2024')
    expect(again.code).toBe(0)
    expect(again.objects[0]).toMatchObject({ events: 0, duplicates: 3 })
  })

  it('reads folders and gzip, relative to where it stands, and takes a name and a zone', async () => {
    const shell = new Shell()
    shell.file('logs/auth.log.1', failedLogins('ana', [0]))
    shell.file('logs/auth.log.2.gz', gzipSync(failedLogins('bob', [60])))
    const said = await shell.run('import', 'logs', '--year', '2024', '--zone=+02:00', '--name', 'web')
    expect(said.objects).toMatchObject([
      { connection: 'web', files: 2, events: 2, from: '2024-05-10T08:00:00.000Z', to: '2024-05-10T09:00:00.000Z' },
    ])
  })

  it('takes a path that begins with a dash after --', async () => {
    const shell = new Shell()
    shell.file('-auth.log', failedLogins('ana', [0]))
    expect((await shell.run('import', '--year', '2024', '--', '-auth.log')).objects).toMatchObject([{ events: 1 }])
  })

  it('mends a wrong year by replacing', async () => {
    const shell = new Shell()
    const path = shell.file('auth.log', failedLogins('ana', [0, 1]))
    await shell.run('import', path, '--year', '2023')
    const mended = await shell.run('import', path, '--year', '2024', '--replace', 'auth.log')
    expect(mended.objects).toMatchObject([{ connection: 'auth.log', events: 2 }])
    const held = await shell.run('query', '')
    expect(held.objects.map(({ time }) => time)).toEqual(['2024-05-10T10:01:00.000Z', '2024-05-10T10:00:00.000Z'])
    expect(await shell.run('import', path, '--replace', 'nobody')).toMatchObject({ code: 2 })
  })

  it('keeps rejected lines beside readable ones apart, with exit 0', async () => {
    const shell = new Shell()
    const path = shell.file('auth.log', `${failedLogins('ana', [0])}no line of a log\n${failedLogins('ana', [3])}`)
    const said = await shell.run('import', path, '--year', '2024')
    expect(said.code).toBe(0)
    expect(said.objects).toMatchObject([{ events: 2, rejected: [{ file: path, line: 2 }] }])
  })

  it('ends with 1 where nothing could be read', async () => {
    const shell = new Shell()
    const picture = shell.file('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
    const none = await shell.run('import', picture)
    expect(none).toMatchObject({ code: 1, stdout: '' })
    expect(none.stderr).toContain('Nothing could be read.')
    const forced = await shell.run('import', picture, '--kind', 'sshd')
    expect(forced.code).toBe(1)
    expect(forced.stderr).toContain('Nothing could be read.')
    const missing = await shell.run('import', 'nowhere.log')
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('nowhere.log cannot be read: there is no such file')
  })

  it.each([
    ['an unknown kind', ['--kind', 'vax'], 'There is no kind vax.'],
    ['a zone that is none', ['--zone', 'Mars/Olympus'], 'Mars/Olympus is not a time zone.'],
    ['a map for a kind that takes none', ['--map', 'map.json'], 'sshd takes none'],
    ['a name too long', ['--name', 'n'.repeat(201)], '--name takes at most 200 characters'],
  ])('answers %s with exit 2', async (_name, options, message) => {
    const shell = new Shell()
    const path = shell.file('auth.log', failedLogins('ana', [0]))
    const said = await shell.run('import', path, ...options)
    expect(said.stderr).toContain(message)
    expect(said).toMatchObject({ code: 2, stdout: '' })
    expect((await shell.run('connections')).stdout).toBe('')
  })

  it('is cancelled by an interrupt; what came before stays and a second import adds the rest', async () => {
    const shell = new Shell()
    const minutes = Array.from({ length: 20_000 }, (_, i) => i % 600)
    const path = shell.file('auth.log', failedLogins('ana', minutes))
    const running = shell.run('import', path, '--year', '2024')
    while (shell.interrupts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    shell.interrupts[0]?.()
    const cut = await running
    expect(cut).toMatchObject({ code: 1, stdout: '' })
    expect(cut.stderr).toContain('The import was cancelled.')
    const rest = await shell.run('import', path, '--year', '2024')
    expect(rest.objects).toMatchObject([{ records: 20_000 }])
    expect((await shell.run('query', '', '--count')).objects).toMatchObject([{ rows: 20_000 }])
  })
})

describe('a workspace that cannot be written', () => {
  it('names the living process that holds it, and still answers', async () => {
    const shell = new Shell()
    const path = shell.file('auth.log', failedLogins('ana', [0]))
    await shell.run('import', path, '--year', '2024')
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    try {
      const lock = { pid: holder.pid, since: '2026-11-20T00:00:00.000Z', started: null }
      writeFileSync(join(shell.workspace, 'LOCK'), JSON.stringify(lock))
      for (const words of [['import', path], ['disconnect', 'auth.log', '--wipe']]) {
        const said = await shell.run(...words)
        expect(said).toMatchObject({ code: 1, stdout: '' })
        expect(said.stderr).toContain(`Process ${holder.pid} holds this workspace for writing`)
      }
      expect((await shell.run('query', '')).objects).toHaveLength(1)
    } finally {
      holder.kill()
    }
  })

  it('is refused by name where a newer Recount wrote it', async () => {
    const shell = new Shell()
    mkdirSync(shell.workspace)
    const manifest = { program: 'recount', format: 99, created: '2030-01-01T00:00:00.000Z', journal: 'journal-000001.log' }
    writeFileSync(join(shell.workspace, 'workspace.json'), JSON.stringify(manifest))
    const path = shell.file('auth.log', failedLogins('ana', [0]))
    for (const words of [['import', path], ['query', ''], ['connections'], ['coverage']]) {
      const said = await shell.run(...words)
      expect(said).toMatchObject({ code: 1, stdout: '' })
      expect(said.stderr).toContain(`${shell.workspace} was written by a newer Recount (format 99)`)
    }
  })
})

describe('recount connections, disconnect and coverage', () => {
  it('lists, tells what is known, and takes away', async () => {
    const shell = new Shell()
    const path = shell.file('auth.log', failedLogins('ana', [0, 30]))
    await shell.run('import', path, '--year', '2024')
    const [from, to] = ['2024-05-10T10:00:00.000Z', '2024-05-10T10:30:00.000Z']
    const facts = { connection: 'auth.log', kind: 'sshd', origin: 'files', state: 'ready', rows: 2, companions: 0, from, to }
    expect((await shell.run('connections')).objects).toMatchObject([
      { ...facts, files: [{ path, stream: 'auth · web', from, to }] },
    ])
    const stream = { connection: 'auth.log', stream: 'auth · web' }
    const known = { ...stream, from, to: '2024-05-10T10:30:00.001Z', state: 'complete', held: 2 }
    expect((await shell.run('coverage')).objects).toEqual([known])
    expect((await shell.run('coverage', 'auth.log', '--from', '2024-05-10T10:15', '--to', '2024-05-11')).objects).toEqual([
      { ...known, from: '2024-05-10T10:15:00.000Z', held: 1 },
      {
        ...stream,
        from: '2024-05-10T10:30:00.001Z',
        to: '2024-05-11T00:00:00.000Z',
        state: 'unknown',
        held: 0,
        note: 'outside every imported file',
      },
    ])
    expect((await shell.run('coverage', '--from', '2024-05-10')).objects.at(-1)).toMatchObject({
      state: 'unknown',
      to: '2026-11-20T00:00:00.000Z',
    })
    expect(await shell.run('coverage', 'nobody')).toMatchObject({ code: 2, stdout: '' })

    expect((await shell.run('disconnect', 'auth.log')).objects).toEqual([
      { connection: 'auth.log', wiped: false, removedRows: 0 },
    ])
    expect((await shell.run('connections')).objects).toMatchObject([{ state: 'removed', rows: 2 }])
    expect((await shell.run('disconnect', 'auth.log', '--wipe')).objects).toEqual([
      { connection: 'auth.log', wiped: true, removedRows: 2 },
    ])
    const gone = await shell.run('disconnect', 'auth.log')
    expect(gone).toMatchObject({ code: 2, stdout: '' })
    expect(gone.stderr).toContain('There is no connection named auth.log.')
  })
})
