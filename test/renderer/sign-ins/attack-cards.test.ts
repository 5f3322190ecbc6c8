import { expect, test } from 'vitest'
import type { SignInSummary } from '../../../src/contract'
import { ATTACK_CARDS, noneWords, notLookedFor } from '../../../src/renderer/sign-ins/attack-cards'

const run = { state: 'done' as const, isStale: false }
const rest = { run, suppressed: 0, blind: null, at: 'noon' }

test.each([
  ['None found in what is held of this time.', {}],
  ['Not known yet: the rules are being run.', { at: null, run: { ...run, state: 'running' as const } }],
  ['Not known: the rules could not be run to their end.', { at: null, run: { ...run, state: 'failed' as const } }],
  ['None but 2 suppressed findings.', { suppressed: 2, blind: 'Blind.' }],
  ['Blind.', { blind: 'Blind.' }],
  ['None found in what was held at noon; it has changed since.', { run: { ...run, isStale: true } }],
])('a card without findings says: %s', (words, more) => {
  expect(noneWords({ ...rest, ...more })).toBe(words)
})

test('a card tells which of its rules are not run, and why', () => {
  const card = (title: string) => ATTACK_CARDS.find((one) => one.title === title) ?? { title, what: '', rules: [], blind: () => null }
  const all = ['auth.spray', 'auth.horizontal'].map((id) => ({ id, inactive: 'it looks like a proxy' }))
  expect(notLookedFor(card('Spraying'), all)).toEqual([{ words: 'Not looked for from one source', why: 'it looks like a proxy' }])
  expect(notLookedFor(card('One source, several machines'), all)).toEqual([{ words: 'Not looked for', why: 'it looks like a proxy' }])
  expect(notLookedFor(card('Brute force'), all)).toEqual([])
})

type Tallies = SignInSummary['tallies']

test('what cannot be seen in what is held is told', () => {
  const tally = (field: 'ip' | 'machine', failing: number): Tallies[number] => ({ field, distinct: failing, failing, values: [] })
  const summary = (failure: number, tallies: Tallies, more: Partial<SignInSummary> = {}): SignInSummary => {
    const firstSeen = { known: { total: 0, rows: [] }, early: { total: 0, rows: [] }, begun: 0, least: { logins: 10, days: 14 }, days: 90 }
    const empty = { range: null, held: null, buckets: { from: 0, step: 1, failure: [], success: [], unknown: [] }, week: [], firstSeen, secondFactors: 0, lists: [] }
    return { ...empty, counts: { failure, success: 1, unknown: 0 }, tallies, ...more }
  }
  const blind = (title: string, about: SignInSummary) => ATTACK_CARDS.find((card) => card.title === title)?.blind(about)
  const all = summary(3, [tally('ip', 1), tally('machine', 1)])
  expect(ATTACK_CARDS.filter((card) => card.blind(all) !== null).map(({ title }) => title)).toEqual(['Second factors without end'])
  expect(ATTACK_CARDS.filter((card) => card.blind(summary(0, [])) === null).map(({ title }) => title)).toEqual(['From elsewhere'])
  expect(blind('Spraying', summary(3, [tally('ip', 0)]))).toMatch(/names an address/)
  expect(blind('One source, several machines', summary(3, [tally('ip', 1), tally('machine', 0)]))).toMatch(/names a machine/)
  expect(blind('Second factors without end', summary(3, [tally('ip', 1)], { secondFactors: 1 }))).toBeNull()
})
