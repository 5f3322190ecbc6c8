import { expect, it } from 'vitest'
import { compileRules } from '../../../../src/backend/detect'

function detection(text: string): string {
  return `{title: t, logsource: {product: recount}, detection: ${text}}`
}

function correlation(text: string): string {
  const base = `{title: base, logsource: {product: recount}, detection: {a: {x: y}, condition: a}}`
  return `${base}\n---\n{title: t, correlation: ${text}}`
}

const AB = 'a: {x: y}, b: {x: z}'

it.each([
  ['expand', detection('{a: {x|expand: y}, condition: a}'), 'the modifier expand is not supported'],
  ['utf16', detection('{a: {x|utf16|base64: y}, condition: a}'), 'the modifier utf16 is not supported'],
  ['utf16be', detection('{a: {x|utf16be: y}, condition: a}'), 'the modifier utf16be is not supported'],
  ['an unknown modifier', detection('{a: {x|sounds_like: y}, condition: a}'), 'there is no modifier «sounds_like»'],
  ['two kinds', detection('{a: {x|re|cidr: y}, condition: a}'), 're and cidr are two kinds of comparison'],
  ['flags without re', detection('{a: {x|i: y}, condition: a}'), 'i is for regular expressions'],
  ['a bad address block', detection('{a: {x|cidr: 10.0.0.0/33}, condition: a}'), 'is no block of addresses'],
  ['a comparison with words', detection('{a: {x|gt: many}, condition: a}'), 'gt needs a number'],
  ['exists of a text', detection('{a: {x|exists: maybe}, condition: a}'), 'x|exists is true or false'],
  ['base64 of wildcards', detection('{a: {x|base64: a*}, condition: a}'), 'base64 does not go with wildcards'],
  ['a broken expression', detection('{a: {x|re: "a("}, condition: a}'), 'the regular expression cannot be read'],
  ['nested quantifiers', detection('{a: {x|re: "(a+)+b"}, condition: a}'), 'the regular expression repeats what it repeats already'],
  ['hidden nested quantifiers', detection('{a: {x|re: "((?:x|a{2,}y)z)*"}, condition: a}'), 'repeats what it repeats already'],
  ['what other engines know', detection(String.raw`{a: {x|re: '^\\\Ax'}, condition: a}`), String.raw`uses \\\A`],
  ['classes of other engines', detection('{a: {x|re: "[[:alpha:]]"}, condition: a}'), 'uses [[:alpha:]'],
  ['a long expression', detection(`{a: {x|re: ${'a'.repeat(1001)}}, condition: a}`), 'longer than 1000 characters'],
  ['a value that is a map', detection('{a: {x: {y: z}}, condition: a}'), '«x» has a value that is neither text nor number'],
  ['no values', detection('{a: {x: []}, condition: a}'), '«x» has no values'],
  ['a long value', detection(`{a: {x: ${'a'.repeat(8193)}}, condition: a}`), '«x» has a value of more than 8192 characters'],
  ['an empty keyword', detection(`{a: [''], condition: a}`), 'a keyword is empty'],
  ['no condition', detection('{a: {x: y}}'), 'the rule has no condition'],
  ['no detection', '{title: t, logsource: {product: recount}}', 'the rule says nothing to look for'],
  ['an empty identifier', detection('{a: {}, condition: a}'), '«a» is empty'],
  ['an unknown identifier', detection(`{${AB}, condition: a and c}`), 'the condition names «c», which the rule does not define'],
  ['some of none', detection(`{${AB}, condition: 1 of c*}`), 'the condition asks for some of «c*»'],
  ['two of them', detection(`{${AB}, condition: 2 of them}`), 'the condition asks for «2 of»'],
  ['an open parenthesis', detection(`{${AB}, condition: (a or b}`), 'the condition lacks a closing parenthesis'],
  ['words too many', detection(`{${AB}, condition: a b}`), 'the condition does not go on with «b»'],
  ['half a condition', detection(`{${AB}, condition: a and}`), 'the condition is not complete'],
  ['old aggregation', detection(`{${AB}, condition: 'a | count() by x > 5'}`), 'which rules of today write as a correlation'],
  ['deep parentheses', detection(`{${AB}, condition: '${'('.repeat(5000)}a'}`), 'the condition is nested deeper than 100'],
  ['an unknown level', '{title: t, level: awful, logsource: {product: x}, detection: {a: [y], condition: a}}', 'the level «awful» is not one of'],
  ['an empty logsource', '{title: t, logsource: {}, detection: {a: [y], condition: a}}', 'names neither product, service nor category'],
  ['no name', '{logsource: {product: x}, detection: {a: [y], condition: a}}', 'the rule has neither id, name nor title'],
  ['a repeated key', 'title: t\ndetection: {a: [x], condition: a}\ntitle: u', 'Map keys must be unique'],
  ['broken YAML', 'title: [t', 'Flow sequence in block collection'],
  ['a text', 'just words', 'the document is no rule'],
  ['a bomb of aliases', bomb(), 'alias'],
  ['an unknown type', correlation('{type: value_avg, rules: [base], timespan: 1m, condition: {gte: 2}}'), 'the correlation type «value_avg» is not one of'],
  ['an unknown operator', correlation('{type: event_count, rules: [base], timespan: 1m, condition: {above: 2}}'), 'compares with «above»'],
  ['no bound', correlation('{type: event_count, rules: [base], timespan: 1m, condition: {}}'), 'compares with nothing'],
  ['absence by lt', correlation('{type: event_count, rules: [base], timespan: 1m, condition: {lt: 2}}'), 'holds where nothing happens'],
  ['absence by eq', correlation('{type: event_count, rules: [base], timespan: 1m, condition: {eq: 0}}'), 'holds where nothing happens'],
  ['a value_count of nothing', correlation('{type: value_count, rules: [base], timespan: 1m, condition: {gte: 2}}'), 'value_count needs a field'],
  ['a timespan without unit', correlation('{type: event_count, rules: [base], timespan: 10, condition: {gte: 2}}'), 'the timespan «10» is not'],
  ['a condition of temporal', correlation('{type: temporal, rules: [base], timespan: 1m, condition: base}'), 'a condition of temporal is not supported'],
  ['a rule that is not there', correlation('{type: event_count, rules: [nope], timespan: 1m, condition: {gte: 2}}'), 'joins «nope», which is not there'],
  ['a circle', correlation('{type: event_count, rules: [t], timespan: 1m, condition: {gte: 2}}'), 'which is not active or joins it in turn'],
  ['a filter for nothing', '{title: t, filter: {rules: [nope], a: {x: y}, condition: a}}', 'the filter names no rule that is active'],
])('refuses %s', (_what, text, reason) => {
  const { refused } = compileRules([{ place: 'here.yml', text }])
  expect(refused).toHaveLength(1)
  expect(refused[0]?.place).toBe('here.yml')
  expect(refused[0]?.reason).toContain(reason)
})

