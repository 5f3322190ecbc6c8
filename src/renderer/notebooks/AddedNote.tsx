import { useEffect } from 'react'
import { PlaceLink } from '../address'
import { IconButton, Shown } from '../shared'
import './added-note.css'

/** What was put into which notebook. */
export type Added = { notebook: string; title: string; cell: string; words: string }

/** Longest time that it stays, in milliseconds. */
const SHOWN_FOR = 8000

export function AddedNote({ added: { notebook, title, cell, words }, onClose }: { added: Added; onClose: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onClose, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [onClose])
  return (
    <div className="nb-added" role="status">
      <span onClick={({ target }) => target instanceof Element && target.closest('a') && onClose()}>
        {words} added to{' '}
        <PlaceLink place={{ screen: 'notebook', notebook, cell }}>
          <Shown text={title} />
        </PlaceLink>
      </span>
      <IconButton label="Close" onClick={onClose}>
        ✕
      </IconButton>
    </div>
  )
}
