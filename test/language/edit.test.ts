import { describe, expect, it } from 'vitest'
import { hasTerm, parseQuery, printQuery, TEXT_FIELDS, withoutTerm, withTerm, type TermEdit } from '../../src/language'
import { model, pick, seeded } from './models'
import { parsed, shape } from './shape'

const user = (value: string | null, negate = false): TermEdit => ({ field: 'user', value, negate })

describe('withTerm', () => {
  it.each([
    ['', user('akim'), 'user:akim'],
    ['  ', user('akim'), 'user:akim'],
    ['', user('akim', true), '-user:akim'],
    ['', user(null), '-user:*'],
    ['', user(null, true), 'user:*'],
    ['a', user('akim'), 'a user:akim'],
    ['a  AND b', user('akim'), 'a  AND b user:akim'],
    ['a OR b', user('akim'), '(a OR b) user:akim'],
    ['(a OR b)', user('akim'), '((a OR b)) user:akim'],
    ['a', user('a b'), 'a user:"a b"'],
    ['a', user('a*'), 'a user:"a*"'],
    ['a', user(''), 'a user:""'],
    ['user:x', user('akim'), 'user:x user:akim'],
    ['user:akim', user('akim', true), 'user:akim -user:akim'],
    ['', { field: 'field.a b', value: 'x', negate: false }, 'field."a b":x'],
    ['', { field: 'field.a', value: null, negate: false }, '-field.a:*'],
    ['', { field: 'command', value: 'rm -rf /', negate: false }, 'command:"rm -rf /"'],
    ['', { field: 'text', value: 'a', negate: true }, '-a'],
    ['', { field: 'exit', value: '1', negate: false }, 'exit:1'],
    ['', { field: 'exit', value: '>0', negate: false }, 'exit>0'],
    ['', { field: 'exit', value: null, negate: false }, '-exit:*'],
    ['', { field: 'is', value: 'companion', negate: true }, '-is:companion'],
    ['', { field: 'time', value: '2026-02-06', negate: false }, 'time:2026-02-06..2026-02-07'],
    ['', { field: 'ip', value: '10.0.0.0/8', negate: false }, 'ip:"10.0.0.0/8"'],
  ] satisfies [string, TermEdit, string][])('%j + %j', (text, edit, expected) => {
    expect(withTerm(text, edit)).toBe(expected)
    expect(hasTerm(expected, edit)).toBe(true)
  })

  it('takes a term away that is there', () => {
    expect(withTerm('user:Akim', user('akim'))).toBe('')
    expect(withTerm('a AND user:akim AND  b', user('akim'))).toBe('a b')
    expect(withTerm('(a OR b) user:akim', user('akim'))).toBe('a OR b')
    expect(withTerm('(a  OR b) user:akim c', user('akim'))).toBe('(a  OR b) c')
    expect(withTerm('x NOT user:akim', user('akim', true))).toBe('x')
    expect(withTerm('-user:*', user(null))).toBe('')
  })

  it('leaves alone what does not parse', () => {
    expect(withTerm('a (b', user('akim'))).toBe('a (b')
    expect(withTerm('a', { field: 'exit', value: 'x', negate: false })).toBe('a')
    expect(withTerm('a', { field: 'exit', value: '1 OR b', negate: false })).toBe('a')
    expect(withTerm('a', { field: 'text', value: '', negate: false })).toBe('a')
    expect(withTerm('a', { field: 'outcome', value: 'odd', negate: false })).toBe('a')
    expect(withTerm('a', { field: 'field.', value: 'x', negate: false })).toBe('a')
  })

  it('keeps the meaning of any text before it', () => {
    const random = seeded(7)
    const values = ['a', 'a b', '"', '/tmp', 'etc/', '-', 'AND', '*', '\\', '(', '1.2.3', 'a\nb', '/x/i', 'user:x']
    for (let round = 0; round < 2000; round++) {
      const text = printQuery(model(random, 2))
      const field = pick(random, TEXT_FIELDS.filter((name) => !CHOICES.has(name)))
      const edit = { field, value: pick(random, values), negate: random() < 0.5 }
      const edited = withTerm(text, edit)
      expect(parseQuery(edited), edited).toHaveProperty('query')
      if (hasTerm(text, edit)) continue
      expect(hasTerm(edited, edit), edited).toBe(true)
      expect(shape(parsed(withTerm(edited, edit)))).toBe(shape(parsed(text)))
    }
  })
})

const CHOICES = new Set<string>(['category', 'severity', 'outcome', 'basis'])

describe('hasTerm and withoutTerm', () => {
  it('look at the top level only', () => {
    expect(hasTerm('user:akim b', user('akim'))).toBe(true)
    expect(hasTerm('(user:akim b)', user('akim'))).toBe(true)
    expect(hasTerm('user:akim OR b', user('akim'))).toBe(false)
    expect(hasTerm('-user:akim', user('akim'))).toBe(false)
    expect(hasTerm('-(user:akim)', user('akim', true))).toBe(true)
    expect(hasTerm('user:(akim bob)', user('akim'))).toBe(false)
    expect(hasTerm('user:aki*', user('aki*'))).toBe(false)
    expect(hasTerm('user:"', user('akim'))).toBe(false)
  })

  it('does not let slashes that come together make a regular expression', () => {
    expect(withoutTerm('command:/tmp user:akim b/', user('akim'))).toBe('command:"/tmp" "b/"')
  })

  it('takes every copy away', () => {
    expect(withoutTerm('user:akim a user:akim', user('akim'))).toBe('a')
    expect(withoutTerm('a OR user:akim', user('akim'))).toBe('a OR user:akim')
    expect(withoutTerm('a (b', user('akim'))).toBe('a (b')
    expect(withoutTerm('', user('akim'))).toBe('')
  })
})
