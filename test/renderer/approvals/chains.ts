import type { ApprovalChain } from '../../../src/contract'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const NOW = Date.UTC(2026, 1, 6, 12)

/** A request that was approved for two hours and used. */
export function chainOf(fields: Partial<ApprovalChain> = {}): ApprovalChain {
  return {
    key: 'webxterm:x:approvals:7710', request: '7710', connection: 'work', type: 'access', requester: 'jmorales', machine: 'staging-api-01', scope: 'staging-api-01, 2 h',
    justification: 'INC-1', asked: NOW - HOUR, state: 'approved',
    decision: { approver: 'mlee', outcome: 'approved', at: NOW, latency: HOUR, isSelf: false, isRobot: false, comment: null },
    grant: { from: NOW, to: NOW + 2 * HOUR, revoked: null }, sessions: [], sessionCount: 0, commands: 0, outcome: 'used', outside: [], patterns: [], level: null,
    ...fields,
  }
}
