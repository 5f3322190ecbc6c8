import { useCallback, useMemo } from 'react'
import type { Ask } from '../../contract'
import { type DetectionsLook, defaultDetections, useAddress } from '../address'
import { useLackingWords } from '../shared'

export type LookUse = {
  look: DetectionsLook
  change: (change: Partial<DetectionsLook>, how?: 'push' | 'replace') => void
  /** What the list is asked for, without its place. */
  filter: Omit<Ask<'detection.findings'>, 'at' | 'count'>
}

/** What the screen shows, kept in the address. */
export function useLook(): LookUse {
  const { address, go } = useAddress()
  const look = useMemo(() => address.detections ?? defaultDetections(), [address.detections])
  const change = useCallback(
    (next: Partial<DetectionsLook>, how: 'push' | 'replace' = 'push') => go({ detections: { ...look, ...next } }, how),
    [look, go],
  )
  const { range } = address
  const { rule, levels, text, suppressed } = look
  const filter = useMemo(() => ({ levels: [...levels], rule, text, range, suppressed }), [levels, rule, text, range, suppressed])
  return { look, change, filter }
}

export function isNarrowed({ levels, rule, text, range }: LookUse['filter']): boolean {
  return levels.length > 0 || rule !== null || text !== '' || range !== null
}

/** What the findings rest on, as `useLackingWords` says it. */
export function useLacking({ range }: LookUse['filter']): string | null {
  return useLackingWords(range, 'No list is held')
}
