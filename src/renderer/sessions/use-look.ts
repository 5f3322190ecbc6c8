import { useCallback, useMemo } from 'react'
import type { Ask } from '../../contract'
import type { TimeRange } from '../../domain'
import { type SessionsLook, defaultSessions, useAddress } from '../address'
import { useLackingWords } from '../shared'

export type LookUse = {
  look: SessionsLook
  change: (change: Partial<SessionsLook>, how?: 'push' | 'replace') => void
  mine: boolean
  /** What the list is asked for, without its place. */
  filter: Omit<Ask<'session.list'>, 'at' | 'count'>
}

/** What the list of sessions shows, kept in the address. */
export function useLook(mine: boolean): LookUse {
  const { address, go } = useAddress()
  const look = useMemo(() => address.sessions ?? defaultSessions(), [address.sessions])
  const change = useCallback(
    (next: Partial<SessionsLook>, how: 'push' | 'replace' = 'push') => go({ sessions: { ...look, ...next } }, how),
    [look, go],
  )
  const { range } = address
  const filter = useMemo(() => {
    const { text, user, machine, recorded } = look
    return { mine, text, user, machine, range, recorded }
  }, [look, range, mine])
  return { look, change, mine, filter }
}

/** What the list rests on, as `useLackingWords` says it. */
export function useLacking(range: TimeRange | null): string | null {
  return useLackingWords(range, 'No log of sessions is held')
}
