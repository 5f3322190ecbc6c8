import { expect, it } from 'vitest'
import { foremost } from '../../../src/renderer/approvals/foremost'

it('shows approvers that a pattern names before those with many decisions, and keeps their order', () => {
  const approvers = [
    { approver: 'a', level: null },
    { approver: 'b', level: null },
    { approver: 'c', level: 'low' as const },
    { approver: 'd', level: null },
    { approver: 'e', level: 'high' as const },
  ]
  const names = (most: number) => foremost(approvers, most).map(({ approver }) => approver)
  expect(names(3)).toEqual(['a', 'c', 'e'])
  expect(names(1)).toEqual(['c'])
  expect(names(9)).toEqual(['a', 'b', 'c', 'd', 'e'])
})
