import { describe, expect, it } from 'vitest'
import { parseQuery, printQuery, sameQuery } from '../../src/language'
import { model, seeded } from './models'
import { bare, parsed } from './shape'

describe('printQuery', () => {
  it('gives text that parses to the same query', () => {
    const random = seeded(20260206)
    for (let round = 0; round < 4000; round++) {
      const query = model(random)
      const text = printQuery(query)
      const result = parseQuery(text)
      if (!('query' in result)) throw new Error(`${text}\n${JSON.stringify(result.errors)}`)
      expect(bare(result.query), text).toEqual(bare(query))
      expect(sameQuery(result.query, query)).toBe(true)
      expect(printQuery(result.query)).toBe(text)
    }
  })

  it.each([
    ['', ''],
    ['  a   AND   b ', 'a b'],
    ['((a)) OR (b AND c)', 'a OR b c'],
    ['(a OR b) (c)', '(a OR b) c'],
    ['a (b c)', 'a b c'],
    ['NOT a', '-a'],
    ['NOT (a b)', '-(a b)'],
    ['NOT NOT a', 'NOT -a'],
    ['NOT --force', 'NOT --force'],
    ['"plain"', 'plain'],
    ['text:x', 'x'],
    ['text:(x y)', 'text:(x y)'],
    ['"a b"', '"a b"'],
    ['tag:"bad"', 'tag:bad'],
    ['tag:("a b" c*)', 'tag:("a b" c*)'],
    ['tag:"c*"', 'tag:"c*"'],
    ['HAS:Comment -is:Marked', 'has:comment -is:marked'],
    ['user:"akim"', 'user:akim'],
    ['user:"a*"', 'user:"a*"'],
    ['USER:a*', 'user:a*'],
    ['user:(a OR "b c")', 'user:(a "b c")'],
    ['exit:>0', 'exit>0'],
    ['exit=0', 'exit:0'],
    ['exit>=1', 'exit>=1'],
    ['duration>300s', 'duration>5m'],
    ['duration:1500', 'duration:1500ms'],
    ['time:2026-02-06', 'time:2026-02-06..2026-02-07'],
    ['time:2026-02-06T10:00+01:00..', 'time:2026-02-06T09:00Z..'],
    ['time:..2026-02-06T09:00:01.207', 'time:..2026-02-06T09:00:01.207Z'],
    ['user:/a\\/b/i', 'user:/a\\/b/i'],
    ['field."a b":c', 'field."a b":c'],
    ['field."a.b":c', 'field.a.b:c'],
    ['command:/usr/bin/sudo', 'command:/usr/bin/sudo'],
    ['command:/tmp', 'command:"/tmp"'],
  ])('%s -> %s', (text, printed) => {
    expect(printQuery(parsed(text))).toBe(printed)
  })

  it('ignores places and case where matching does', () => {
    expect(sameQuery(parsed('user:Akim'), parsed('  USER:"akim"'))).toBe(true)
    expect(sameQuery(parsed('field.Name:x'), parsed('field.name:X'))).toBe(true)
    expect(sameQuery(parsed('user:/A/'), parsed('user:/a/'))).toBe(false)
    expect(sameQuery(parsed('user:a*'), parsed('user:"a*"'))).toBe(false)
    expect(sameQuery(parsed('a b'), parsed('b a'))).toBe(false)
  })
})
