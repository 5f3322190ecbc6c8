import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../src/language'
import { hoursTerm, signInPlace, valueTerm } from '../../../src/renderer/sign-ins/places'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 1, 6, 12)

const value = (text: string | null, verbs: string[] | null = null) => ({ value: text, failure: 1, success: 0, unknown: 0, users: 0, addresses: 0, verbs })
const isQuery = (text: string) => 'query' in parseQuery(text)

describe('a bar', () => {
  test.each([
    ['user', 'root', 'user:root'],
    ['user', 'a "quoted" name', 'user:"a \\"quoted\\" name"'],
    ['user', null, '-user:*'],
    ['ip', '2001:db8::1', 'ip:2001:db8::1'],
    ['ip', 'ned.example.test', 'ip:ned.example.test'],
    ['machine', null, '-machine:*'],
  ] as const)('of %s %s leads to %s', (field, text, wanted) => {
    const written = valueTerm(field, value(text))
    expect(written).toBe(wanted)
    expect(isQuery(written ?? '(')).toBe(true)
  })

  test('of a name that no query can hold leads nowhere', () => {
    expect(valueTerm('user', value('x'.repeat(9001)))).toBeNull()
  })

  test('of a method leads to its verbs, and nowhere where they do not tell it apart', () => {
    expect(valueTerm('method', value('password', ['Failed password', 'Accepted password']))).toBe('(action:"Failed password" OR action:"Accepted password")')
    expect(valueTerm('method', value('none', ['Failed none']))).toBe('action:"Failed none"')
    expect([valueTerm('method', value('password')), valueTerm('method', value(null))]).toEqual([null, null])
  })
})

describe('an hour of the week', () => {
  const hour = (hours: number[] | null) => hoursTerm({ failure: 1, hours })

  test('leads to each of its hours, those next to each other as one', () => {
    expect(hour([NOON])).toBe('time:2026-02-06T12:00Z..2026-02-06T13:00Z')
    const twice = hour([NOON, NOON + HOUR, NOON + 168 * HOUR])
    expect(twice).toBe('(time:2026-02-06T12:00Z..2026-02-06T14:00Z OR time:2026-02-13T12:00Z..2026-02-13T13:00Z)')
    expect(isQuery(twice ?? '(')).toBe(true)
  })

  test('leads nowhere where they are none, or too many to name', () => {
    expect([hour([]), hour(null)]).toEqual([null, null])
  })

  test('of a year is short enough for a query', () => {
    const written = hour(Array.from({ length: 48 }, (_, week) => NOON + week * 168 * HOUR)) ?? ''
    expect(isQuery(signInPlace(null, 'failure', [written]).query ?? '(')).toBe(true)
  })
})

test('the timeline shows what the charts count', () => {
  const range = { from: NOON, to: NOON + HOUR }
  expect(signInPlace(range, 'failure', ['user:root'])).toEqual({ screen: 'timeline', query: 'category:authentication action:login outcome:failure user:root', range, order: 'desc', selected: null })
  expect(signInPlace(null, 'all').query).toBe('category:authentication action:login')
})
