import type { Backend, BegunExport, ExportPart } from '../../contract'

export type ExportStep = { rowsDone: number; rows: number; part: ExportPart }

export type ExportChunks = {
  backend: Pick<Backend, 'call'>
  begun: Pick<BegunExport, 'id' | 'rows'>
  part?: ExportPart
  signal: { readonly aborted: boolean }
  onStep: (step: ExportStep) => void
}

/** The bytes of one file of an export, piece by piece; throws when it is cancelled, so that no half file is kept. */
export async function* exportChunks({ backend, begun, part = 'rows', signal, onStep }: ExportChunks): AsyncGenerator<Uint8Array> {
  for (;;) {
    if (signal.aborted) throw new Error('The export was cancelled.')
    const { value } = await backend.call('export.read', { id: begun.id, part })
    yield value.bytes
    if (part !== 'manifest') onStep({ rowsDone: value.rowsDone, rows: begun.rows, part })
    if (value.done) return
  }
}
