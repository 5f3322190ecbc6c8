import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Scrolling is followed in steps of so many px. */
const STEP = 120
/** Browsers hold no element taller; no list here comes near. */
const TALLEST = 15_000_000

export type MomentListProps = {
  label: string
  count: number
  /** The row that the player is at; kept in sight unless the pointer is in the list. */
  current: number | null
  row: (index: number, isStop: boolean) => ReactNode
  height?: number
}

/**
 * Rows of one height, of which only those in sight are drawn. Arrows move between the buttons in them; of rows too many
 * or too low to be stops of Tab each, only the one for which `isStop` is told should be one.
 */
export function MomentList({ label, count, current, row, height = 26 }: MomentListProps) {
  const box = useRef<HTMLDivElement>(null)
  const isUsed = useRef(false)
  const { first, last, top } = useSight(box, { count, height })
  const [focused, setFocused] = useState<number | null>(null)
  const stop = focused !== null && focused >= first && focused < last ? focused : Math.min(top, count - 1)
  useEffect(() => {
    const list = box.current
    if (current === null || isUsed.current || !list) return
    const { scrollTop, clientHeight } = list
    const top = current * height
    if (top < scrollTop || top + height > scrollTop + clientHeight) list.scrollTop = top - clientHeight / 3
  }, [current, height])
  return (
    <div
      ref={box}
      className="rp-list"
      onPointerEnter={() => (isUsed.current = true)}
      onPointerLeave={() => (isUsed.current = false)}
      onKeyDown={moveFocus}
      onFocus={({ target }) => setFocused(Number(target.closest('li')?.getAttribute('aria-posinset')) - 1)}
    >
      <ul aria-label={label} style={{ height: Math.min(count * height, TALLEST) }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place).map((index) => (
          <li
            key={index}
            style={{ transform: `translateY(${index * height}px)`, height }}
            aria-current={index === current || undefined}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            {row(index, index === stop)}
          </li>
        ))}
      </ul>
    </div>
  )
}

type Extent = { count: number; height: number }

/** The rows in sight and some around them; `top`: the first that is in sight. */
function useSight(box: RefObject<HTMLDivElement | null>, { count, height }: Extent): { first: number; last: number; top: number } {
  const [sight, setSight] = useState({ top: 0, tall: 0 })
  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const measure = () => {
      // By whole steps: within one, the same rows are drawn.
      const top = Math.floor(list.scrollTop / STEP) * STEP
      const tall = list.clientHeight
      setSight((before) => (before.top === top && before.tall === tall ? before : { top, tall }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    list.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      list.removeEventListener('scroll', measure)
    }
  }, [box])
  const first = Math.max(0, Math.floor((sight.top - STEP) / height))
  const last = Math.min(count, Math.ceil((sight.top + sight.tall + 2 * STEP) / height))
  return { first, last, top: Math.ceil(sight.top / height) }
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.rp-row')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at === -1 || !next) return
  event.preventDefault()
  next.focus()
}