it('names the rule, and keeps the others of the file', () => {
  const bad = '{title: bad one, id: 7f, logsource: {product: x}, detection: {a: {x|expand: y}, condition: a}}'
  const text = `${bad}\n---\n${detection('{a: {x: y}, condition: a}')}`
  const { detections, refused } = compileRules([{ place: 'p', text }])
  expect(refused).toMatchObject([{ rule: '7f', place: 'p' }])
  expect(detections.map(({ head }) => head.title)).toEqual(['t'])
})

it('refuses the second rule of an id, and what joins a refused rule', () => {
  const one = '{title: t, id: x1, logsource: {product: x}, detection: {a: [y], condition: a}}'
  const joining = '{title: j, correlation: {type: event_count, rules: [gone], timespan: 1m, condition: {gte: 2}}}'
  const gone = '{title: g, name: gone, logsource: {product: x}, detection: {a: {x|expand: y}, condition: a}}'
  const { refused } = compileRules([{ place: 'p', text: [one, one, joining, gone].join('\n---\n') }])
  expect(refused.map(({ rule }) => rule)).toEqual(['x1', 'gone', 'j'])
})

it('takes no more than a million characters of a file', () => {
  const text = `# ${'x'.repeat(1024 * 1024)}\n${detection('{a: {x: y}, condition: a}')}`
  expect(compileRules([{ place: 'p', text }]).refused).toMatchObject([{ rule: 'p', reason: expect.stringContaining('larger than') }])
})

/** A small document that means a very large one. */
function bomb(): string {
  const lines = ['title: t', 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 9; i++) lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
  return `${lines.join('\n')}\ndetection: {s: {x: *a8}, condition: s}`
}
