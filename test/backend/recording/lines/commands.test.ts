import { describe, expect, it } from 'vitest'
import { commandLines } from '../../../../src/backend/recording/lines/command-lines'
import { compareCommands, typedCommands, type CommandComparison } from '../../../../src/backend/recording/lines/commands'
import { promptMark } from '../../../../src/backend/recording/lines/prompt-marks'
import { play, type Seen } from './play'
import { longSession, SessionWriter, type Ran } from './session'

const START = Date.UTC(2026, 1, 6, 14, 0, 0)

/** The log of what ran, on a clock that is `ahead` seconds ahead of the recording's, in whole seconds. */
function logOf(ran: readonly Ran[], ahead = 0): { time: number; command: string }[] {
  return ran.map(({ time, command }) => ({ time: START + Math.floor(time + ahead) * 1000, command }))
}

/** How many rows were found within `seconds` of when they ran. */
function right(compared: CommandComparison, ran: readonly Ran[], seconds = 2): number {
  return compared.moments.filter(({ at, confidence }, row) => {
    return at !== null && confidence !== 'uncertain' && Math.abs(at - (ran[row]?.time ?? Infinity)) <= seconds
  }).length
}

function typed(seen: Seen): string[] {
  return typedCommands(commandLines(seen.lines), []).map(({ command }) => command)
}

const EDITED = [
  ['ls -la', 'plain'],
  ['sudo systemctl restart nginx', 'typo'],
  ['git commit -m "fix"', 'insert'],
  ['make test', 'history'],
  ['cat /var/log/syslog | grep -i "connection refused by the server" | sort | uniq -c | sort -rn | head -n 20', 'plain'],
  ['rm -rf build', 'pause'],
  ['ls -la', 'plain'],
] as const

function editedSession(): SessionWriter {
  const writer = new SessionWriter(9)
  for (const [command, way] of EDITED) {
    writer.prompt()
    writer.wait(5)
    writer.run(command, way)
    writer.lines(3)
  }
  writer.prompt()
  return writer
}

describe('commands of a log', () => {
  it('are found however they were typed', async () => {
    const { events, ran } = editedSession().session()
    const seen = await play(events)
    const compared = compareCommands({ lines: seen.lines, start: START, log: logOf(ran) })
    expect(compared.moments.map(({ confidence }) => confidence)).toEqual(EDITED.map(() => 'certain'))
    expect(compared.moments.map(({ match, of }) => `${match} of ${of}`)).toEqual([
      '1 of 2', '1 of 1', '1 of 1', '1 of 1', '1 of 1', '1 of 1', '2 of 2',
    ])
    expect(right(compared, ran, 1)).toBe(6)
    // The last key of the one that waited for its Enter.
    expect(Math.abs((compared.moments[5]?.at ?? 0) - ((ran[5]?.time ?? 0) - 20))).toBeLessThan(1)
    expect([compared.notSeen, compared.notLogged]).toEqual([[], []])
  })

  it.each([0, -37.4, 3600, 86_400.5])('are found in hours of work with a clock %d s ahead', async (ahead) => {
    const { events, ran } = longSession(21, 500_000)
    const seen = await play(events)
    const compared = compareCommands({ lines: seen.lines, start: START, log: logOf(ran, ahead) })
    expect(compared.skew.isVoted).toBe(true)
    expect(Math.abs(compared.skew.seconds + ahead)).toBeLessThan(2)
    expect(ran.length).toBeGreaterThan(20)
    expect(right(compared, ran) / ran.length).toBeGreaterThan(0.98)
  })

  it('are found where nobody knows when the recording began', async () => {
    const { events, ran } = longSession(22, 200_000)
    const seen = await play(events)
    const compared = compareCommands({ lines: seen.lines, start: null, log: logOf(ran) })
    expect(right(compared, ran) / ran.length).toBeGreaterThan(0.95)
  })

  it('and what the other side does not have are told', async () => {
    const { events, ran } = editedSession().session()
    const seen = await play(events)
    const log = logOf(ran.filter(({ command }) => !command.startsWith('rm')))
    log.splice(3, 0, { time: START + 25_000, command: 'curl http://evil.example' })
    const compared = compareCommands({ lines: seen.lines, start: START, log })
    expect(compared.notSeen).toEqual([3])
    expect(compared.moments[3]).toEqual({ confidence: 'none', at: null, entry: null, match: 0, of: 0, away: null })
    expect(compared.notLogged.map(({ command }) => command)).toEqual(['rm -rf build'])
  })

  it('are not found in words that end alike, nor at quite another time', async () => {
    const writer = new SessionWriter(2)
    for (const command of ['whoami', 'pwd', 'ls', 'uptime']) {
      writer.prompt()
      writer.wait(3)
      writer.run(command)
      writer.out('tools\r\n')
    }
    const { events, ran } = writer.session()
    const seen = await play(events)
    const log = [...logOf(ran), { time: START + 4_000_000, command: 'pwd' }, { time: START + 12_000, command: 'ools' }]
    const { moments, notSeen } = compareCommands({ lines: seen.lines, start: START, log })
    expect(moments[2]).toMatchObject({ confidence: 'certain', of: 1 })
    expect(notSeen).toEqual([4, 5])
  })

  it('that come again every minute do not shift the clock by a minute', async () => {
    const writer = new SessionWriter(5)
    for (let minute = 0; minute < 10; minute++) {
      writer.wait(60 * minute + 5 - writer.time)
      writer.prompt()
      writer.run('uptime')
    }
    writer.prompt()
    const { events, ran } = writer.session()
    const { lines } = await play(events)
    // One ran before the recording, and the last one is not in the log: a minute later all would fit.
    const log = logOf([{ time: (ran[0]?.time ?? 0) - 60, command: 'uptime' }, ...ran.slice(0, -1)])
    const { skew, notSeen, notLogged } = compareCommands({ lines, start: START, log })
    expect(Math.abs(skew.seconds)).toBeLessThan(2)
    expect([notSeen, notLogged.length]).toEqual([[0], 1])
  })

  it('that are few are not enough to doubt the clocks', async () => {
    const writer = new SessionWriter(2)
    writer.prompt()
    writer.wait(3)
    writer.run('id')
    writer.prompt()
    const { events, ran } = writer.session()
    const { lines } = await play(events)
    const away = compareCommands({ lines, start: START, log: logOf(ran, 900) })
    expect(away.skew).toMatchObject({ seconds: 0, isVoted: false })
    expect(away.moments[0]?.confidence).toBe('uncertain')
    expect(compareCommands({ lines, start: START, log: logOf(ran) }).moments[0]?.confidence).toBe('certain')
  })

  it('are found after output that holds the same word ten thousand times', async () => {
    const { lines } = await play([
      { time: 1, output: 'y\r\n'.repeat(10_000) },
      { time: 5, output: 'a@b:~$ ' },
      { time: 6, output: 'y' },
      { time: 7, output: '\r\nend' },
    ])
    const log = Array.from({ length: 500 }, (_, index) => ({ time: START + 6000 + index * 60_000, command: 'y' }))
    const { moments } = compareCommands({ lines, start: START, log })
    expect(moments[0]).toMatchObject({ confidence: 'certain', at: 6 })
    expect(moments[499]?.confidence).toBe('none')
  })

  it('have the time at which the shell says that they ran', async () => {
    const { lines } = await play([
      { time: 1, output: 'custom prompt ' },
      { time: 2, output: 'll' },
      { time: 30, output: '\r\nfile\r\n' },
    ])
    const marks = [promptMark(1, 'A'), promptMark(1, 'B'), promptMark(30, 'E;ls -l\\x3b id'), promptMark(30, 'C')]
    const compared = compareCommands({
      lines,
      start: START,
      // The log has the alias in full.
      log: [{ time: START + 30_000, command: 'ls -l; id' }],
      marks: marks.filter((mark) => mark !== null),
    })
    expect(compared.moments[0]).toMatchObject({ confidence: 'certain', at: 30, away: 0 })
  })
})

