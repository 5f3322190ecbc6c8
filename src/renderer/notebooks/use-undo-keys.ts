import { useEffectEvent, useLayoutEffect } from 'react'

const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select'

/** Ctrl Z and its kin, where no field has the focus that undoes by itself. */
export function useUndoKeys(steps: { undo: () => void; redo: () => void }): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event
    if (event.defaultPrevented || altKey || !(ctrlKey || metaKey) || document.querySelector('dialog[open], [role="menu"]')) return
    if (target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED_INTO))) return
    const name = key.toLowerCase()
    const isRedo = name === 'y' || (name === 'z' && shiftKey)
    if (!isRedo && name !== 'z') return
    event.preventDefault()
    if (isRedo) steps.redo()
    else steps.undo()
  })
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
