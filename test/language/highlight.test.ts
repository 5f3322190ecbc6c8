import { describe, expect, it } from 'vitest'
import { highlight } from '../../src/language'

function shown(text: string): string {
  return highlight(text).map(({ from, to, kind }) => `${kind}[${text.slice(from, to)}]`).join(' ')
}

describe('highlight', () => {
  it.each([
    ['', ''],
    ['a "b c"', 'text[a] text["b c"]'],
    ['-user:x', 'operator[-] field[user:] value[x]'],
    ['NOT a AND b OR c', 'operator[NOT] text[a] operator[AND] text[b] operator[OR] text[c]'],
    ['user:(a OR "b")', 'field[user:] paren[(] value[a] operator[OR] value["b"] paren[)]'],
    ['(user:/a b/i)', 'paren[(] field[user:] value[/a b/i] paren[)]'],
    ['exit:>=0 exit>1', 'field[exit:] operator[>=] value[0] field[exit] operator[>] value[1]'],
    ['exit:2', 'field[exit:] value[2]'],
    ['field."a b":x', 'field[field."a b":] value[x]'],
    ['a )', 'text[a] error[)]'],
    ['user:"a', 'field[user:] error["a]'],
    ['OR a', 'error[OR] text[a]'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })
})
