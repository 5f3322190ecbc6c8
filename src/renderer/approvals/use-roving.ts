import { type KeyboardEvent, useState } from 'react'

type Grid = { rows: number; columns: number }

/**
 * One stop of Tab for many parts: arrows, Home and End move among them. Parts carry `data-at`, their number row by row;
 * those that cannot have the focus are passed over.
 */
export function useRoving({ rows, columns }: Grid, has: (at: number) => boolean = () => true) {
  const [chosen, setChosen] = useState(0)
  const last = rows * columns - 1
  const all = Array.from({ length: last + 1 }, (_, at) => at).filter(has)
  const present = all.includes(chosen) ? chosen : (all[0] ?? 0)
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = stepOf(event.key, columns)
    if (step === null) return
    event.preventDefault()
    const next = step === 'first' ? all[0] : step === 'last' ? all.at(-1) : nextOf(present, step, { last, columns, has })
    if (next === undefined) return
    setChosen(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus()
  }
  /** What a part is given. */
  const part = (at: number) => ({ 'data-at': at, tabIndex: at === present ? 0 : -1, onFocus: () => setChosen(at) })
  return { present, move, part }
}

function stepOf(key: string, columns: number): number | 'first' | 'last' | null {
  if (key === 'ArrowRight') return 1
  if (key === 'ArrowLeft') return -1
  if (key === 'ArrowDown') return columns
  if (key === 'ArrowUp') return -columns
  if (key === 'Home') return 'first'
  return key === 'End' ? 'last' : null
}

type Bounds = { last: number; columns: number; has: (at: number) => boolean }

function nextOf(from: number, step: number, { last, columns, has }: Bounds): number | undefined {
  for (let at = from + step; at >= 0 && at <= last; at += step) {
    // Sideways stays in the row.
    if (Math.abs(step) === 1 && columns > 1 && Math.floor(at / columns) !== Math.floor(from / columns)) return undefined
    if (has(at)) return at
  }
  return undefined
}
