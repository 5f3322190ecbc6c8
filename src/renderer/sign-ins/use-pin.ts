import { useCallback, useRef } from 'react'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'

export type PinUse = {
  range: TimeRange | null
  pin: (range: TimeRange | null) => void
  /** Back to the time before the last pin; to all that is held where none came before. */
  unpin: () => void
}

const MOST = 50

/** The time pin of the address, with the way back. */
export function usePin(): PinUse {
  const { address, go } = useAddress()
  const { range } = address
  const before = useRef<(TimeRange | null)[]>([])
  const pin = useCallback(
    (next: TimeRange | null) => {
      before.current = [...before.current.slice(1 - MOST), range]
      go({ range: next })
    },
    [range, go],
  )
  const unpin = useCallback(() => go({ range: before.current.pop() ?? null }), [go])
  return { range, pin, unpin }
}
