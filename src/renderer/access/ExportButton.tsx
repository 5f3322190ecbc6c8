import { useState } from 'react'
import type { Ask } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, messageOf, saveBytes } from '../shared'

/** Saves all rows that match as a table that a spreadsheet reads. */
export function ExportButton({ filter, isEmpty }: { filter: Ask<'access.export'>; isEmpty: boolean }) {
  const backend = useBackend()
  const [said, say] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    say('')
    try {
      const { name, bytes } = (await backend.call('access.export', filter)).value
      if (await saveBytes(name, once(bytes))) say('Exported')
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <>
      <Button disabled={isEmpty} title="Export these rows as CSV" onClick={() => void save()}>
        Export CSV
      </Button>
      <span className="hidden-text" role="status">
        {said}
      </span>
      {problem !== null && (
        <Dialog title="Export" width={420} onClose={() => setProblem(null)} actions={<Button onClick={() => setProblem(null)}>Close</Button>}>
          <p role="alert">The export stopped: {problem}</p>
        </Dialog>
      )}
    </>
  )
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
