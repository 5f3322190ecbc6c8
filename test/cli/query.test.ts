import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run'
import { failedLogins, Shell } from './shell'

async function held(log: string): Promise<Shell> {
  const shell = new Shell()
  const said = await shell.run('import', shell.file('auth.log', log), '--year', '2024')
  expect(said.code).toBe(0)
  return shell
}

describe('recount query', () => {
  it('prints events newest first, in a range, oldest first, up to a limit', async () => {
    const shell = await held(failedLogins('ana', [0, 1, 2, 3]))
    const minutes = async (...argv: string[]) =>
      (await shell.run('query', ...argv)).objects.map(({ time }) => String(time).slice(14, 16))
    expect(await minutes('')).toEqual(['03', '02', '01', '00'])
    expect(await minutes('', '--order', 'asc', '--limit', '2')).toEqual(['00', '01'])
    expect(await minutes('', '--from', '2024-05-10T10:01', '--to', '2024-05-10T10:03')).toEqual(['02', '01'])
    expect(await minutes('ip:203.0.113.2')).toEqual(['01'])
    expect(await minutes('ip:192.0.2.1')).toEqual([])
  })

  it('carries the fields of an event, its bytes and where it is held', async () => {
    const line = failedLogins('ana', [0])
    const [event] = (await (await held(line)).run('query', '')).objects
    expect(event).toMatchObject({
      time: '2024-05-10T10:00:00.000Z',
      action: 'login',
      outcome: 'failure',
      actor: { name: 'ana' },
      ip: '203.0.113.1',
      connection: 'auth.log',
      source: 'sshd',
      raw: line.trimEnd(),
    })
    expect(event).not.toHaveProperty('command')
  })

  it('takes its text as it is, also when it begins with a dash', async () => {
    const shell = await held(failedLogins('ana', [0]) + failedLogins('bob', [5]))
    expect((await shell.run('query', '-user:ana', '--by', 'user')).objects).toEqual([{ value: 'bob', rows: 1, count: 1 }])
    expect((await shell.run('query', '--count')).objects).toEqual([])
    // Both have `ssh2` in them.
    expect(await shell.run('query', '-h')).toMatchObject({ code: 0, stdout: '' })
    expect((await shell.run('query', '"--help"')).stdout).toBe('')
    expect((await shell.run('query', '--count', '--count')).objects).toMatchObject([{ rows: 0 }])
    expect((await shell.run('--unencrypted', 'query', '-user:bob', '--count')).objects).toMatchObject([{ rows: 1 }])
  })

  it('counts rows, what they stand for, and tells the holes', async () => {
    const repeated = 'May 10 10:00:00 web sshd[1]: message repeated 5 times: [ Failed password for ana from 203.0.113.9 port 1 ssh2]\n'
    const shell = await held(repeated + failedLogins('ana', [1]))
    expect((await shell.run('query', 'outcome:failure', '--count')).objects).toEqual([
      { rows: 2, matching: 6, held: 2, coverage: { state: 'complete', holes: [] } },
    ])
    const ranged = await shell.run('query', '', '--count', '--from', '2024-05-10T09:00', '--to', '2024-05-10T10:00:30')
    expect(ranged.objects).toEqual([
      {
        rows: 1,
        matching: 5,
        held: 2,
        coverage: {
          state: 'unknown',
          holes: [
            {
              connection: 'auth.log',
              stream: 'auth · web',
              from: '2024-05-10T09:00:00.000Z',
              to: '2024-05-10T10:00:00.000Z',
              state: 'unknown',
            },
          ],
        },
      },
    ])
    expect((await shell.run('query', '', '--count', '--from', '2024-05-11')).objects).toMatchObject([
      { rows: 0, coverage: { state: 'unknown', holes: [{ to: '2026-11-20T00:00:00.000Z' }] } },
    ])
  })

  it('knows nothing of an empty workspace', async () => {
    const said = await new Shell().run('query', '', '--count')
    expect(said.objects).toEqual([{ rows: 0, matching: 0, held: 0, coverage: { state: 'not-asked', holes: [] } }])
  })

  it('counts by a field: by count, then value, null where there is none', async () => {
    const log = failedLogins('bob', [0]) + failedLogins('ana', [1]) + failedLogins('eve', [2, 3])
    const shell = await held(`${log}May 10 12:00:00 web sshd[9]: Server listening on 0.0.0.0 port 22.\n`)
    const by = async (...argv: string[]) =>
      (await shell.run('query', '', '--by', ...argv)).objects.map(({ value, rows, count }) => [value, rows, count])
    expect(await by('user')).toEqual([
      ['eve', 2, 2],
      ['ana', 1, 1],
      ['bob', 1, 1],
      [null, 1, 1],
    ])
    expect(await by('USER', '--limit', '1')).toEqual([['eve', 2, 2]])
    expect(await by('field.program')).toEqual([['sshd', 5, 5]])
    expect(await by('field.nothing')).toEqual([[null, 5, 5]])
    expect(await by('connection')).toEqual([['auth.log', 5, 5]])
    expect(await by('command')).toEqual([[null, 5, 5]])
  })

  it('counts by time in buckets of the epoch, leaping over empty ones', async () => {
    const shell = await held(failedLogins('ana', [0, 14, 15, 75]))
    const every = async (step: string, ...argv: string[]) =>
      (await shell.run('query', '', '--every', step, ...argv)).objects.map(({ from, to, failure }) => [
        String(from).slice(11, 16),
        String(to).slice(11, 16),
        failure,
      ])
    expect(await every('15m')).toEqual([
      ['10:00', '10:15', 2],
      ['10:15', '10:30', 1],
      ['11:15', '11:30', 1],
    ])
    expect(await every('1ms')).toHaveLength(4)
    expect(await every('1w')).toEqual([['00:00', '00:00', 4]])
    expect(await every('1h', '--from', '2024-05-10T10:10')).toEqual([
      ['10:00', '11:00', 2],
      ['11:00', '12:00', 1],
    ])
    expect(await every('1h', '--from', '2025-01-01')).toEqual([])
  })

  it.each([
    { text: 'usr:x outcome:failure', message: 'Unknown field «usr». Did you mean user?', before: 2, marks: 3 },
    { text: 'user:ana outcome:fail', message: 'Unknown outcome «fail».', before: 19, marks: 4 },
    { text: '(a OR b', message: 'Unclosed parenthesis', before: 2, marks: 1 },
    { text: 'ana AND', message: 'Expected a term after AND', before: 9, marks: 1 },
    { text: '表 表 usr:x', message: 'Unknown field «usr».', before: 8, marks: 3 },
  ])('points at what is wrong in $text', async ({ text, message, before, marks }) => {
    const said = await new Shell().run('query', text)
    expect(said).toMatchObject({ code: 2, stdout: '' })
    const [first, shown, caret] = said.stderr.split('\n')
    expect(first).toContain(message)
    expect(shown).toBe(`  ${text}`)
    expect(caret).toBe(' '.repeat(before) + '^'.repeat(marks))
  })

  it('shows only the neighbourhood of an error in a long query', async () => {
    const text = `${'word '.repeat(200)}usr:x${' word'.repeat(200)}`
    const [, shown = '', caret = ''] = (await new Shell().run('query', text)).stderr.split('\n')
    expect(shown.length).toBeLessThan(140)
    expect(shown.slice(caret.indexOf('^'))).toMatch(/^usr:x/)
  })

  it('writes CSV and a table', async () => {
    const shell = await held(failedLogins('ana', [0]) + failedLogins('表'.repeat(30), [1]))
    const csv = (await shell.run('query', '', '--format', 'csv', '--limit', '1')).stdout.split('\r\n')
    expect(csv[0]).toMatch(/^\ufefftime,epoch_ms,/)
    expect(csv).toHaveLength(3)
    shell.env['COLUMNS'] = '100'
    const table = (await shell.run('query', '', '--format', 'table')).stdout.trimEnd().split('\n')
    expect(table).toHaveLength(3)
    expect(table[0]).toMatch(/^time \(UTC\) +outcome +user +machine +ip +count +what happened$/)
    expect(table[1]).toContain(`${'表'.repeat(11)}…`)
    expect(table[2]).toMatch(/^2024-05-10T10:00:00\.000Z {2}failure {2}ana /)
  })

  it('lets hostile text of a log do a terminal no harm, and loses none of it', async () => {
    const user = 'a\u001b[2Jb\u009b\u202ec'
    const shell = await held(failedLogins(user, [0]))
    const said = await shell.run('query', '')
    expect(said.objects[0]).toMatchObject({ actor: { name: user } })
    const table = await shell.run('query', '', '--format', 'table')
    for (const shown of [said.stdout, table.stdout]) expect(shown).not.toMatch(/[\u001b\u009b\u202e]/)
    expect(table.stdout).toContain('a‹ESC›[2Jb‹U+009B›‹U+20…')
  })

  it('writes out the one sign of ASCII that JSON leaves as it is', async () => {
    const shell = await held(failedLogins('a\u007fb', [0]))
    const said = await shell.run('query', '')
    expect(said.objects[0]).toMatchObject({ actor: { name: 'a\u007fb' } })
    expect(said.stdout).not.toContain('\u007f')
  })

  it('waits for a slow reader and ends quietly when nobody reads', async () => {
    const shell = await held(failedLogins('ana', Array.from({ length: 3000 }, (_, i) => i % 600)))
    let waiting = 0
    let most = 0
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        most = Math.max(most, ++waiting)
        setTimeout(() => {
          waiting--
          done()
        }, 1)
      },
    })
    const errors: string[] = []
    const stderr = new Writable({
      write(chunk: Buffer, _encoding, done) {
        errors.push(chunk.toString())
        done()
      },
    })
    expect(await run(['query', ''], shell.io(slow, stderr))).toBe(0)
    expect(most).toBe(1)
    expect(slow.writableLength).toBe(0)
    const closed = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      },
    })
    closed.on('error', () => {})
    expect(await run(['query', ''], shell.io(closed, stderr))).toBe(0)
    expect(errors).toEqual([])
  })
})
