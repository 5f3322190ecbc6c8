import type { Backend, Methods } from '../../contract'

export type ExportStep = { rowsDone: number; rows: number }

export type ExportRun = {
  backend: Pick<Backend, 'call'>
  begun: Methods['export.begin']
  signal: { readonly aborted: boolean }
  onStep: (step: ExportStep) => void
}

/** The bytes of an export, part by part; throws when it is cancelled, so that no half file is kept. */
export async function* exportChunks({ backend, begun, signal, onStep }: ExportRun): AsyncGenerator<Uint8Array> {
  for (;;) {
    if (signal.aborted) throw new Error('The export was cancelled.')
    const { value } = await backend.call('export.read', { id: begun.id })
    yield value.bytes
    onStep({ rowsDone: value.rowsDone, rows: begun.rows })
    if (value.done) return
  }
}
