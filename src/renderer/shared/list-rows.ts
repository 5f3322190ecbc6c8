import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Ask, MethodName, Methods } from '../../contract'
import { useAnswer } from '../api'

/** Height of a row of a list and of its header, in px. */
export const LIST_ROW = 27

type Moves = { cursor: number; total: number; page: number }

/** Keys of a list; false for a key that is none of them. */
export function moveBy(key: string, { cursor, total, page }: Moves, onCursor: (cursor: number) => void): boolean {
  const moves = new Map([
    ['ArrowDown', cursor + 1],
    ['j', cursor + 1],
    ['ArrowUp', cursor - 1],
    ['k', cursor - 1],
    ['PageDown', cursor + page],
    ['PageUp', cursor - page],
    ['Home', 0],
    ['g', 0],
    ['End', total - 1],
    ['G', total - 1],
  ])
  const next = moves.get(key)
  if (next === undefined) return false
  onCursor(Math.max(0, Math.min(total - 1, next)))
  return true
}

/** Rows in view, with one more on each side. */
export function useWindow(grid: RefObject<HTMLDivElement | null>, onFirst: (first: number) => void) {
  const [place, setPlace] = useState({ first: 0, count: 40 })
  const onScroll = () => {
    const target = grid.current
    if (!target) return
    const first = Math.max(0, Math.floor(target.scrollTop / LIST_ROW) - 1)
    const count = Math.ceil(target.clientHeight / LIST_ROW) + 2
    setPlace((before) => (before.first === first && before.count === count ? before : { first, count }))
    onFirst(first)
  }
  const latest = useRef(onScroll)
  useLayoutEffect(() => {
    latest.current = onScroll
  })
  useLayoutEffect(() => {
    const target = grid.current
    if (!target) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(target)
    return () => observer.disconnect()
  }, [grid])
  return { ...place, onScroll }
}

/** Scrolls so that the row of the cursor is in view below the header. */
export function useShownCursor(grid: RefObject<HTMLDivElement | null>, cursor: number): void {
  useLayoutEffect(() => {
    const target = grid.current
    if (!target) return
    const top = cursor * LIST_ROW
    const bottom = top + 2 * LIST_ROW - target.clientHeight
    if (top < target.scrollTop) target.scrollTo({ top })
    else if (bottom > target.scrollTop) target.scrollTo({ top: bottom })
  }, [grid, cursor])
}

/** Row of the cursor; another filter begins at the top. */
export function useListCursor(filter: object): [number, (cursor: number) => void] {
  const key = useMemo(() => JSON.stringify(filter), [filter])
  const [place, setPlace] = useState({ key, cursor: 0 })
  const setCursor = useCallback((cursor: number) => setPlace({ key, cursor: Math.max(0, cursor) }), [key])
  return [place.key === key ? place.cursor : 0, setCursor]
}

/** Rows of one request. */
const PAGE = 200

/** Methods that answer with part of a list. */
type ListMethod = { [M in MethodName]: Methods[M] extends { rows: readonly unknown[]; total: number } ? M : never }[MethodName]

/**
 * Rows around a place in a list. What is in view spans two pages at most: one asks for those of even number, the other
 * for those of odd number, and both stay up to date.
 */
export function useListRows<M extends ListMethod>(method: M, askAt: (place: { at: number; count: number }) => Ask<M>, first: number) {
  const page = Math.floor(first / PAGE)
  const even = page + (page % 2)
  const odd = page % 2 === 1 ? page : page + 1
  const evens = useAnswer(method, askAt({ at: even * PAGE, count: PAGE }))
  const odds = useAnswer(method, askAt({ at: odd * PAGE, count: PAGE }))
  const answered = page % 2 === 0 ? evens : odds
  const evenRows = evens.current ? evens.value?.rows : undefined
  const oddRows = odds.current ? odds.value?.rows : undefined
  const rowAt = useCallback(
    (at: number): Methods[M]['rows'][number] | undefined => {
      const wanted = Math.floor(at / PAGE)
      if (wanted === even) return evenRows?.[at - even * PAGE]
      return wanted === odd ? oddRows?.[at - odd * PAGE] : undefined
    },
    [even, odd, evenRows, oddRows],
  )
  return { answered, rowAt }
}
