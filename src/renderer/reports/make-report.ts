import type { Ask, Backend, Methods } from '../../contract'

export type Begin = { method: 'report.begin'; ask: Ask<'report.begin'> } | { method: 'control.begin'; ask: Ask<'control.begin'> }
export type MakeStep = Pick<Methods['report.read'], 'step' | 'done' | 'total'>

export function beginReport(backend: Pick<Backend, 'call'>, begin: Begin): Promise<Methods['report.begin']> {
  return begin.method === 'report.begin' ? backend.call(begin.method, begin.ask).then(({ value }) => value) : backend.call(begin.method, begin.ask).then(({ value }) => value)
}

export type Reading = { id: string; part: 'report' | 'head'; signal: { readonly aborted: boolean }; onStep: (step: MakeStep) => void }

/** The bytes, piece by piece; throws when it is cancelled, so that no half file is kept. */
export async function* reportPieces(backend: Pick<Backend, 'call'>, { id, part, signal, onStep }: Reading): AsyncGenerator<Uint8Array> {
  for (;;) {
    if (signal.aborted) throw new Error('Cancelled.')
    const { value } = await backend.call('report.read', { id, part })
    const { bytes, isDone, ...step } = value
    onStep(step)
    if (bytes.length > 0) yield bytes
    if (isDone) return
  }
}