describe('lines that read like commands', () => {
  it('are not where they were only looked for in the history', async () => {
    const search = (part: string) => `\r(reverse-i-search)\`${part}': docker compose up -d\x1b[K`
    const once = (at: number) => [
      { time: at, output: 'ana@web:~$ ' },
      { time: at + 1, output: search('co') },
      { time: at + 2, output: search('com') },
      { time: at + 3, output: '\r\x1b[Kana@web:~$ docker compose up -d\r\n' },
      { time: at + 4, output: 'done\r\n' },
    ]
    const seen = await play([...once(0), ...once(60)])
    const ran = [3, 63].map((time) => ({ time, command: 'docker compose up -d' }))
    const { moments } = compareCommands({ lines: seen.lines, start: START, log: logOf(ran) })
    expect(moments.map(({ match, of }) => [match, of])).toEqual([[1, 2], [2, 2]])
  })

  it('are found after common prompts', async () => {
    const prompts = ['alice@web-1:/srv$ ', '[root@db ~]# ', '(venv) bob@host:~/a b$ ', 'bash-5.2$ ']
    const lines = prompts.map((prompt, index) => ({ time: index, output: `${prompt}run ${index}\r\n` }))
    const seen = await play([...lines, { time: 9, output: 'end' }])
    expect(typed(seen)).toEqual(['run 0', 'run 1', 'run 2', 'run 3'])
  })

  it('after a bare sign are such only where somebody typed', async () => {
    const seen = await play([
      { time: 1, output: '# a comment in a file\r\n$ ' },
      { time: 2, output: 'ls' },
      { time: 3, output: '\r\nend' },
    ])
    expect(typed(seen)).toEqual(['ls'])
  })

  it('are not such where they were erased before they ran', async () => {
    const seen = await play([
      { time: 1, output: 'a@b:~$ ' },
      { time: 2, output: 'rm all' },
      { time: 3, output: '\r\x1b[Ka@b:~$ ' },
      { time: 4, output: 'clear' },
      { time: 5, output: '\r\n\x1b[H\x1b[2J\x1b[3Ja@b:~$ ' },
    ])
    expect(typed(seen)).toEqual(['clear'])
  })
})
