import { describe, expect, it } from 'vitest'
import { alpacon } from '../../../../src/backend/recording/formats/alpacon'
import { RecordingFault } from '../../../../src/backend/recording/model'
import { damages, file, played, told } from './play'

const at = (second: string) => `2026-08-20T22:03:${second}+09:00`
const record = (second: string, text: string) => ({ added_at: at(second), record: text })
const page = (records: unknown[], next: unknown = '') => JSON.stringify({ next, results: records })

const ONE = record('11.002114', 'one ')
const TWO = record('11.502114', 'twö\r\n')
const THREE = record('13.002114', '\u001b[2Jthree')
const TOLD = ['0 output "one "', '0.5 output "twö\\r\\n"', '2 output "\\u001b[2Jthree"']

describe('records of Alpacon', () => {
  it.each([
    ['one page', [page([ONE, TWO, THREE])]],
    ['a page over many lines', [JSON.stringify({ next: '', results: [ONE, TWO, THREE] }, null, 2)]],
    ['a page newest first', [page([THREE, TWO, ONE])]],
    ['several pages, newest first', [page([THREE], 'x'), page([TWO, ONE])]],
    ['several pages in another order', [page([TWO, THREE]), page([ONE])]],
    ['pages in one file, one behind the other', [`${page([ONE, TWO], 'x')}\n${page([THREE])}`]],
    ['a list', [JSON.stringify([ONE, TWO, THREE])]],
    ['a record to a line', [[ONE, TWO, THREE].map((one) => JSON.stringify(one)).join('\n')]],
    ['a file with a byte order mark', [`\ufeff${page([ONE, TWO, THREE])}`]],
    ['lines behind a byte order mark', [`\ufeff${[ONE, TWO, THREE].map((one) => JSON.stringify(one)).join('\r\n')}`]],
  ])('reads %s', (_, contents) => {
    const files = contents.map((content, i) => file(`page-${i}.json`, content))
    expect(alpacon.accepts(files)).toBe(true)
    const play = played(alpacon, files)
    expect(told(play)).toEqual(TOLD)
    expect(play.damage).toEqual([])
    expect(play.head).toEqual({
      format: 'alpacon',
      cols: 80,
      rows: 24,
      sizeAssumed: true,
      start: Date.UTC(2026, 7, 20, 13, 3, 11, 2),
      startPrecision: 'us',
    })
  })

  it('leaves records of the same time as they came, turned round where they came newest first', () => {
    const same = ['a', 'b', 'c'].map((text) => record('12', text))
    const outputOf = (records: unknown[]) => played(alpacon, [file('a', page(records))]).output.toString()
    expect(outputOf([record('11', '1'), ...same, record('13', '2')])).toBe('1abc2')
    expect(outputOf([record('13', '2'), ...same.toReversed(), record('11', '1')])).toBe('1abc2')
  })

  it('counts microseconds', () => {
    const play = played(alpacon, [file('a', page([ONE, record('11.002120', 'next')]))])
    expect(told(play)).toEqual([TOLD[0], '0.000006 output "next"'])
  })

  it('puts a record without a time, or with a wild one, behind the one before it', () => {
    const wild = { added_at: '2006-08-20T22:03:11+09:00', record: 'w' }
    const play = played(alpacon, [file('a', page([ONE, wild, TWO, { added_at: 'soon', record: 's' }, THREE]))])
    expect(told(play)).toEqual([TOLD[0], '0 output "w"', TOLD[1], '0.5 output "s"', TOLD[2]])
    expect(damages(play)).toEqual([
      expect.stringMatching(/^a, byte \d+: its added_at is more than a year away from the others: /),
      expect.stringMatching(/^a, byte \d+: its added_at is no time: it is put behind the record before it$/),
    ])
    expect(play.head.start).toBe(Date.UTC(2026, 7, 20, 13, 3, 11, 2))
  })

  it('keeps what is there of a cut page, and of a list with other things in it', () => {
    const cut = played(alpacon, [file('a', page([ONE, TWO, THREE]).slice(0, -20))])
    expect(told(cut)).toEqual(TOLD.slice(0, 2))
    expect(damages(cut)).toEqual([expect.stringMatching(/^a, byte \d+: it is cut, or no record$/)])
    const mixed = played(alpacon, [file('a', page([ONE, 5, { added_at: at('12'), record: 7 }, TWO]))])
    expect(told(mixed)).toEqual(TOLD.slice(0, 2))
    expect(damages(mixed)).toEqual([
      expect.stringMatching(/^a, byte \d+: it is cut, or no record$/),
      expect.stringMatching(/^a, byte \d+: it is cut, or no record$/),
    ])
    const lines = played(alpacon, [file('a', `${JSON.stringify(ONE)}\nrubbish\n\n${JSON.stringify(TWO)}`)])
    expect(told(lines)).toEqual(TOLD.slice(0, 2))
    expect(damages(lines)).toEqual(['a, line 2: it is cut, or no record'])
  })

  it('writes half a pair of surrogates as the character for none', () => {
    const text = '{"results":[{"added_at":"2026-08-20T22:03:11Z","record":"\\ud83d!"}]}'
    expect(played(alpacon, [file('a', text)]).output.toString()).toBe('\ufffd!')
  })

  it('stops where thousands of things are no records', () => {
    const strange = Array.from({ length: 20_000 }, () => 1)
    const play = played(alpacon, [file('a', page([ONE, ...strange, TWO]))])
    expect(told(play)).toEqual(TOLD.slice(0, 1))
    expect(play.damage).toHaveLength(1000)
  })

  it('takes nothing else', () => {
    const event = { added_at: at('11'), record: 'Server rebooted', reporter: 'alpamon', description: '' }
    const cast = `{"version": 2, "width": 80, "height": 24}\n[0.1, "o", ${JSON.stringify(page([ONE]))}]`
    const others = [page([event]), page([]), 'added_at record', cast, '']
    for (const content of others) expect(alpacon.accepts([file('a', content)])).toBe(false)
    expect(alpacon.accepts([])).toBe(false)
    expect(() => alpacon.open([file('a', page([]))], '')).toThrow(RecordingFault)
    expect(() => alpacon.open([file('a', '[{"record": 5, "added_at": 6}]')], '')).toThrow('Expected records of Alpacon')
  })
})
