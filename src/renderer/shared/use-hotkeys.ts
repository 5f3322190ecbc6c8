import { useEffectEvent, useLayoutEffect } from 'react'
import { hotkeyName } from './hotkeys'

export type HotkeyMap = Record<string, (event: KeyboardEvent) => void>
export type HotkeyOptions = {
  /** Off while false. */
  when?: boolean
  /** Also while a dialog is open. */
  inDialog?: boolean
}

/**
 * Page-wide keys. Silent while a dialog or menu is open and, except for `Ctrl+` keys, while something is typed;
 * Enter and Space stay with the control that has the focus. A handled key goes no further.
 */
export function useHotkeys(map: HotkeyMap, { when = true, inDialog = false }: HotkeyOptions = {}): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || belongsElsewhere(event, inDialog)) return
    const act = map[hotkeyName(event)]
    if (!act) return
    event.preventDefault()
    act(event)
  })
  // Before the page is drawn, so that no key is lost that is pressed as soon as it is seen.
  useLayoutEffect(() => {
    if (!when) return
    const listen = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [when])
}

const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select'

function belongsElsewhere(event: KeyboardEvent, inDialog: boolean): boolean {
  if (!inDialog && document.querySelector('dialog[open], [role="menu"]')) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  const control = event.ctrlKey || event.metaKey
  if (!control && (target.isContentEditable || target.matches(TYPED_INTO))) return true
  const presses = event.key === 'Enter' || event.key === ' '
  return presses && target.matches('button, a[href], summary, select, input, [role=option], [role=menuitem]')
}
