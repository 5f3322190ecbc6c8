import type { RefObject } from 'react'
import { moveBy, useHotkeys } from '../shared'

type Keys = {
  total: number
  cursor: number
  onCursor: (cursor: number) => void
  grid: RefObject<HTMLDivElement | null>
  /** The field to filter by, where there is one. */
  input: RefObject<HTMLInputElement | null> | null
  onOpen: () => void
  /** Closes what is open; null where nothing is. */
  onClose: (() => void) | null
}

/** Keys of a list, wherever the focus is. */
export function useListKeys({ total, cursor, onCursor, grid, input, onOpen, onClose }: Keys): void {
  const move = ({ key }: KeyboardEvent) => {
    grid.current?.focus()
    moveBy(key, { cursor, total, page: 20 }, onCursor)
  }
  useHotkeys({ Escape: () => onClose?.() }, { when: onClose !== null })
  useHotkeys({ '/': () => input?.current?.focus() }, { when: input !== null })
  useHotkeys({ j: move, k: move, g: move, G: move, Enter: onOpen }, { when: total > 0 })
}
