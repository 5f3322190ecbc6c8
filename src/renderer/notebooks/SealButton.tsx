import { useState } from 'react'
import type { Notebook } from '../../contract'
import { Button } from '../shared'
import type { SaveQueue } from './save-queue'
import { SealDialog } from './seal'

/** Opens the dialog that seals the notebook and what it cites. */
export function SealButton({ notebook, queue }: { notebook: Notebook; queue: SaveQueue }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        Seal evidence
      </Button>
      {isOpen && <SealDialog notebook={notebook} queue={queue} onClose={() => setOpen(false)} />}
    </>
  )
}
