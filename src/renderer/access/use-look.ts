import { useCallback, useMemo } from 'react'
import type { Ask } from '../../contract'
import { type AccessLook, defaultAccess, useAddress } from '../address'
import { useLackingWords } from '../shared'

export type LookUse = {
  look: AccessLook
  change: (change: Partial<AccessLook>, how?: 'push' | 'replace') => void
  /** What the list is asked for, without its place. */
  filter: Omit<Ask<'access.list'>, 'at' | 'count'>
}

/** What the screen shows, kept in the address. */
export function useLook(): LookUse {
  const { address, go } = useAddress()
  const look = useMemo(() => address.access ?? defaultAccess(), [address.access])
  const change = useCallback(
    (next: Partial<AccessLook>, how: 'push' | 'replace' = 'push') => go({ access: { ...look, ...next } }, how),
    [look, go],
  )
  const { range } = address
  const filter = useMemo(() => {
    const { open: _open, first, ...rest } = look
    return { ...rest, range, first: first && range !== null }
  }, [look, range])
  return { look, change, filter }
}

export function isNarrowed({ text, person, machine, production, privileged, ungranted, range }: LookUse['filter']): boolean {
  return text !== '' || person !== null || machine !== null || production || privileged || ungranted || range !== null
}

/** What the list rests on, as `useLackingWords` says it. */
export function useLacking({ range }: LookUse['filter']): string | null {
  return useLackingWords(range, 'No list is held')
}
