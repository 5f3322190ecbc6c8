import { useCallback, useMemo } from 'react'
import { newestDays, type TimeRange } from '../../domain'
import { type ApprovalPeriod, type ApprovalsLook, defaultApprovals, useAddress } from '../address'

const DAYS: Record<Exclude<ApprovalPeriod, 'all'>, number> = { quarter: 90, month: 30 }

export type Period = ApprovalPeriod | 'pin'

export type LookUse = {
  look: ApprovalsLook
  change: (change: Partial<ApprovalsLook>, how?: 'push' | 'replace') => void
  period: Period
  /** The time pin, which is one of the choices. */
  pin: TimeRange | null
  /** What is asked for; null is all that is held. It moves on while news come. */
  range: TimeRange | null
  /** Changes with what was chosen, and not with news. */
  chosen: object
}

/** What the screen shows, kept in the address; `held` is the time of all that is held, null where nothing is. */
export function useLook(held: TimeRange | null): LookUse {
  const { address, go } = useAddress()
  const look = useMemo(() => address.approvals ?? defaultApprovals(), [address.approvals])
  const change = useCallback(
    (next: Partial<ApprovalsLook>, how: 'push' | 'replace' = 'push') => go({ approvals: { ...look, ...next } }, how),
    [look, go],
  )
  const pin = address.range
  const period = look.period ?? (pin ? 'pin' : 'quarter')
  const range = useMemo(() => rangeOf(period, pin, held), [period, pin, held])
  const { tab, text, state, unusual, neverUsed } = look
  const chosen = useMemo(
    () => ({ tab, text, state, unusual, neverUsed, period, pin: period === 'pin' ? pin : null }),
    [tab, text, state, unusual, neverUsed, period, pin],
  )
  return { look, change, period, pin, range, chosen }
}

/** Time that ends with the newest that is held: a workspace that was not synced for a month still shows a quarter. */
export function rangeOf(period: Period, pin: TimeRange | null, held: TimeRange | null): TimeRange | null {
  if (period === 'pin') return pin
  return period === 'all' ? null : newestDays(held, DAYS[period])
}
