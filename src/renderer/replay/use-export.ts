import type { Ask } from '../../contract'
import { useBackend } from '../api'
import { messageOf, saveBytes } from '../shared'
import { useReplay } from './replay-context'

type Form = Ask<'recording.export'>['as']

/** Saves the recording or a stretch of it; typed input goes along only while it is shown. */
export function useExport(): { save: (as: Form, span?: { from: number; to: number | null }) => void } {
  const backend = useBackend()
  const { id, input, say } = useReplay()
  const save = async (as: Form, span?: { from: number; to: number | null }) => {
    const ask = { id, as, from: span?.from ?? null, to: span?.to ?? null, input: as === 'cast' && input }
    const { name, bytes } = (await backend.call('recording.export', ask)).value
    return saveBytes(name, one(bytes))
  }
  return {
    save: (as, span) => {
      save(as, span).then(
        (saved) => saved && say('Exported'),
        (error: unknown) => say(`The export failed: ${messageOf(error)}`),
      )
    },
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
