import { useEffectEvent, useLayoutEffect, useState } from 'react'
import { type Chosen, chosenFromDrop } from './chosen'
import './drop-zone.css'

/** Takes files and folders dropped anywhere in the window, and shows that it would. */
export function DropZone({ onDrop }: { onDrop: (dropped: Promise<Chosen[]>) => void }) {
  const [isOver, setIsOver] = useState(false)
  const drop = useEffectEvent(onDrop)
  // Before the page is drawn, so that nothing is lost that is dropped as soon as it is seen.
  useLayoutEffect(() => {
    // `dragleave` comes for every element crossed; only the one that leaves the window has nothing it goes to.
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setIsOver(true)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false)
    const take = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setIsOver(false)
      drop(chosenFromDrop(event.dataTransfer))
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', take)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', take)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className="drop-zone" aria-hidden="true">
      <div>
        <strong>Drop to import</strong>
        <span>Files or folders. They are only read, never changed.</span>
      </div>
    </div>
  )
}
