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
  useKeyDown((event) => {
    if (event.defaultPrevented || event.isComposing || belongsElsewhere(event, inDialog)) return
    const act = map[hotkeyName(event)]
    if (!act) return
    event.preventDefault()
    act(event)
  }, when)
}

/** Every key that is pressed on the page, off while not `when`. */
export function useKeyDown(onPress: (event: KeyboardEvent) => void, when = true): void {
  const press = useEffectEvent(onPress)
  // Before the page is drawn, so that no key is lost that is pressed as soon as it is seen.
  useLayoutEffect(() => {
    if (!when) return
    const listen = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [when])
}

/** Whether a dialog or menu is open, whose keys come first. */
export function isCovered(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null
}

const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select'

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED_INTO))
}

function belongsElsewhere(event: KeyboardEvent, inDialog: boolean): boolean {
  if (!inDialog && isCovered()) return true
  const { target } = event
  if (!event.ctrlKey && !event.metaKey && isTypedInto(target)) return true
  const presses = event.key === 'Enter' || event.key === ' '
  return presses && target instanceof HTMLElement && target.matches('button, a[href], summary, select, input, [role=option], [role=menuitem]')
}
