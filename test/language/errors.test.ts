import { describe, expect, it } from 'vitest'
import { errorsOf } from './shape'

/** Marks the place in the text: `a [AND]`, or `a[]` where something is missing. */
function marked(text: string): { text: string; from: number; to: number } {
  const from = text.indexOf('⟦')
  const to = text.indexOf('⟧') - 1
  return { text: text.replace(/[⟦⟧]/g, ''), from, to }
}

describe('errors', () => {
  it.each([
    ['⟦usr⟧:x', 'Unknown field «usr». Did you mean user?'],
    ['a -(b OR ⟦machin⟧:x)', 'Unknown field «machin». Did you mean machine?'],
    ['⟦zzz⟧:x', 'Unknown field «zzz».'],
    ['⟦error⟧: no', 'Unknown field «error».'],
    ['⟦http⟧://x', 'Unknown field «http».'],
    ['⟦field⟧:x', 'Expected a name after field'],
    ['⟦exti⟧>0', 'Unknown field «exti». Did you mean exit?'],
    ['⟦user⟧>5', 'user cannot be compared by size'],
    ['user:⟦⟧', 'Expected a value after user:'],
    ['user:⟦⟧ x', 'Expected a value after user:'],
    ['(user:⟦⟧)', 'Expected a value after user:'],
    ['user:(⟦⟧)', 'Expected a value after user:'],
    ['user:(OR⟦⟧)', 'Expected a value after user:'],
    ['exit>⟦⟧', 'Expected a value after exit>'],
    ['exit:>=⟦⟧ a', 'Expected a value after exit>='],
    ['field.x:⟦⟧', 'Expected a value after field.x:'],
    ['user:(a ⟦AND⟧ b)', 'Expected a value instead of AND: any value of a list is enough'],
    ['user:(⟦NOT⟧ b)', 'Expected a value instead of NOT: any value of a list is enough'],
    ['a ⟦"⟧b c', 'Unclosed quote'],
    ['user:⟦"⟧b c', 'Unclosed quote'],
    ['user:(x ⟦"⟧b c)', 'Unclosed quote'],
    ['a ⟦(⟧b c', 'Unclosed parenthesis'],
    ['⟦(⟧b (c)', 'Unclosed parenthesis'],
    ['user:⟦(⟧b c', 'Unclosed parenthesis'],
    ['⟦(⟧', 'Unclosed parenthesis'],
    ['a⟦)⟧ b', 'Closing parenthesis without an opening one'],
    ['⟦)⟧', 'Closing parenthesis without an opening one'],
    ['(⟦)⟧', 'Expected a term in the parentheses'],
    ['-(⟦)⟧ a', 'Expected a term in the parentheses'],
    ['⟦""⟧', 'Expected text between the quotes'],
    ['text:⟦""⟧', 'Expected text between the quotes'],
    ['⟦AND⟧ b', 'Expected a term before AND'],
    ['(⟦OR⟧ b)', 'Expected a term before OR'],
    ['a AND⟦⟧', 'Expected a term after AND'],
    ['a OR⟦⟧  ', 'Expected a term after OR'],
    ['⟦(⟧a OR', 'Unclosed parenthesis'],
    ['(a OR ⟦⟧)', 'Expected a term after OR'],
    ['a OR ⟦⟧OR b', 'Expected a term after OR'],
    ['a OR ⟦⟧AND b', 'Expected a term after OR'],
    ['NOT⟦⟧', 'Expected a term after NOT'],
    ['-⟦⟧ a', 'Expected a term right after -'],
    ['a -⟦⟧', 'Expected a term right after -'],
    ['(-⟦⟧)', 'Expected a term right after -'],
    ['-⟦⟧NOT a', 'Expected a term right after -'],
    ['user:⟦/(/⟧', 'Not a valid regular expression: unterminated group'],
    ['user:(a ⟦/[/⟧)', 'Not a valid regular expression: unterminated character class'],
    [`user:⟦/${'x'.repeat(501)}/⟧`, 'Not a valid regular expression: longer than 500 characters'],
    ['user:⟦/x/g⟧', 'Unknown flag «g» of a regular expression'],
    ['exit:⟦x⟧', 'Expected a number'],
    ['exit>⟦>0⟧', 'Expected a number'],
    ['exit:⟦1.5⟧', 'Expected a number'],
    ['exit:⟦/1/⟧', 'Expected a number'],
    ['repeat>⟦99999999999999999999⟧', 'Expected a number'],
    ['exit>⟦*⟧', 'Expected a number'],
    ['duration>⟦5x⟧', 'Expected a number or a duration such as 5m'],
    ['duration:⟦-5m⟧', 'Expected a number or a duration such as 5m'],
    ['duration:(5m ⟦soon⟧)', 'Expected a number or a duration such as 5m'],
    ['ip:⟦10.0.0.0/33⟧', 'Not an IP address or CIDR block'],
    ['ip:⟦10.0.0⟧', 'Not an IP address or CIDR block'],
    ['ip:⟦300.1.1.1⟧', 'Not an IP address or CIDR block'],
    ['ip:⟦host/24⟧', 'Not an IP address or CIDR block'],
    ['ip:⟦2001:db8::1::2⟧', 'Not an IP address or CIDR block'],
    ['ip:(::1 ⟦1:2⟧)', 'Not an IP address or CIDR block'],
    ['outcome:⟦sucess⟧', 'Unknown outcome «sucess». Did you mean success?'],
    ['severity:⟦high⟧', 'Unknown severity «high».'],
    ['time:⟦noon⟧', 'Expected a time such as 2026-02-06 or a range such as 2026-02-06..2026-02-07'],
    ['time:⟦..⟧', 'Expected a time such as 2026-02-06 or a range such as 2026-02-06..2026-02-07'],
    ['time:⟦2026-02-30..⟧', 'Expected a time such as 2026-02-06 or a range such as 2026-02-06..2026-02-07'],
    ['time:⟦2026-02-07..2026-02-06⟧', 'The range holds no time'],
    ['time:⟦2026-02-06..2026-02-06⟧', 'The range holds no time'],
    ['is:⟦odd⟧', 'Unknown value of is'],
    ['is:(companion ⟦companion⟧)', 'Expected one value after is:'],
    ['a has:⟦x⟧', 'Unknown value of has'],
    ['is:⟦comment⟧', 'Unknown value of is'],
    ['has:⟦marked⟧', 'Unknown value of has'],
    ['has:(comment ⟦recording⟧)', 'Expected one value after has:'],
    ['tag:⟦⟧', 'Expected a value after tag:'],
  ])('%s', (pattern, message) => {
    const { text, from, to } = marked(pattern)
    expect(errorsOf(text)[0]).toMatchObject({ from, to, message })
  })

  it('lists all of them from left to right', () => {
    expect(errorsOf('usr:x outcome:nope (exit:a').map((error) => error.from)).toEqual([0, 14, 19, 25])
  })

  it('lists no parenthesis behind an unclosed quote', () => {
    expect(errorsOf('(a "b c)').map((error) => error.message)).toEqual(['Unclosed quote'])
  })

  it('says what was expected', () => {
    expect(errorsOf('outcome:')[0]?.expected).toBe('success, failure, unknown')
    expect(errorsOf('outcome:x')[0]?.expected).toBe('success, failure, unknown')
    expect(errorsOf('a OR')[0]?.expected).toBe('a word, a "phrase", field:value or parentheses')
    expect(errorsOf('"a')[0]?.expected).toBe('a closing "')
  })

  it('stops at depth and length', () => {
    const deep = (count: number) => '('.repeat(count) + 'a' + ')'.repeat(count)
    expect(errorsOf(deep(51))).toEqual([{ from: 50, to: 51, message: 'Nested more than 50 levels deep' }])
    expect(errorsOf(`${'NOT '.repeat(60)}a`)).toHaveLength(1)
    expect(errorsOf(`${'-('.repeat(30)}a${')'.repeat(30)}`)).toHaveLength(1)
    expect(errorsOf('a '.repeat(5001))).toEqual([{ from: 10_000, to: 10_002, message: 'Longer than 10000 characters' }])
  })
})
