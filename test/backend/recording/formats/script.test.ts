import { describe, expect, it } from 'vitest'
import { script } from '../../../../src/backend/recording/formats/script'
import { RecordingFault } from '../../../../src/backend/recording/model'
import { describeWithData } from '../../../data'
import { damages, file, played, recorded, told } from './play'

const FACTS = 'COMMAND="bash -l" TERM="xterm" TTY="/dev/pts/0" COLUMNS="100" LINES="30"'
const HEADER = `Script started on 2026-11-20 16:34:26+00:00 [${FACTS}]\n`
const TRAILER = '\nScript done on 2026-11-20 16:40:00+00:00 [COMMAND_EXIT_CODE="3"]\n'

const data = (body: string, name = 'typescript') => file(name, `${HEADER}${body}${TRAILER}`)
const timing = (...lines: string[]) => file('timing', lines.map((line) => `${line}\n`).join(''))

describeWithData('typescripts of 2009', () => {
  it.each(['t0500-bash_long_line', 't0501-bash_ls', 't0503-zsh_ls_color', 't0504-vim'])('reads %s', (name) => {
    const whole = recorded(`raw/xtermjs-esc/${name}.in`)
    const text = Buffer.from(whole.bytes).toString('latin1')
    expect(script.accepts([whole])).toBe(true)
    const play = played(script, [whole])
    const body = text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\nScript done on '))
    expect(play.output.toString('latin1')).toBe(body)
    expect(play.head).toMatchObject({ start: null, sizeAssumed: true })
  })
})

describe('script(1) with classic timing', () => {
  it('takes bytes from behind the first line, and the exit code from the last', () => {
    const play = played(script, [data('one two'), timing('0.5 4', '1.25 3')])
    expect(told(play)).toEqual(['0.5 output "one "', '1.75 output "two"', '1.75 exit "3"'])
    expect(play.damage).toEqual([])
    expect(play.head).toEqual({
      format: 'script',
      cols: 100,
      rows: 30,
      start: Date.UTC(2026, 10, 20, 16, 34, 26),
      startPrecision: 's',
      command: 'bash -l',
    })
  })

  it('reads the comma of a locale', () => {
    expect(told(played(script, [timing('0,500000 3'), data('abc')]))[0]).toBe('0.5 output "abc"')
  })

  it('skips a translated first line as well, whose size and time it does not know', () => {
    const german = file('a', 'Skript gestartet am Fr 20 Nov 2026 16:34:26 CET\nabc')
    const play = played(script, [german, timing('0.1 3')])
    expect(play.output.toString()).toBe('abc')
    expect(play.head).toMatchObject({ cols: 80, rows: 24, sizeAssumed: true, start: null })
  })

  it('takes a file for one without a header where the timing covers all of it', () => {
    const play = played(script, [file('a', 'no header\nabc'), timing('0.1 10', '0.1 3')])
    expect(play.output.toString()).toBe('no header\nabc')
    expect(play.damage).toEqual([])
  })

  it('tells a count beyond the data', () => {
    const play = played(script, [data('abc'), timing('0.1 2', '0.1 5')])
    expect(play.output.toString()).toBe('abc')
    expect(damages(play)).toEqual(['line 2: 5 bytes are timed, 1 are left in typescript'])
  })

  it('shows what has no timing at the end, but not the trailer', () => {
    const play = played(script, [data('abc and more'), timing('0.1 3')])
    expect(told(play)).toEqual(['0.1 output "abc"', '0.1 output " and more"', '0.1 exit "3"'])
    expect(damages(play)).toEqual([
      `byte ${HEADER.length + 3}: the last 9 bytes of typescript have no timing: they are put at the end`,
    ])
  })

  it('keeps a last line that only looks like a trailer, where the timing covers it', () => {
    const body = 'echo\n[<oops>]\n'
    const play = played(script, [file('a', `${HEADER}${body}`), timing(`0.1 ${body.length}`)])
    expect(play.output.toString()).toBe(body)
    expect(play.damage).toEqual([])
  })

  it('leaves out a line that cannot be read, and reads on', () => {
    const play = played(script, [data('abc'), timing('0.1 1', 'rubbish', '0.1 1', '99999999999.0 1', '0.1 1')])
    expect(play.output.toString()).toBe('abc')
    expect(damages(play)).toEqual([
      'line 2: timing: expected SECONDS BYTES, or O, I, S or H before them',
      'line 4: timing: a pause of 99999999999 s cannot be',
    ])
  })

  it('lets others work while one short line stands for much', () => {
    const body = 'y'.repeat(300_000)
    const line = '0.1 300000'
    expect(played(script, [data(body.repeat(4)), timing(line, line, line, line)]).yields).toBe(4)
  })
})

