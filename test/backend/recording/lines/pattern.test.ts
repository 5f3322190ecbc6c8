import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src/backend/recording/lines/fold'
import { compilePattern, PatternFault } from '../../../../src/backend/recording/lines/pattern'
import { Random } from '../../random'

function all(source: string, text: string): string[] {
  const find = compilePattern(source)
  const found: string[] = []
  const folded = fold(`\n${text}`)
  for (let match = find(folded, 0); match !== null; match = find(folded, match.to)) found.push(text.slice(match.from - 1, match.to - 1))
  return found
}

describe('a pattern', () => {
  it.each([
    ['\\d{1,3}(\\.\\d{1,3}){3}', 'from 10.0.4.17 to 192.168.1.255, not 1.2.3', ['10.0.4.17', '192.168.1.255']],
    ['error|warn', 'ERROR Warn info', ['ERROR', 'Warn']],
    ['^a.*$', 'abc\nba\nax', ['abc', 'ax']],
    ['[^ ]+@[a-z.]+', 'Mail Root@Example.ORG now', ['Root@Example.ORG']],
    ['a\\s*b', 'a  b a\nb', ['a  b']],
    ['[\\w.-]+\\.sh', 'run ./a-b.sh x', ['a-b.sh']],
    ['\\$[A-Z]+\\$$', 'x $AB$', ['$AB$']],
    ['[]x]+', 'a]x]', [']x]']],
    ['\\x41\\u0042', 'ab', ['ab']],
    ['(?:ab){2,}', 'ab abab ababab', ['abab', 'ababab']],
    ['a{2', 'xa{2', ['a{2']],
    ['Σας', 'σασ ΣΑΣ', ['σασ', 'ΣΑΣ']],
  ])('%s', (source, text, found) => {
    expect(all(source, text)).toEqual(found)
  })

  const twice = ['a**', 'a{9999}', 'a{3,1}', '+']
  const empty = ['', 'a*', '(a|)']
  const broken = ['(', ')', '[a', '[z-a]', '\\']
  const unknown = ['(?=a)', '\\1', '\\b', '\\p{L}', '\\constructor', 'a^b']
  it.each([...twice, ...empty, ...broken, ...unknown])('%s is refused', (source) => {
    expect(() => compilePattern(source)).toThrow(PatternFault)
  })

  it('finds what the engine of the language finds where both take as much as they can', () => {
    const random = new Random(11)
    const atom = (): string => random.pick(['a', 'b', 'c', '[ab]', '[^a]', '\\d', '.', '1', '\\w'])
    const times = (): string => random.pick(['', '', '', '+', '{2}', '{1,3}', '{2,}'])
    for (let round = 0; round < 3000; round++) {
      const inner = Array.from({ length: 1 + random.int(2) }, () => atom() + times()).join('')
      const source = `${random.chance(0.2) ? '^' : ''}${atom()}${times()}(${inner})${times()}${atom()}${random.chance(0.2) ? '$' : ''}`
      const text = Array.from({ length: 12 }, () => random.pick(['a', 'b', 'c', '1', ' ', '\n'])).join('')
      const negatedOverLines = source.replaceAll('[^a]', '[^a\\n]')
      const expected = new RegExp(negatedOverLines, 'm').exec(text)
      const found = compilePattern(source)(`\n${text}`, 0)
      expect([source, text, found === null ? -1 : found.from - 1]).toEqual([source, text, expected?.index ?? -1])
    }
  })

  it('that makes other engines go on for ever is done after one pass', () => {
    const text = `\n${'a'.repeat(100_000)}`
    expect(compilePattern('(a+)+b')(text, 0)).toBeNull()
    expect(compilePattern('(a|a)+(a|aa)*b')(text, 0)).toBeNull()
    expect(compilePattern('.*.*.*.*x')(text, 0)).toBeNull()
  })

  it('with more states than are kept still finds', () => {
    const text = `\n${Array.from({ length: 6000 }, (_, index) => 'ab'[(index * 7919) % 13 % 2]).join('')}b${'a'.repeat(14)}`
    const expected = /a.{13}b.{13}a/.exec(text)
    expect(compilePattern('a.{13}b.{13}a')(text, 0)?.from).toBe(expected?.index)
  })
})
