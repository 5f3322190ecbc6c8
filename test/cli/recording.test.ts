import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run'
import { dataPath, describeWithData } from '../data'
import { Shell } from './shell'

const CAST = ['{"version":2,"width":20,"height":3,"timestamp":1700000000,"title":"t"}', '[0.5,"o","hello\\r\\n"]', '[2,"o","wor"]', '[2.25,"o","ld \\u001b[31mred"]'].join('\n')
const tape = (name: string) => dataPath(`recordings/produced/${name}`)

/** Standard output as bytes. */
async function bytesOf(shell: Shell, ...words: string[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      pieces.push(chunk)
      done()
    },
  })
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() })
  expect(await run(['recording', 'bytes', ...words], shell.io(stdout, stderr))).toBe(0)
  return Buffer.concat(pieces)
}

describe('recount recording', () => {
  it('tells of a file in one object', async () => {
    const shell = new Shell()
    shell.file('a.cast', `${CAST}\nnot json\n`)
    const said = await shell.run('recording', 'info', 'a.cast')
    expect(said).toMatchObject({ code: 0, stderr: '' })
    expect(said.objects).toEqual([
      {
        format: 'asciicast-v2',
        cols: 20,
        rows: 3,
        start: '2023-11-14T22:13:20.000Z',
        duration: 2.25,
        events: 3,
        outputBytes: 21,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        damaged: [{ at: 'line 5', reason: expect.any(String) }],
      },
    ])
    // By the bytes of the file, packed or not.
    shell.file('b.cast.gz', gzipSync(CAST))
    const packed = await shell.run('recording', 'info', 'b.cast.gz')
    expect(packed.objects).toMatchObject([{ format: 'asciicast-v2', events: 3, damaged: [] }])
  })

  it('prints transcript, screen and hits', async () => {
    const shell = new Shell()
    shell.file('a.cast', CAST)
    const text = await shell.run('recording', 'text', 'a.cast')
    expect(text.stdout).toContain('hello\nworld red')
    expect(text.stderr).toContain('It does not prove which commands ran.')
    expect((await shell.run('recording', 'frame', 'a.cast', '--at', '1')).stdout).toBe('hello\n\n\n')
    expect((await shell.run('recording', 'frame', 'a.cast', '--at', '2.1')).stdout).toBe('hello\nwor\n\n')
    expect((await shell.run('recording', 'frame', 'a.cast', '--at', '99')).stdout).toBe('hello\nworld red\n\n')
    expect((await shell.run('recording', 'search', 'a.cast', 'WORLD')).objects).toEqual([{ at: 2.25, line: 'world red' }])
    const none = await shell.run('recording', 'search', 'a.cast', 'absent')
    expect(none).toMatchObject({ code: 0, stdout: '' })
  })

  it('prints the output bytes as they are, and not to a terminal', async () => {
    const shell = new Shell()
    shell.file('t.ttyrec', Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]), Buffer.from([0xff, 0x1b, 0x5b])]))
    expect([...(await bytesOf(shell, 't.ttyrec'))]).toEqual([0xff, 0x1b, 0x5b])
    const terminal = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY: true })
    let told = ''
    const stderr = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        told += chunk.toString()
        done()
      },
    })
    expect(await run(['recording', 'bytes', 't.ttyrec'], shell.io(terminal, stderr))).toBe(2)
    expect(told).toContain('would obey')
  })

  it('ends with exit 1 where nothing can be read, and says why', async () => {
    const shell = new Shell()
    shell.file('x.txt', 'plain words\n')
    const said = await shell.run('recording', 'info', 'x.txt')
    expect(said).toMatchObject({ code: 1, stdout: '' })
    expect(said.stderr).toContain('x.txt: The file looks like plain text')
  })

  it.each([
    [['recording'], 'needs info|text'],
    [['recording', 'info'], 'needs info|text'],
    [['recording', 'play', 'a.cast'], 'is not one of info'],
    [['recording', 'info', 'a.cast', 'b.cast'], 'one word too many'],
    [['recording', 'info', 'a.cast', '--at', '1'], '--at is for recording frame'],
    [['recording', 'frame', 'a.cast'], 'needs --at'],
    [['recording', 'frame', 'a.cast', '--at', 'noon'], '--at needs seconds'],
    [['recording', 'search', 'a.cast'], 'needs a text'],
    [['recording', 'search', 'a.cast', ''], 'needs a text'],
    [['recording', 'info', 'absent.cast'], 'There is no file absent.cast'],
    [['recording', 'info', 'a.cast#x'], 'There is no recording x in a.cast: it is one'],
  ])('takes %j for bad usage', async (words, told) => {
    const shell = new Shell()
    shell.file('a.cast', CAST)
    const said = await shell.run(...words)
    expect(said).toMatchObject({ code: 2, stdout: '' })
    expect(said.stderr).toContain(told)
  })

  it('reads what the workspace holds, by its id, when the file is gone', async () => {
    const shell = new Shell()
    const path = shell.file('a.cast', CAST)
    const file = (await shell.run('recording', 'info', 'a.cast')).objects[0]
    expect((await shell.run('import', 'a.cast')).objects).toMatchObject([{ kind: 'recording', events: 1 }])
    rmSync(path)
    const id = `sha256:${String(file?.['sha256'])}`
    expect((await shell.run('recording', 'info', id)).objects).toEqual([file])
    expect((await shell.run('recording', 'search', id, 'hello')).objects).toMatchObject([{ at: 0.5 }])
    // Bytes that are no longer those received are no recording.
    writeFileSync(join(shell.workspace, 'recordings', String(file?.['sha256'])), CAST.replace('hello', 'jello'))
    const damaged = await shell.run('recording', 'text', id)
    expect(damaged).toMatchObject({ code: 1, stdout: '' })
    expect(damaged.stderr).toContain('no longer those that were received')
    expect((await shell.run('recording', 'info', 'sha256:00')).code).toBe(2)
  })
})

