import { type RefObject, useEffect } from 'react'
import { moveBy } from './list-rows'
import { useHotkeys } from './use-hotkeys'

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
    moveBy(key, { cursor, total, page: 1 }, onCursor)
  }
  useHotkeys({ Escape: () => onClose?.() }, { when: onClose !== null })
  useHotkeys({ '/': () => input?.current?.focus() }, { when: input !== null })
  useHotkeys({ j: move, k: move, g: move, G: move, Enter: onOpen }, { when: total > 0 })
}

/** Gives a list the focus as soon as it is there, where nothing else has it. */
export function useListFocus(grid: RefObject<HTMLDivElement | null>, isListed: boolean): void {
  useEffect(() => {
    if (isListed && document.activeElement === document.body) grid.current?.focus()
  }, [grid, isListed])
}
