import { expect, it } from 'vitest'
import { canonicalJson } from '../../../src/backend/evidence'

it('writes the examples of RFC 8785 as they stand there', () => {
  const numbers = { numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\\u0022/', literals: [null, true, false] }
  expect(canonicalJson(numbers)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const keys = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' }
  expect(Object.values(JSON.parse(canonicalJson(Object.entries(keys).map(([name]) => name))) as object)).toHaveLength(7)
  expect(canonicalJson(keys).match(/[A-Z][A-Za-z: ]+/g)).toEqual(['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh'])
})

it('leaves out what is absent, and refuses what JSON has no place for', () => {
  expect(canonicalJson({ b: undefined, a: [] })).toBe('{"a":[]}')
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError)
  expect(() => canonicalJson([undefined])).toThrow(TypeError)
})

it('has the same text for a lone half of a character as its bytes on disk have', () => {
  expect(canonicalJson('a\ud800')).toBe('"a\ufffd"')
})
