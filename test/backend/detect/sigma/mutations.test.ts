import { expect, it } from 'vitest'
import { compileRules, detect } from '../../../../src/backend/detect'
import { CHANGE_RULES } from '../../../../src/backend/detect/pack/changes'
import { COMMAND_RULES } from '../../../../src/backend/detect/pack/commands'
import { SIGN_IN_RULES } from '../../../../src/backend/detect/pack/sign-ins'
import { storeOf } from '../a-detection'

const ROUNDS = 1500
const PIECES = [
  '|re: ', '|contains', '|all', '|expand', '|cidr: ', ' *a', ' &a ', '!!binary ', '{', '}', '[', ']', '- ', ': ', '\n', '\n---\n', '"', "'", '\\', '*', '?',
  '(', ')', '((((', 'not ', ' of ', '1 of *', 'them', '0x1f', '1e999', '.nan', 'null', '~', '\t', '\0', '\u2028', '  ', '<<: *a', '%TAG ! x', '__proto__: 1',
  'gte: 0', 'timespan: 0m', 'rules: []', 'a+)+', '{1,9999}', 'é', '𝕏', '\ud800',
]

function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n
}

function mutated(text: string, below: (n: number) => number): string {
  let out = text
  for (let turn = 1 + below(4); turn > 0; turn--) {
    const at = below(out.length + 1)
    const end = Math.min(out.length, at + below(30))
    const piece = PIECES[below(PIECES.length)] ?? ''
    const kind = below(4)
    if (kind === 0) out = out.slice(0, at) + piece + out.slice(at)
    else if (kind === 1) out = out.slice(0, at) + out.slice(end)
    else if (kind === 2) out = out.slice(0, at) + piece + out.slice(end)
    else out = out.slice(0, at) + out.slice(at, end).repeat(1 + below(20)) + out.slice(end)
  }
  return out
}

it('damaged rules are rules or refused, never an error', async () => {
  const below = randomFrom(4711)
  const documents = [SIGN_IN_RULES, CHANGE_RULES, COMMAND_RULES].flatMap((text) => text.split('\n---\n'))
  const store = await storeOf([{ command: 'id; curl x | sh' }, { actor: { name: 'ana' }, ip: '203.0.113.5', raw: '{"a": {"b": [1, null]}}' }])
  let refusals = 0
  let compiled = 0
  for (let round = 0; round < ROUNDS; round++) {
    const picked = Array.from({ length: 1 + below(3) }, () => documents[below(documents.length)] ?? '')
    const set = compileRules([{ place: 'p', text: mutated(picked.join('\n---\n'), below) }])
    refusals += set.refused.length
    compiled += set.detections.length + set.correlations.length
    for (const { reason } of set.refused) expect(reason).not.toBe('')
    detect(store, { ...set, detectors: [] }, null)
  }
  expect(refusals).toBeGreaterThan(ROUNDS / 4)
  expect(compiled).toBeGreaterThan(ROUNDS / 4)
}, 120_000)

it.each([
  ['deep lists', '['.repeat(20_000)],
  ['deep maps', `${Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}`],
  ['deep lists under an identifier', `{title: t, detection: {a: ${'['.repeat(2000)}x${']'.repeat(2000)}, condition: a}}`],
  ['many nots', `{title: t, detection: {a: [x], condition: '${'not '.repeat(4000)}a'}}`],
  ['many ors', `{title: t, detection: {a: [x], condition: '${'a or '.repeat(3000)}a'}}`],
  ['many documents', '---\n{title: t}\n'.repeat(3000)],
  ['many stars', `{title: t, detection: {a: {x: '${'*a'.repeat(4000)}'}, condition: a}}`],
])('%s come to an end', async (_what, text) => {
  const set = compileRules([{ place: 'p', text }])
  const store = await storeOf([{ attributes: { x: 'a'.repeat(20_000) }, raw: 'a'.repeat(20_000) }])
  detect(store, { ...set, detectors: [] }, null)
  expect(set.refused.length + set.detections.length).toBeGreaterThan(0)
})
