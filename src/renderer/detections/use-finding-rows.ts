import { useCallback } from 'react'
import type { Ask, FindingRow } from '../../contract'
import { useAnswer } from '../api'

/** Rows of one request. */
const PAGE = 200

/**
 * Rows around a place in the list. What is in view spans two pages at most: one asks for those of even number, the other
 * for those of odd number, and both stay up to date.
 */
export function useFindingRows(filter: Omit<Ask<'detection.findings'>, 'at' | 'count'>, first: number) {
  const page = Math.floor(first / PAGE)
  const even = page + (page % 2)
  const odd = page % 2 === 1 ? page : page + 1
  const evens = useAnswer('detection.findings', { ...filter, at: even * PAGE, count: PAGE })
  const odds = useAnswer('detection.findings', { ...filter, at: odd * PAGE, count: PAGE })
  const answered = page % 2 === 0 ? evens : odds
  const evenRows = evens.current ? evens.value?.rows : undefined
  const oddRows = odds.current ? odds.value?.rows : undefined
  const rowAt = useCallback(
    (at: number): FindingRow | undefined => {
      const wanted = Math.floor(at / PAGE)
      if (wanted === even) return evenRows?.[at - even * PAGE]
      return wanted === odd ? oddRows?.[at - odd * PAGE] : undefined
    },
    [even, odd, evenRows, oddRows],
  )
  return { answered, rowAt }
}
