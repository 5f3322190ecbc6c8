import { describe, expect, it } from 'vitest'
import { sudo } from '../../../../src/backend/recording/formats/sudo'
import { RecordingFault, type RecordingFile } from '../../../../src/backend/recording/model'
import { describeWithData } from '../../../data'
import { damages, file, played, recorded, recordedFolder, told } from './play'

const LOG = '1700000000:mira:root:adm:/dev/pts/3:30:100\n/home/mira\n/usr/bin/vi /etc/passwd\n'

function folder(files: Record<string, string>, path = ''): RecordingFile[] {
  return Object.entries({ log: LOG, ...files }).map(([name, content]) => file(path + name, content))
}

describeWithData('sudo I/O logs of sudo itself', () => {
  it.each([
    ['filter-test1', '/usr/bin/passwd'],
    ['filter-test2', '/usr/bin/su testdude'],
    ['filter-test3', '/usr/bin/ssh -oPubkeyAuthentication=no localhost'],
  ])('reads %s', (name, command) => {
    const files = recordedFolder(`sudo/${name}`)
    const play = played(sudo, files)
    const bytesOf = (stream: string) => Buffer.from(files.find((one) => one.name === stream)?.bytes ?? [])
    expect(play.output.equals(bytesOf('ttyout'))).toBe(true)
    expect(play.input.equals(bytesOf('ttyin'))).toBe(true)
    expect(play.output.length).toBeGreaterThan(0)
    expect(play.damage).toEqual([])
    expect(play.head).toMatchObject({ format: 'sudo', cols: 80, rows: 24, user: 'millert', command })
    expect(play.head.startPrecision).toBe('s')
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('understands every line of timing.%i', (number) => {
    const timing = recorded(`sudo/timing-seeds/timing.${number}`, 'timing')
    const rows = Buffer.from(timing.bytes).toString().trimEnd().split('\n')
    const counts = new Map<string, number>()
    for (const row of rows) {
      const [event = '', , bytes = ''] = row.split(' ')
      if (Number(event) < 5) counts.set(event, (counts.get(event) ?? 0) + Number(bytes))
    }
    const names = ['stdin', 'stdout', 'stderr', 'ttyin', 'ttyout']
    const streams = names.map((name, i) => file(name, new Uint8Array(counts.get(String(i)) ?? 0)))
    const play = played(sudo, [timing, ...streams])
    expect(damages(play)).toEqual([': there is no log that tells whose session it was'])
    expect(play.events.length).toBe(rows.length)
    const seconds = rows.reduce((sum, row) => sum + Number(row.split(' ')[1]), 0)
    expect(play.events.at(-1)?.time).toBeCloseTo(seconds, 3)
  })

  it('tells signals and sizes as such, rows first', () => {
    const timing = recorded('sudo/timing-seeds/timing.1', 'timing')
    const all = told(played(sudo, [timing, file('ttyout', 'x'.repeat(100_000))]))
    const other = all.filter((line) => !line.includes('put'))
    expect(other.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'signal "SIGTSTP"',
      'signal "SIGCONT"',
      'resize "120x59"',
      'signal "SIGTSTP"',
      'signal "SIGCONT"',
      'signal "SIGTTOU"',
      'signal "SIGCONT"',
    ])
  })
})

describe('a sudo I/O log', () => {
  it('gives output and input of all streams in the order of the timing', () => {
    const play = played(sudo, folder({
      timing: '4 0.5 2\n3 0.25 3\n1 0.25 3\n0 0.0 2\n2 1.0 3\n4 0.5 1\n',
      ttyout: '$ !',
      ttyin: 'ls\r',
      stdout: 'out',
      stdin: 'in',
      stderr: 'err',
    }))
    expect(told(play)).toEqual([
      '0.5 output "$ "',
      '0.75 input "ls\\r"',
      '1 output "out"',
      '1 input "in"',
      '2 output "err"',
      '2.5 output "!"',
    ])
    expect(play.damage).toEqual([])
    expect(play.head).toEqual({
      format: 'sudo',
      cols: 100,
      rows: 30,
      start: 1_700_000_000_000,
      startPrecision: 's',
      command: '/usr/bin/vi /etc/passwd',
      user: 'mira',
    })
  })

  it('prefers log.json, and takes nothing of the environment', () => {
    const json = JSON.stringify({
      timestamp: { seconds: 1_800_000_000, nanoseconds: 123_456_789 },
      columns: 132,
      lines: 50,
      command: '/usr/bin/id',
      runargv: ['id', '-u'],
      runenv: ['TOKEN=very-secret'],
      runuser: 'root',
      submituser: 'jo',
      submithost: 'web-2',
    })
    const files = folder({ 'log.json': json, timing: '4 0.1 1\n', ttyout: 'x' })
    const play = played(sudo, files)
    expect(play.head).toEqual({
      format: 'sudo',
      cols: 132,
      rows: 50,
      start: 1_800_000_000_123,
      startPrecision: 'us',
      command: '/usr/bin/id -u',
      user: 'jo',
      host: 'web-2',
    })
    expect(JSON.stringify([play, sudo.parts(files)])).not.toContain('secret')
  })

  it('falls back to log where log.json is damaged, and says so', () => {
    const play = played(sudo, folder({ 'log.json': '{"timestamp": {"sec', timing: '4 0.1 1\n', ttyout: 'x' }))
    expect(play.head).toMatchObject({ user: 'mira', cols: 100 })
    expect(damages(play)).toEqual([': log.json cannot be read'])
  })

  it('knows an old log without a size', () => {
    const log = '1700000000:mira:root::/dev/pts/3\n/\n/bin/ls\n'
    const { head } = played(sudo, folder({ log, timing: '4 0.1 1\n', ttyout: 'x' }))
    expect(head).toMatchObject({ sizeAssumed: true, cols: 80, rows: 24, command: '/bin/ls' })
  })

  it('reads delays with a comma, without a fraction, and with six digits', () => {
    const play = played(sudo, folder({ timing: '4 0,500000 1\n4 2 1\n4 0.250000 1\n', ttyout: 'abc' }))
    expect(told(play)).toEqual(['0.5 output "a"', '2.5 output "b"', '2.75 output "c"'])
    expect(play.damage).toEqual([])
  })

  it('leaves out lines that cannot be read, and reads on', () => {
    const bad = ['rubbish', '4 0.1 x', '5 0.1 24', '5 0.1 0 0', '7 0.1 what?', '9 0.1 1', '4 99999999999 1']
    const timing = ['4 0.1 1', ...bad, '7 0.1 20', '4 0.1 1', ''].join('\n')
    const play = played(sudo, folder({ timing, ttyout: 'ab' }))
    expect(play.output.toString()).toBe('ab')
    expect(told(play)[1]).toMatch(/signal "signal 20"$/)
    expect(damages(play)).toEqual([
      'timing line 2: expected EVENT DELAY and what happened',
      'timing line 3: expected a count of bytes',
      'timing line 4: expected LINES COLUMNS',
      'timing line 5: a screen cannot be of this size',
      'timing line 6: expected a signal',
      'timing line 7: event 9 is not known',
      'timing line 8: a pause of 99999999999 s cannot be',
    ])
  })

  it('tells counts beyond the data, and data beyond the counts', () => {
    const beyond = played(sudo, folder({ timing: '4 0.1 9\n1 0.1 4\n', ttyout: 'abc' }))
    expect(beyond.output.toString()).toBe('abc')
    expect(damages(beyond)).toEqual([
      'timing line 1: 9 bytes are timed, 3 are left in ttyout',
      'timing line 2: 4 bytes are timed, 0 are left in stdout',
    ])
    const untimed = played(sudo, folder({ timing: '4 0.1 1\n4 0.1 1', ttyout: 'abc', ttyin: 'yz' }))
    expect(told(untimed)).toEqual(['0.1 output "a"', '0.2 output "b"', '0.2 input "yz"', '0.2 output "c"'])
    expect(damages(untimed)).toEqual([
      'timing line 2: the last line has no end: it may be cut',
      'ttyin, byte 0: the last 2 bytes have no timing: they are put at the end',
      'ttyout, byte 2: the last 1 bytes have no timing: they are put at the end',
    ])
  })

  it('shows everything at once where there is no timing', () => {
    const play = played(sudo, folder({ ttyout: 'abc' }))
    expect(told(play)).toEqual(['0 output "abc"'])
    expect(damages(play)[0]).toBe(': there is no timing file: everything is shown at the beginning')
  })

  it('refuses what sudo 1.8.7 wrote, by name', () => {
    const files = folder({ timing: '6 0.1 3\n5 0.1 1\n6 0.1 1\n', ttyout: 'abcd', ttyin: 'x' })
    expect(sudo.accepts(files)).toBe(true)
    expect(() => sudo.open(files, '')).toThrow(RecordingFault)
    expect(() => sudo.open(files, '')).toThrow(/events 6 \(IO_EVENT_TTYOUT_1_8_7\)/)
  })

  it('takes a single event 6 among others for a damaged line', () => {
    const play = played(sudo, folder({ timing: '4 0.1 1\n6 0.1 1\n4 0.1 1\n', ttyout: 'ab' }))
    expect(play.output.toString()).toBe('ab')
    expect(damages(play)).toEqual(['timing line 2: event 6 is not known'])
  })

  it('finds every recording of a tree, whatever else is in there', () => {
    const files = [
      file('seq', '000002\n'),
      ...folder({ timing: '4 0.1 3\n', ttyout: 'two' }, 'host-a/00/00/02/'),
      ...folder({ timing: '4 0.1 3\n', ttyout: 'one' }, 'host-a/00/00/01/'),
      ...folder({ log: 'rubbish', notes: 'x', stdout: 'y' }, 'elsewhere/'),
    ]
    expect(sudo.parts(files)).toEqual([
      { part: 'host-a/00/00/01', label: 'host-a/00/00/01, mira as root: /usr/bin/vi /etc/passwd' },
      { part: 'host-a/00/00/02', label: 'host-a/00/00/02, mira as root: /usr/bin/vi /etc/passwd' },
    ])
    expect(played(sudo, files, 'host-a/00/00/02').output.toString()).toBe('two')
    expect(played(sudo, files, 'host-a/00/00/01').head.session).toBe('000001')
    expect(() => sudo.open(files, 'elsewhere')).toThrow('Expected the folder of a sudo I/O log')
  })

  it('takes no other files', () => {
    expect(sudo.accepts([file('log', 'some log\n'), file('stdout', 'text')])).toBe(false)
    expect(sudo.accepts([file('timing', '0.1 5\n'), file('stdout', 'hello')])).toBe(false)
    expect(sudo.accepts([])).toBe(false)
  })
})
