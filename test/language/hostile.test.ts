import { describe, expect, it } from 'vitest'
import { completionAt, highlight, parseQuery, printQuery, withTerm } from '../../src/language'
import { pick, seeded } from './models'
import { bare } from './shape'

const WORDS =
  '( ) - " / \\ : < > = * ? . , [ ] { } | ^ $ a b1 AND OR NOT user: ip: exit exit> exit:>= duration< time: .. ' +
  '2026-02-06 is: has: tag: field. field.x: field." text: command: outcome: 10.0.0.1 ::1 /24 /i // \\" usr: ' +
  '__proto__: constructor: field.__proto__: 5m -1 99999999999999999999'
const SPACES = [' ', '\t', '\n', '\u00a0', '\u0085', '\ufeff', '\u200b', ' AND ', ' OR ', ' NOT ']
const PIECES = [...WORDS.split(' '), ...SPACES, '\u0000', '\ud800', '\udc00', '💥', 'é']

const REPEATED =
  '(|)|"|-|- |-(|NOT |a OR |user:|user:(|/|user:/|\\|a |exit>|field.|"a" |user:/a '.split('|')

describe('hostile text', () => {
  it('never throws, and what parses can be printed', () => {
    const random = seeded(99)
    const start = performance.now()
    let read = 0
    for (let round = 0; round < 10_000; round++) {
      const length = 1 + Math.floor(random() * 24)
      const text = Array.from({ length }, () => pick(random, PIECES)).join('')
      const result = parseQuery(text)
      const spans = highlight(text)
      completionAt(text, Math.floor(random() * (text.length + 1)))
      withTerm(text, { field: 'user', value: text, negate: false })
      let last = 0
      for (const span of spans) {
        expect(span.from).toBeGreaterThanOrEqual(last)
        last = span.to
      }
      if ('errors' in result) {
        expect(result.errors.length).toBeGreaterThan(0)
        for (const { from, to } of result.errors) expect(0 <= from && from <= to && to <= text.length, text).toBe(true)
        continue
      }
      read++
      const printed = printQuery(result.query)
      const again = parseQuery(printed)
      expect('query' in again && bare(again.query), JSON.stringify([text, printed])).toEqual(bare(result.query))
    }
    expect(read).toBeGreaterThan(300)
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  it.each(REPEATED)('takes ten thousand characters of %j in good time', (piece) => {
    const text = piece.repeat(10_000 / piece.length)
    const start = performance.now()
    parseQuery(text)
    highlight(text)
    completionAt(text, text.length)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