describe('script(1) with advanced timing', () => {
  const HEADS = ['H 0.000000 START_TIME 2026-11-20 17:00:00+01:00', 'H 0.000000 COLUMNS 120', 'H 0.000000 LINES 40']

  it('takes facts of the session from the timing before those of the data', () => {
    const { head } = played(script, [data('abc'), timing(...HEADS, 'H 0.000000 COMMAND top -d 1', 'O 0.1 3')])
    expect(head).toMatchObject({ cols: 120, rows: 40, start: Date.UTC(2026, 10, 20, 16), command: 'top -d 1' })
  })

  it('counts the pause of every entry, signals too', () => {
    const play = played(script, [
      data('abcd'),
      timing(...HEADS, 'O 0.5 2', 'S 1.0 SIGWINCH ROWS=50 COLS=132', 'S 0.25 SIGUSR1', 'O 0.25 2', 'H 0.0 EXIT_CODE 7'),
    ])
    expect(told(play)).toEqual([
      '0.5 output "ab"',
      '1.5 resize "132x50"',
      '1.75 signal "SIGUSR1"',
      '2 output "cd"',
      '2 exit "7"',
    ])
  })

  it('reads input and output from one file in the order of the timing', () => {
    const lines = timing('O 0.1 2', 'I 0.1 1', 'O 0.1 4', 'I 0.1 2', 'O 0.1 5')
    const play = played(script, [data('$ lls\r\ns\rfiles'), lines])
    expect(play.output.toString()).toBe('$ ls\r\nfiles')
    expect(play.input.toString()).toBe('ls\r')
    expect(play.damage).toEqual([])
  })

  it('reads them from two files, each with its own header, whatever they are called', () => {
    const lines = timing('O 0.1 2', 'I 0.1 3', 'O 0.1 5')
    const output = data('$ files', 'input.log')
    const input = file('output.log', `Another header of another length\nls\r${TRAILER}`)
    for (const files of [[output, input, lines], [input, lines, output], [lines, input, output]]) {
      const play = played(script, files)
      expect(play.output.toString()).toBe('$ files')
      expect(play.input.toString()).toBe('ls\r')
      expect(play.damage).toEqual([])
    }
  })

  it('goes by the names in the timing where counts cannot decide', () => {
    const names = ['H 0.0 OUTPUT_LOG /tmp/x/b.log', 'H 0.0 INPUT_LOG /tmp/x/a.log']
    const play = played(script, [data('in', 'a.log'), data('ou', 'b.log'), timing(...names, 'O 0.1 2', 'I 0.1 2')])
    expect([play.output.toString(), play.input.toString()]).toEqual(['ou', 'in'])
  })

  it('tells that a stream is timed and its file is not here', () => {
    const names = ['H 0.0 OUTPUT_LOG out', 'H 0.0 INPUT_LOG in']
    const play = played(script, [data('abc'), timing(...names, 'O 0.1 3', 'I 0.1 9')])
    expect(play.output.toString()).toBe('abc')
    expect(damages(play)).toEqual(['timing: 9 bytes of input are timed, and no file with them is here'])
  })
})

describe('script -a', () => {
  const both = file('typescript', `${HEADER}first${TRAILER}${HEADER.replace('16:34', '18:00')}second${TRAILER}`)

  it('steps over what is written between two sessions, and says so', () => {
    const play = played(script, [both, timing('0.1 5', '0.1 6')])
    expect(told(play)).toEqual([
      '0.1 output "first"',
      expect.stringMatching(/^0\.2 marker "Script done on .* \/ Script started on .*"$/),
      '0.2 output "second"',
      '0.2 exit "3"',
    ])
    expect(play.damage).toEqual([])
  })

  it('knows a timing file that was written anew for the last session', () => {
    const play = played(script, [both, timing('0.1 4', '0.1 2')])
    expect(told(play)).toEqual(['0 output "first"', '0.1 output "seco"', '0.2 output "nd"', '0.2 exit "3"'])
    expect(damages(play)).toEqual([`byte ${HEADER.length}: 1 earlier session(s) in typescript have no timing`])
    expect(play.head.start).toBe(Date.UTC(2026, 10, 20, 18, 0, 26))
  })

  it('does not step over the same words where a program printed them', () => {
    const body = `cat typescript${TRAILER}${HEADER}$ `
    const play = played(script, [data(body), timing('0.1 14', `0.1 ${body.length - 14}`)])
    expect(play.output.toString()).toBe(body)
    expect(play.damage).toEqual([])
  })
})

