import { Button, useHotkeys } from '../shared'
import type { Addable } from './addable'
import { useAddToNotebook } from './notebook-context'

/** Puts what a screen or a pane shows into a notebook; `b` does the same. */
export function AddButton({ what }: { what: Addable }) {
  const add = useAddToNotebook()
  const onAdd = () => add(what)
  useHotkeys({ b: onAdd })
  return (
    <Button onClick={onAdd} hotkey="b">
      To a notebook
    </Button>
  )
}
