import { expect, it } from 'vitest'
import { matched, run, storeOf } from '../a-detection'

const RULES = `
title: One
id: one
logsource: { product: recount, category: authentication }
detection: { s: { x: y }, condition: s }
---
title: Two
id: two
name: second
logsource: { product: recount, category: authentication }
detection: { s: { x: y }, condition: s }
---
`
const EVENTS = [{ attributes: { x: 'y', u: 'svc' } }, { attributes: { x: 'y', u: 'ana' } }]

async function under(filter: string) {
  const found = run(await storeOf(EVENTS), RULES + filter)
  const of = (id: string) => matched({ ...found, findings: found.findings.filter(({ rule }) => rule === id) })
  return { one: of('one'), two: of('two'), refused: found.refused.length }
}

const QUIET = 'quiet: { u: svc }, condition: not quiet'

it.each([
  ['is for the rule it names', `{title: f, filter: {rules: [one], ${QUIET}}}`, { one: [1], two: [0, 1], refused: 0 }],
  ['may name a rule by its name', `{title: f, filter: {rules: second, ${QUIET}}}`, { one: [0, 1], two: [1], refused: 0 }],
  ['may be for any', `{title: f, filter: {rules: any, ${QUIET}}}`, { one: [1], two: [1], refused: 0 }],
  ['is for rules of its logsource', `{title: f, logsource: {category: sudo}, filter: {rules: any, ${QUIET}}}`, { one: [0, 1], two: [0, 1], refused: 1 }],
  ['that does not compile changes nothing', `{title: f, filter: {rules: [one], quiet: {u|expand: x}, condition: not quiet}}`, { one: [0, 1], two: [0, 1], refused: 1 }],
])('a filter %s', async (_what, filter, expected) => {
  expect(await under(filter)).toEqual(expected)
})