describe('script(1) without timing', () => {
  it('is one event at the beginning, which is told', () => {
    const play = played(script, [data('all at once')])
    expect(told(play)).toEqual(['0 output "all at once"', '0 exit "3"'])
    expect(damages(play)).toEqual(['typescript: there is no timing file: everything is shown at the beginning'])
  })

  it('takes an empty timing file for none', () => {
    expect(played(script, [data('abc'), file('timing', '')]).output.toString()).toBe('abc')
  })

  it('knows a translated header by its bracket, and no other text', () => {
    const german = 'Skript gestartet am 2026-11-20 [TERM="xterm" COLUMNS="80" LINES="24"]\nabc'
    expect(script.accepts([file('a', german)])).toBe(true)
    expect(script.accepts([file('a', 'Script lancé [<not executed on terminal>]\nabc')])).toBe(true)
    expect(script.accepts([file('a', 'Dear all,\nabc')])).toBe(false)
    expect(script.accepts([timing('0.1 3')])).toBe(false)
    expect(script.accepts([])).toBe(false)
    expect(() => script.open([timing('0.1 3')], '')).toThrow(RecordingFault)
  })

  it('ends at the end of a file that broke off', () => {
    expect(played(script, [file('a', `${HEADER}abc`)]).output.toString()).toBe('abc')
  })
})

describe('script -r of the BSDs', () => {
  type Stamp = { content?: string; little?: boolean }

  function stamp(letter: string, at: [number, number], { content = '', little = true }: Stamp = {}): Buffer {
    const bytes = Buffer.alloc(24)
    const view = new DataView(bytes.buffer, bytes.byteOffset, 24)
    view.setBigUint64(0, BigInt(content.length), little)
    view.setBigUint64(8, BigInt(at[0]), little)
    view.setUint32(16, at[1], little)
    view.setUint32(20, letter.charCodeAt(0), little)
    return Buffer.concat([bytes, Buffer.from(content)])
  }

  it.each([true, false])('reads its stamps (little-endian: %s)', (little) => {
    const bytes = Buffer.concat([
      stamp('s', [1_700_000_000, 250_000], { little }),
      stamp('o', [1_700_000_001, 0], { content: '$ ', little }),
      stamp('i', [1_700_000_002, 0], { content: 'ls\r', little }),
      stamp('o', [1_700_000_002, 500_000], { content: 'ls\r\n', little }),
      stamp('e', [1_700_000_003, 0], { little }),
    ])
    const files = [file('typescript', bytes)]
    expect(script.accepts(files)).toBe(true)
    const play = played(script, files)
    expect(told(play)).toEqual(['0.75 output "$ "', '1.75 input "ls\\r"', '2.25 output "ls\\r\\n"'])
    expect(play.head).toMatchObject({ start: 1_700_000_000_250, startPrecision: 'us', sizeAssumed: true })
  })

  it('keeps what is there of a cut or damaged one', () => {
    const begun = Buffer.concat([stamp('s', [1_700_000_000, 0]), stamp('o', [1_700_000_001, 0], { content: 'kept' })])
    const cut = played(script, [file('a', begun.subarray(0, -2))])
    expect(cut.output.toString()).toBe('ke')
    expect(damages(cut)).toEqual(['byte 24: the file ends 2 bytes before the end of this piece'])
    const damaged = played(script, [file('a', Buffer.concat([begun, Buffer.from('what is this?')]))])
    expect(damaged.output.toString()).toBe('kept')
    expect(damages(damaged)).toEqual(['byte 52: no stamp is here: the last 13 bytes are left out'])
  })
})
