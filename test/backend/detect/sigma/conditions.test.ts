import { describe, expect, it } from 'vitest'
import { matched, run, storeOf } from '../a-detection'

/** Events 0 to 7: bit 0 is `a`, bit 1 is `b`, bit 2 is `c`. */
const EVENTS = Array.from({ length: 8 }, (_, bits) => ({
  attributes: Object.fromEntries(['a', 'b', 'c'].flatMap((name, bit) => (bits & (1 << bit) ? [[name, 'y']] : []))),
}))
const NAMED = 'sel_a: {a: y}\n  sel_b: {b: y}\n  other: {c: y}\n  _hidden: {a: z}'

async function under(condition: string): Promise<number[]> {
  const text = `title: t\nlogsource: {product: recount}\ndetection:\n  ${NAMED}\n  condition: ${condition}`
  const found = run(await storeOf(EVENTS), text)
  expect(found.refused).toEqual([])
  return matched(found)
}

describe('a condition', () => {
  it.each([
    ['sel_a', [1, 3, 5, 7]],
    ['sel_a and sel_b', [3, 7]],
    ['sel_a AND NOT sel_b', [1, 5]],
    ['not sel_a', [0, 2, 4, 6]],
    ['not not sel_a', [1, 3, 5, 7]],
    ['sel_a or sel_b and other', [1, 3, 5, 6, 7]],
    ['(sel_a or sel_b) and other', [5, 6, 7]],
    ['not sel_a or sel_b', [0, 2, 3, 4, 6, 7]],
    ['not (sel_a or sel_b)', [0, 4]],
    ['1 of sel_*', [1, 2, 3, 5, 6, 7]],
    ['any of sel_*', [1, 2, 3, 5, 6, 7]],
    ['all of sel_*', [3, 7]],
    ['all of them', [7]],
    ['1 of them', [1, 2, 3, 4, 5, 6, 7]],
    ['not 1 of them', [0]],
    ['1 of sel_* and not other', [1, 2, 3]],
    ['all of sel_* or other', [3, 4, 5, 6, 7]],
    ['1 of *_a', [1, 3, 5, 7]],
    ['1 of s*_b', [2, 3, 6, 7]],
    ["[sel_a and sel_b, other and not 1 of sel_*]", [3, 4, 7]],
  ])('%s', async (condition, found) => {
    expect(await under(condition)).toEqual(found)
  })

  it('joins maps by AND, lists of maps by OR', async () => {
    const text = `{title: t, logsource: {product: recount}, detection: {s: [{a: y, b: y}, {c: y, b: null}], condition: s}}`
    expect(matched(run(await storeOf(EVENTS), text))).toEqual([3, 4, 5, 7])
  })

  it('takes several documents of one file, each for itself', async () => {
    const one = (name: string) => `title: ${name}\nlogsource: {product: recount}\ndetection: {s: {${name}: y}, condition: s}\n`
    const { findings } = run(await storeOf(EVENTS), `${one('a')}---\n${one('c')}---\n`)
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(['a', 'a', 'a', 'a', 'c', 'c', 'c', 'c'])
  })
})
