import { describe, expect, it } from 'vitest'
import { tlog } from '../../../../src/backend/recording/formats/tlog'
import { RecordingFault, type RecordingFile } from '../../../../src/backend/recording/model'
import { describeWithData } from '../../../data'
import { damages, file, played, recorded, told } from './play'

type Message = Record<string, unknown>

function message(changes: Message = {}): Message {
  const plain = { in_txt: '', in_bin: [], out_txt: '', out_bin: [] }
  const head = { ver: '2.3', host: 'web-1', rec: 'rec-a', user: 'mira', term: 'xterm', session: 7, id: 1, pos: 0 }
  return { ...head, time: 1_700_000_000.25, timing: '', ...plain, ...changes }
}

const lines = (...messages: Message[]) => [file('t.tlog', messages.map((one) => `${JSON.stringify(one)}\n`).join(''))]
const textOf = (files: readonly RecordingFile[]) => files.map(({ bytes }) => Buffer.from(bytes).toString()).join('')
const shows = (text: string, changes: Message = {}) =>
  message({ timing: `=80x24>${text.length}`, out_txt: text, ...changes })

describeWithData('a real journal export', () => {
  const journal = () => [recorded('tlog/journal-good.txt')]

  it('holds one recording, whole', () => {
    const part = '6211b985bd1e49908726bd24cd514099-600-b0b9'
    expect(tlog.accepts(journal())).toBe(true)
    expect(tlog.parts(journal())).toEqual([
      { part, label: `localuser1@mytesthost.example.test, session 5, ${part}` },
    ])
    const play = played(tlog, journal())
    expect(play.head).toEqual({
      format: 'tlog',
      cols: 103,
      rows: 27,
      start: null,
      startPrecision: 'ms',
      user: 'localuser1',
      host: 'mytesthost.example.test',
      session: '5',
    })
    expect(play.damage).toEqual([])
    // All seven messages repeat the size, which never changes.
    expect(play.events.filter(({ kind }) => kind !== 'output')).toEqual([])
    expect(play.events.at(-1)?.time).toBeCloseTo(27.868, 6)
    const text = play.output.toString()
    expect(text).toContain('khugepaged]\r\n')
    expect(text.endsWith('$ exit\r\nlogout\r\n')).toBe(true)
  })

  it('holds as many characters as its messages do', () => {
    const messages = textOf(journal()).match(/^MESSAGE=\{"ver".*$/gm) ?? []
    const texts = messages.map((line) => (JSON.parse(line.slice(8)) as { out_txt: string }).out_txt)
    expect(played(tlog, journal()).output.toString()).toBe(texts.join(''))
  })

  it('shows that a message is missing', () => {
    const kept = textOf(journal())
      .split('\n')
      .filter((line) => !/"id":[45],/.test(line))
    const play = played(tlog, [file('journal', kept.join('\n'))])
    const skipped = told(play).filter((line) => line.includes('skipped'))
    expect(skipped).toEqual(['10.046 skipped "messages 4 to 5 are missing"'])
    expect(damages(play)).toEqual([expect.stringMatching(/^line \d+: messages 4 to 5 are missing$/)])
  })
})

describe('the timing of tlog', () => {
  it('counts code points, takes bytes for what is no text, and pauses from pos on', () => {
    const play = played(tlog, lines(message({
      pos: 1000,
      timing: '=80x24 +500>2]2/3\t>1 <1[1/1+20>1',
      in_txt: 'y\ufffd',
      in_bin: [0xfe],
      out_txt: '😀é\ufffd\ufffd✓.',
      out_bin: [1, 2, 255],
    })))
    expect(told(play)).toEqual([
      '1.5 output "😀é"',
      '1.5 output "\\u0001\\u0002�"',
      '1.5 output "✓"',
      '1.5 input "y"',
      '1.5 input "�"',
      '1.52 output "."',
    ])
    expect(play.events[1]?.payload).toEqual(Buffer.from([1, 2, 255]))
    expect(play.events[4]?.payload).toEqual(Buffer.from([0xfe]))
    expect(play.damage).toEqual([])
  })

  it('tells a size only when it changes', () => {
    const play = played(tlog, lines(
      message({ timing: '=100x30>1', out_txt: 'a' }),
      message({ id: 2, pos: 10, timing: '=100x30>1+5=90x20=90x20>1', out_txt: 'bc' }),
      message({ id: 3, pos: 20, timing: '=90x20>1=9000x9000', out_txt: 'd' }),
    ))
    expect(play.head).toMatchObject({ cols: 100, rows: 30 })
    expect(told(play)).toEqual([
      '0 output "a"',
      '0.01 output "b"',
      '0.015 resize "90x20"',
      '0.015 output "c"',
      '0.02 output "d"',
      '0.02 resize "500x200"',
    ])
  })

  it.each([
    ['0', 'cannot be read from "0" on'],
    ['>2+5;>1', 'cannot be read from ";>1" on'],
    ['>9', 'asks for more than its output holds'],
    [']1/4', 'asks for more than its output holds'],
    ['+9999999999999>3', 'has a pause of 9999999999999 ms'],
    ['>1', 'ends before its text does'],
    ['', 'ends before its text does'],
  ])('shows all text where it is damaged: %j', (timing, reason) => {
    const play = played(tlog, lines(message({ timing, out_txt: 'abc' }), shows('next', { id: 2, pos: 50 })))
    expect(play.output.toString()).toBe('abcnext')
    expect(damages(play)).toEqual([`message 1: its timing ${reason}`])
  })

  it('shows what was typed in such a message as well', () => {
    const play = played(tlog, lines(message({ timing: '<1+5?', in_txt: 'ls\r' })))
    expect(told(play)).toEqual(['0 input "l"', '0.005 input "s\\r"'])
  })

  it('takes no bytes that are none', () => {
    const play = played(tlog, lines(message({ timing: ']1/2', out_txt: '\ufffd!', out_bin: [1, 256] })))
    expect(play.output.toString()).toBe('\ufffd!')
    expect(play.damage).toHaveLength(1)
  })
})

describe('the messages of tlog', () => {
  it('says when the recording began, also from a later message', () => {
    const start = 1_700_000_000_250
    expect(played(tlog, lines(shows('a'))).head).toMatchObject({ start, startPrecision: 'ms', session: '7' })
    expect(played(tlog, lines(shows('a', { id: 4, pos: 2000 }))).head.start).toBe(start - 2000)
    expect(played(tlog, lines(shows('a', { time: undefined, ver: '2.2' }))).head.start).toBeNull()
    expect(played(tlog, lines(shows('a', { session: 4294967295 }))).head.session).toBeUndefined()
  })

  it('keeps recordings apart that lie mixed in one file', () => {
    const files = lines(
      shows('a1'),
      shows('b1', { rec: 'rec-b', user: 'jo' }),
      shows('a2', { id: 2 }),
      shows('old', { rec: undefined, ver: 1 }),
      shows('b2', { rec: 'rec-b', id: 2 }),
    )
    expect(tlog.parts(files)).toEqual([
      { part: 'rec-a', label: 'mira@web-1, session 7, rec-a' },
      { part: 'rec-b', label: 'jo@web-1, session 7, rec-b' },
      { part: 'web-1 session 7', label: 'mira@web-1, session 7, web-1 session 7' },
    ])
    expect(played(tlog, files, 'rec-a').output.toString()).toBe('a1a2')
    expect(played(tlog, files, 'rec-b').output.toString()).toBe('b1b2')
    expect(played(tlog, files, 'web-1 session 7').output.toString()).toBe('old')
    expect(() => played(tlog, files, 'rec-c')).toThrow(RecordingFault)
  })

  it('shows missing ones at the beginning, plays none twice, and late ones all the same', () => {
    const play = played(tlog, lines(
      shows('b', { id: 2, pos: 20 }),
      shows('b', { id: 2, pos: 20 }),
      shows('d', { id: 4, pos: 40 }),
      shows('c', { id: 3, pos: 30 }),
    ))
    expect(told(play)).toEqual([
      '0.02 skipped "message 1 is missing"',
      '0.02 output "b"',
      '0.04 skipped "message 3 is missing"',
      '0.04 output "d"',
      '0.04 output "c"',
    ])
    expect(damages(play)).toEqual([
      'line 1: message 1 is missing',
      'line 2: message 2 is here a second time: it is left out',
      'line 3: message 3 is missing',
      'line 4: message 3 comes after message 4',
      'event 5: the time goes back from 0.04 s to 0.03 s: taken as 0.04 s',
    ])
  })

  it('tells messages it cannot read', () => {
    const whole = lines(shows('a'), shows('x', { id: 2, ver: '3.0' }), shows('x', { id: -1 }), shows('d', { id: 2 }))
    const cut = JSON.stringify(shows('cut off', { id: 3 })).slice(0, -20)
    const play = played(tlog, [file('a', `${textOf(whole)}${cut}\n`)])
    expect(play.output.toString()).toBe('ad')
    expect(damages(play)).toEqual([
      'line 2: version "3.0" is not known',
      'line 3: its id is no number',
      'line 5: the message is cut, damaged or far too long',
    ])
  })
})

describe('what tlog messages come in', () => {
  const one = JSON.stringify(shows('héllo "you"'))
  const two = JSON.stringify(shows('!', { id: 2, pos: 5 }))
  const LENGTH = `\x10${'\0'.repeat(7)}`
  const hitOf = (text: string) => ({ _source: { '@timestamp': 1, ...(JSON.parse(text) as object) } })

  it.each([
    ['lines of syslog', `Nov 20 16:00:01 web-1 tlog-rec: ${one}\nNov 20 16:00:02 web-1 tlog-rec: ${two} \n`],
    ['a journal export', `__CURSOR=s=1\nMESSAGE=${one}\n_PID=1\n\n__CURSOR=s=2\nMESSAGE=${two}\n\n`],
    ['a journal export of binary fields', [one, two].map((text) => `MESSAGE\n${LENGTH}${text}\n`).join('')],
    ['journalctl -o json', `${JSON.stringify({ MESSAGE: one, _PID: '1' })}\n${JSON.stringify({ MESSAGE: two })}\n`],
    ['one line of many', `${one} ${two}`],
    [
      'hits of Elasticsearch, in any order and over lines',
      JSON.stringify({ took: 3, hits: { total: { value: 2 }, hits: [two, one].map(hitOf) } }, null, 2),
    ],
    ['hits, one to a line', [one, two].map((text) => JSON.stringify(hitOf(text))).join('\n')],
    ['an answer to a line', [one, two].map((text) => JSON.stringify({ hits: { hits: [hitOf(text)] } })).join('\n')],
  ])('reads %s', (_, content) => {
    const files = [file('messages', content)]
    expect(tlog.accepts(files)).toBe(true)
    const play = played(tlog, files)
    expect(play.output.toString()).toBe('héllo "you"!')
    expect(play.damage).toEqual([])
  })

  it('reads several files as one', () => {
    const play = played(tlog, [file('1', one), file('2', two)])
    expect(play.output.toString()).toBe('héllo "you"!')
    expect(damages(played(tlog, [file('1', one), file('2', one)]))).toEqual([
      '2, line 1: message 1 is here a second time: it is left out',
    ])
  })

  it('takes nothing else for tlog', () => {
    const cast = `{"version": 2, "width": 80, "height": 24}\n[0.1, "o", ${JSON.stringify(one)}]\n`
    expect(tlog.accepts([file('a.cast', cast)])).toBe(false)
    expect(tlog.accepts([file('a', '{"ver":"1.0","name":"x"}\n')])).toBe(false)
    expect(tlog.accepts([file('a', ''), file('b', one)])).toBe(false)
    expect(() => tlog.open([file('a', 'x')], '')).toThrow('Expected tlog messages')
  })
})
