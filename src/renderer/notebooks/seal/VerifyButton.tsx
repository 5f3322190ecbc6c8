import { useState } from 'react'
import { Button } from '../../shared'
import { VerifyDialog } from './VerifyDialog'

/** Opens the dialog that checks a sealed bundle. */
export function VerifyButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Verify a bundle</Button>
      {isOpen && <VerifyDialog onClose={() => setOpen(false)} />}
    </>
  )
}
