import { isCovered, isTypedInto, useKeyDown } from '../shared'

/** Ctrl Z and its kin, where no field has the focus that undoes by itself. */
export function useUndoKeys(steps: { undo: () => void; redo: () => void }): void {
  useKeyDown((event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event
    if (event.defaultPrevented || altKey || !(ctrlKey || metaKey) || isCovered() || isTypedInto(target)) return
    const name = key.toLowerCase()
    const isRedo = name === 'y' || (name === 'z' && shiftKey)
    if (!isRedo && name !== 'z') return
    event.preventDefault()
    if (isRedo) steps.redo()
    else steps.undo()
  })
}
