import { useSyncExternalStore } from 'react'
import { Button, Shown } from '../shared'
import { saveWords } from './notebook-words'
import type { SaveQueue } from './save-queue'

/** Why what is typed is not written; it stays here and is tried again by itself. */
export function NotSaved({ queue }: { queue: SaveQueue }) {
  const { state } = useSyncExternalStore(queue.subscribe, queue.get)
  if (state.kind !== 'failed') return null
  return (
    <div className="nb-not-saved" role="alert">
      <p>
        <Shown text={saveWords(state, 0, 0)} />. What was typed is kept on this page and tried again.
      </p>
      <Button onClick={() => void queue.flush()}>Try again</Button>
    </div>
  )
}
