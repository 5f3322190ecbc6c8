import { useRef, useState } from 'react'
import type { Backend, SealedBundle, SealProgress } from '../../../contract'
import { useBackend } from '../../api'
import { messageOf, saveBytes } from '../../shared'

export type SealState =
  | { step: 'ready'; problem: string | null }
  | { step: 'sealing'; progress: SealProgress; bytes: number }
  | { step: 'done'; sealed: SealedBundle; name: string }

type Asked = { id: string; passphrase: string | null; stamp: boolean }

/** Seals a notebook into a file that the person places; what is cancelled leaves nothing. */
export function useSeal() {
  const backend = useBackend()
  const [state, setState] = useState<SealState>({ step: 'ready', problem: null })
  const stop = useRef<AbortController | null>(null)
  const start = async (asked: Asked, before: () => Promise<boolean>) => {
    const control = new AbortController()
    stop.current = control
    setState({ step: 'sealing', progress: { step: 'events', done: 0, total: 0 }, bytes: 0 })
    try {
      if (!(await before())) throw new Error('Some of what was typed is not saved yet.')
      const told = await save({ backend, asked, signal: control.signal, onStep: (progress, bytes) => setState({ step: 'sealing', progress, bytes }) })
      setState(told ? { step: 'done', ...told } : { step: 'ready', problem: null })
    } catch (error) {
      setState({ step: 'ready', problem: control.signal.aborted ? null : messageOf(error) })
    }
  }
  return { state, start, cancel: () => stop.current?.abort() }
}

type Saving = { backend: Backend; asked: Asked; signal: AbortSignal; onStep: (progress: SealProgress, bytes: number) => void }

/** Null where the person closed the host's dialog. */
async function save({ backend, asked, signal, onStep }: Saving): Promise<{ sealed: SealedBundle; name: string } | null> {
  const { id, name } = (await backend.call('notebook.seal', asked)).value
  let sealed: SealedBundle | null = null
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let bytes = 0; sealed === null; ) {
      signal.throwIfAborted()
      const { value } = await backend.call('seal.read', { id })
      bytes += value.bytes.length
      sealed = value.sealed
      onStep(value.progress, bytes)
      if (value.bytes.length > 0) yield value.bytes
    }
  }
  try {
    await saveBytes(name, pieces())
    return sealed && { sealed, name }
  } finally {
    await backend.call('seal.end', { id })
  }
}