describeWithData('recount recording on real ones', () => {
  it.each([
    ['a.cast', 'asciicast-v2', 733],
    ['t.ttyrec', 'ttyrec', 718],
    ['t.tlog', 'tlog', 723],
    ['sudo', 'sudo', 718],
    ['sudo/00/00/01', 'sudo', 718],
    [`scr.out,${tape('scr.timing')}`, 'script', 718],
    [`scr.timing,${tape('scr.in')},${tape('scr.out')}`, 'script', 718],
    [`scr.classic,${tape('scr.classic.timing')}`, 'script', 718],
    [`scr.io.timing,${tape('scr.io')}`, 'script', 718],
  ])('%s', async (name, format, outputBytes) => {
    const shell = new Shell()
    const { objects, code } = await shell.run('recording', 'info', tape(name))
    expect(code).toBe(0)
    expect(objects).toMatchObject([{ format, outputBytes, damaged: [] }])
    expect(Math.abs(Number(objects[0]?.['duration']) - 0.52)).toBeLessThan(0.03)
    const bytes = await bytesOf(shell, tape(name))
    expect(bytes.length).toBe(outputBytes)
    if (outputBytes === 718) expect(bytes.equals(await bytesOf(shell, tape('t.ttyrec')))).toBe(true)
    expect((await shell.run('recording', 'text', tape(name))).stdout).toContain('héllo wörld')
    expect((await shell.run('recording', 'frame', tape(name), '--at', '10')).stdout).toContain('red')
    expect((await shell.run('recording', 'search', tape(name), 'adduser')).objects[0]).toMatchObject({ line: 'adduser.conf' })
  })

  it('refuses what is no recording with the reason', async () => {
    const said = await new Shell().run('recording', 'info', dataPath('recordings/asciinema-server-stdout.json'))
    expect(said).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('not the recording it was made from') })
  })

  it('names the recordings of a folder, of which one can be chosen', async () => {
    const shell = new Shell()
    const folder = dataPath('recordings/sudo')
    const several = await shell.run('recording', 'info', folder)
    expect(several).toMatchObject({ code: 2, stdout: '' })
    expect(several.stderr).toContain('filter-test1, filter-test2, filter-test3')
    expect((await shell.run('recording', 'info', `${folder}#filter-test2`)).objects).toMatchObject([{ format: 'sudo' }])
    expect((await shell.run('recording', 'info', `${folder}#absent`)).code).toBe(2)
  })

  it('names the recordings of a journal, of which one can be chosen', async () => {
    const shell = new Shell()
    const plain = readFileSync(tape('t.tlog'), 'utf8')
    const other = plain.replaceAll(/"rec":"[^"]*"/g, '"rec":"second"')
    expect(other).not.toBe(plain)
    shell.file('both.log', plain + other)
    const several = await shell.run('recording', 'info', 'both.log')
    expect(several).toMatchObject({ code: 2, stdout: '' })
    expect(several.stderr).toContain('second')
    expect((await shell.run('recording', 'info', 'both.log#second')).objects).toMatchObject([{ format: 'tlog', outputBytes: 723 }])
    // In the workspace each has an id of its own.
    expect((await shell.run('import', 'both.log')).objects).toMatchObject([{ records: 2, events: 2 }])
    const [{ sha256 } = {}] = (await shell.run('recording', 'info', 'both.log#second')).objects
    expect((await shell.run('recording', 'info', `sha256:${String(sha256)}:second`)).objects).toMatchObject([{ outputBytes: 723 }])
    expect((await shell.run('recording', 'info', `sha256:${String(sha256)}`)).code).toBe(2)
  })

  it('takes a copy of a sudo folder for the same recording wherever it stands', async () => {
    const shell = new Shell()
    mkdirSync(join(shell.folder, 'elsewhere'))
    cpSync(tape('sudo'), join(shell.folder, 'elsewhere', 'io'), { recursive: true })
    const [first] = (await shell.run('recording', 'info', tape('sudo'))).objects
    const [second] = (await shell.run('recording', 'info', 'elsewhere/io/00/00/01')).objects
    expect(second).toEqual(first)
  })
})
