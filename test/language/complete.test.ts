import { describe, expect, it } from 'vitest'
import { completionAt } from '../../src/language'

/** `|` is the cursor; the answer is `kind field prefix [replaced text]`. */
function at(marked: string): string | null {
  const position = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = completionAt(text, position)
  if (!found) return null
  const field = found.kind === 'value' ? ` ${found.field}` : ''
  return `${found.kind}${field} ${found.prefix} [${text.slice(found.from, found.to)}]`
}

describe('completionAt', () => {
  it.each([
    ['|', 'field  []'],
    ['a |', 'field  []'],
    ['us|', 'field us [us]'],
    ['u|s', 'field u [us]'],
    ['-us|', 'field us [us]'],
    ['-|', 'field  []'],
    ['(|', 'field  []'],
    ['(us|)', 'field us [us]'],
    ['a (|)', 'field  []'],
    ['us|er:x', 'field us [user:]'],
    ['user|:x', 'field user [user:]'],
    ['|user:x', 'field  []'],
    ['user:|', 'value user  []'],
    ['USER:|', 'value user  []'],
    ['user:| b', 'value user  []'],
    ['user: |', 'field  []'],
    ['user:|akim', 'value user  [akim]'],
    ['user:ak|im b', 'value user ak [akim]'],
    ['user:akim|', 'value user akim [akim]'],
    ['user:akim |', 'field  []'],
    ['user:"a b|', 'value user a b ["a b]'],
    ['user:"a| b" c', 'value user a ["a b"]'],
    ['user:"a b"|', null],
    ['user:(|', 'value user  []'],
    ['user:(a |', 'value user  []'],
    ['user:(a | b)', 'value user  []'],
    ['user:(a |b)', 'value user  [b]'],
    ['user:(a b|)', 'value user b [b]'],
    ['user:(a b)|', 'field  []'],
    ['user:(a b) |', 'field  []'],
    ['user:x (a |', 'field  []'],
    ['field.a b|', 'field b [b]'],
    ['field.a:x|', 'value field.a x [x]'],
    ['field.a|:x', 'field field.a [field.a:]'],
    ['field."a b":|', 'value field.a b  []'],
    ['exit>|', 'value exit  []'],
    ['exit:>|5', 'value exit  [5]'],
    ['ex|it>5', 'field ex [exit>]'],
    ['exit:|>5', null],
    ['is:c|', 'value is c [c]'],
    ['nope:x|', 'value nope x [x]'],
    ['a O|', 'keyword O [O]'],
    ['a AND|', 'keyword AND [AND]'],
    ['a AND |', 'field  []'],
    ['a ANDR|', 'field ANDR [ANDR]'],
    ['"a b|', null],
    ['"a| b"', null],
    ['user:/a|b/', null],
    ['a ) us|', 'field us [us]'],
  ])('%s', (marked, expected) => {
    expect(at(marked)).toBe(expected)
  })

  it('takes any position', () => {
    expect(completionAt('us', 99)).toEqual({ kind: 'field', from: 0, to: 2, prefix: 'us' })
    expect(completionAt('us', -1)).toEqual({ kind: 'field', from: 0, to: 0, prefix: '' })
  })
})
