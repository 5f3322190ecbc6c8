import type { MouseEvent, PointerEvent } from 'react'

/**
 * Keeps the keys with the player: a button pressed with the mouse does not keep the focus, or Space would press it again
 * instead of playing, and a press on the screen ends typing. Who uses the keyboard keeps the focus.
 */
export const LEAVE_KEYS = {
  onClick: ({ detail, target }: MouseEvent) => {
    const { activeElement } = document
    if (detail === 0 || !(target instanceof Element) || !(activeElement instanceof HTMLElement)) return
    if (activeElement.matches('button') && activeElement.contains(target)) activeElement.blur()
  },
  onPointerDown: ({ target }: PointerEvent) => {
    const { activeElement } = document
    const isScreen = target instanceof Element && target.closest('.rp-stage') !== null
    if (isScreen && activeElement instanceof HTMLElement && activeElement !== document.body) activeElement.blur()
  },
}
