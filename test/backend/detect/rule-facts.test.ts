import { expect, it } from 'vitest'
import { ownRules } from '../../../src/backend/detect'
import { ruleFacts } from '../../../src/backend/detect/rule-facts'

const facts = ruleFacts(ownRules(), [])

function within(id: string): string | undefined {
  const fact = facts.find((one) => one.id === id)
  return fact?.parameters.find(([name]) => name === 'Within')?.[1]
}

it('a span is told in the largest unit that fits, and none where a rule has none', () => {
  const spans = facts.flatMap(({ parameters }) => parameters.filter(([name]) => name === 'Within').map(([, span]) => span))
  expect(spans.length).toBeGreaterThan(10)
  expect(spans.filter((span) => !/^[1-9]\d{0,2}[smhd]$/.test(span))).toEqual([])
  const told = ownRules().detectors.map(({ head, timespanMs }) => [timespanMs / 60_000, within(head.id)])
  expect(told).toContainEqual([0, undefined])
  expect(told).toContainEqual([30 * 24 * 60, '30d'])
  expect(told).toContainEqual([60, '1h'])
})
